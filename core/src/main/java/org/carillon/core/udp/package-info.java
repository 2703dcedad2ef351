/**
 * UDP sockets that say when each datagram came, by the kernel's own clock reading where that can be
 * had.
 *
 * <p>{@link org.carillon.core.udp.UdpSocket} has two implementations behind it: one that calls the
 * C library through the foreign-function API (recvmmsg with SO_TIMESTAMPNS, Linux), and one on
 * Java's own channels that stamps in this process. Which one is taken is decided when a socket is
 * opened; {@link org.carillon.core.udp.Datagram#source()} tells for every datagram whose stamp it
 * has.
 *
 * <p>{@link org.carillon.core.udp.Broadcast} sends one datagram to many, with one call of the
 * kernel.
 *
 * <p>Stamps are ns since the Unix epoch on the machine's CLOCK_REALTIME, the moments that {@link
 * org.carillon.core.time.ClockSource#localNs(long)} takes. One thread at a time receives on a
 * socket; sending, waking and closing are open to all threads. What a datagram means is not known
 * here.
 */
package org.carillon.core.udp;
