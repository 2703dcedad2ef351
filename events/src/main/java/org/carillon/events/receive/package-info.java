/**
 * What a worker does, callable without a command line: {@link
 * org.carillon.events.receive.EventReceiver} has the socket, {@link
 * org.carillon.events.receive.WorkerRecorder} decides what a datagram is worth, {@link
 * org.carillon.events.receive.EventAccounting} counts, and rows go to disk on threads of their own,
 * so that neither a disk nor a time server ever delays an event.
 */
package org.carillon.events.receive;
