/**
 * What a worker and a coordinator do, callable without a command line.
 *
 * <p>A {@link org.carillon.events.Worker} receives: {@link org.carillon.events.EventReceiver} has
 * the socket and the thread that stamps, {@link org.carillon.events.WorkerRecorder} decides what a
 * datagram is worth, {@link org.carillon.events.EventAccounting} counts, and rows go to disk on
 * threads of their own, so that neither a disk nor a time server ever delays an event. A {@link
 * org.carillon.events.Coordinator} sends: {@link org.carillon.events.Schedule} says when, {@link
 * org.carillon.events.Pacer} waits, {@link org.carillon.events.Broadcaster} sends.
 *
 * <p>Times are ns since the Unix epoch on the node's local clock unless their name says realtime or
 * monotonic. How clocks are measured is the business of {@code org.carillon.ntp}; how rows look on
 * disk that of {@code org.carillon.core.record}.
 */
package org.carillon.events;
