/**
 * The time server: NTPv4 in server mode, and the ChronoTick HTTP service with health and metrics.
 *
 * <p>{@link org.carillon.ntp.server.TimeServer} is the entry point. What it serves is a {@link
 * org.carillon.ntp.server.TimeReference}: either the local clock by decree, or the local clock
 * corrected by a bounded clock that follows upstream servers; it never sets the machine's clock.
 * One thread per bound address answers NTP, virtual threads answer HTTP; all counters may be read
 * at any time.
 */
package org.carillon.ntp.server;
