/**
 * The C library, called through the foreign-function API: what plain Java does not offer of Linux.
 * Which functions are called, and with what, stands with those who call them: {@code
 * org.carillon.core.udp} for sockets, {@code org.carillon.core.time} for clocks; those of threads
 * stand here.
 */
package org.carillon.core.libc;
