/**
 * What a coordinator does, callable without a command line: {@link
 * org.carillon.events.send.Schedule} says when events are due, {@link
 * org.carillon.events.send.Pacer} waits, {@link org.carillon.events.send.Distance} keeps late
 * events apart, {@link org.carillon.events.send.Broadcaster} sends.
 */
package org.carillon.events.send;
