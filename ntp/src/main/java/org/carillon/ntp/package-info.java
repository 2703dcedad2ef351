/**
 * How far this node's clock can be trusted: an NTP client for several servers, and the bounded
 * clock that its samples feed; beside it the client of a ChronoTick service.
 *
 * <p>Times are {@code long} ns since the Unix epoch. A <em>local</em> time is what this node's
 * clock shows; the offset θ is true (server) time minus local time. {@link
 * org.carillon.clock.BoundedClock} and all below it are pure arithmetic on immutable values; {@link
 * org.carillon.ntp.TimeKeeper} adds sockets and one thread per server. Reading the time never waits
 * for any of these threads. The formulas and their assumptions are in docs/clock.md.
 *
 * <p>Not here: serving time, which is {@code org.carillon.ntp.server} and {@code
 * org.carillon.ntp.http}, and setting the machine's clock, which Carillon never does.
 */
package org.carillon.ntp;
