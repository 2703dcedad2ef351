/**
 * Events and the two forms in which they travel: the binary datagram of DESIGN §6 and the JSON of
 * the existing Python toolkit. Decoding never throws: what a datagram is not, it says. Codecs hold
 * no state and may be shared by threads.
 */
package org.carillon.core.event;
