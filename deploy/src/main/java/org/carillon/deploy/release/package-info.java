/**
 * Releases of a deployable on its hosts: how they are stored, brought there, put in use and taken
 * back.
 *
 * <p>On a host, all is below one root folder: {@code releases/ID/} with what was released, its
 * {@code .manifest} and its {@code .state}; {@code current}, a link to the release in use, replaced
 * by a rename; {@code shared/}, what outlives releases; {@code backups/}; {@code run/}, pid file
 * and output of the service; {@code pending}, what a change under way wants, as long as it is under
 * way. {@link org.carillon.deploy.release.NodeRelease} is the one that knows this layout; its
 * scripts are for any POSIX {@code sh} with GNU coreutils, findutils and tar. File names are bytes:
 * they never pass through a text that could change them.
 *
 * <p>Every step on a host may be repeated, and every state between two steps can be told from what
 * is on the host. Nothing here waits for ever.
 */
package org.carillon.deploy.release;
