/**
 * NTP as it travels: the 48-byte header of RFC 5905 §7.3, its timestamp formats, and a UDP socket
 * that says when each datagram came.
 *
 * <p>Times inside a packet are kept in NTP's own format (32-bit seconds since 1900 and a 32-bit
 * fraction, or 16.16 for short durations) and converted at its edge to nanoseconds since the Unix
 * epoch. What a packet means to a client or a server is not decided here.
 */
package org.carillon.ntp.wire;
