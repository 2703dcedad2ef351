/**
 * A network of clocks under simulated time: small seeded generators that compose into scenarios. A
 * week of one node takes a second or two.
 *
 * <p>Not real: delays of two datagrams are independent of each other, queues have no memory, a
 * server answers in no time that depends on its load, and a frequency changes only from knot to
 * knot, linearly in between. A true time is in ns since the epoch of the simulation, as a {@code
 * long}; errors of clocks are in ns, local minus true time.
 */
package org.carillon.ntp.simulation;
