/**
 * Works out in hindsight when each event was: from all samples of its node, those after it too, and
 * from what events prove of two clocks. The arithmetic is {@link org.carillon.clock.Hindsight};
 * here the rows are brought to it and the intervals back to the store, in bounded memory: the
 * samples of one node at a time, and its events one by one.
 *
 * <p>Times are {@code long} ns; raw times are on the free-running counter of their node.
 */
package org.carillon.analysis.hindsight;
