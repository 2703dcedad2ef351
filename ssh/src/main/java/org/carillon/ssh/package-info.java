/**
 * A host: something one can run commands on and move files to and from, over SSH or on this
 * machine, with the same words and the same failures for both.
 *
 * <p>{@link org.carillon.ssh.Host} is the whole interface; {@link org.carillon.ssh.LocalHost} and
 * what {@link org.carillon.ssh.SshHosts} connects to stand behind it. {@link
 * org.carillon.ssh.Detached} starts processes that outlive the connection and ends them by their
 * identity.
 *
 * <p>Nothing here is interactive: no terminal, no password, no question. Nothing here waits for
 * ever: every call has a deadline, and the failure of a call is a {@link
 * org.carillon.ssh.HostException} whose kind says whose fault it was. A command that ran and ended
 * with any code is not a failure but a {@link org.carillon.ssh.CommandResult}.
 *
 * <p>All types may be used from several threads at once, virtual ones included; calls block. What
 * to run and in which order is not decided here.
 */
package org.carillon.ssh;
