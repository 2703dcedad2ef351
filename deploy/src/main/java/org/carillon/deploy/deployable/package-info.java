/**
 * A deployable: what one YAML file says of a service or of a set of files that lives on many hosts.
 * {@code deploy release}, {@code rollback} and {@code validate} read the same file.
 *
 * <p>{@link org.carillon.deploy.deployable.DeployableLoader} reads and checks it whole before
 * anything starts, as it is done for experiments; {@link org.carillon.deploy.deployable.Deployable}
 * is immutable; {@link org.carillon.deploy.deployable.Fleet} reaches its hosts, each when it is
 * first asked for, and may be used from many threads. What is done on the hosts is not decided
 * here.
 */
package org.carillon.deploy.deployable;
