/**
 * Events and the two forms in which they travel: the binary datagram of DESIGN §6 and the JSON of
 * the existing Python toolkit. Reading never throws: what a datagram is not, it says. {@link
 * org.carillon.core.event.EventReader} and {@link org.carillon.core.event.EventWriter} make no
 * objects and belong to one thread each.
 */
package org.carillon.core.event;
