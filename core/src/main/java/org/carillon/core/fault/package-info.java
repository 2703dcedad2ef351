/**
 * Faults that a process makes for itself, without root, to test and to rehearse with: wrong clocks,
 * bad lines, a sudden death, a stalled control stream, a slow disk.
 *
 * <p>A {@link org.carillon.core.fault.FaultPlan} is what was asked for, as text and as data; a
 * {@link org.carillon.core.fault.FaultInjector} makes it happen from its start on. What decides (
 * {@link org.carillon.core.fault.FaultyClock}, {@link org.carillon.core.fault.DatagramFates},
 * {@link org.carillon.core.fault.DelayQueue}) are pure functions of a seed, a number and a time, so
 * that a fault can be repeated and its statistics tested; the threads stand beside them. Nothing
 * here knows what a datagram or a command means.
 *
 * <p>Times are ns; {@code @TIME} counts from the injector's start, which is the process's.
 */
package org.carillon.core.fault;
