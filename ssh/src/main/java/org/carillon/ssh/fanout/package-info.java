/**
 * One piece of work on many hosts at once: {@link org.carillon.ssh.fanout.FanOut} does it, {@link
 * org.carillon.ssh.fanout.HostOutcome} says what became of it on each, {@link
 * org.carillon.ssh.fanout.Folding} puts equal answers together, and {@link
 * org.carillon.ssh.fanout.FailedHosts} keeps those that failed for another try.
 *
 * <p>Work runs on one virtual thread per host; a listener is called by one thread at a time.
 * Nothing waits for ever: a deadline ends all of it, and what hangs then is left behind.
 */
package org.carillon.ssh.fanout;
