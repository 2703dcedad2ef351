/**
 * What a worker and a coordinator have in common: the clocks of a node and the files about them,
 * warming up, readiness, and the wish to end. {@code org.carillon.events.receive} is the worker,
 * {@code org.carillon.events.send} the coordinator; neither knows the other.
 *
 * <p>Times are ns since the Unix epoch on the node's local clock unless their name says realtime or
 * monotonic. How clocks are measured is the business of {@code org.carillon.ntp}; how rows look on
 * disk that of {@code org.carillon.core.record}.
 */
package org.carillon.events;
