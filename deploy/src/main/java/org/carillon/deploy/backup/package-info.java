/**
 * Backups of a deployable on its hosts, and the way back to them.
 *
 * <p>A backup is a folder {@code ROOT/backups/ID/} on the host itself: copies of the release that
 * was in use, of the link to it and of the paths that the deployable names, and a manifest with the
 * mode, size and SHA-256 of every file. It is written aside, read back, and renamed when it is
 * complete. {@link org.carillon.deploy.backup.Backups} takes, lists, verifies and prunes them;
 * {@link org.carillon.deploy.backup.Rollback} restores one on many hosts, and needs nothing of the
 * release that it replaces.
 *
 * <p>On the host, everything is done by one script for any POSIX {@code sh} with coreutils,
 * findutils and gzip ({@code backup.sh}). Names of files are bytes: on the way through Java each
 * byte is one character, {@link org.carillon.deploy.backup.RawName}. Sizes are bytes, times ns
 * since the Unix epoch by the head node's clock. Who may change a deployable, and when, is decided
 * by {@link org.carillon.deploy.records.DeployLock}.
 */
package org.carillon.deploy.backup;
