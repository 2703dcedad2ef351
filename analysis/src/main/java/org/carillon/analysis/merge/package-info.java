/**
 * The files of a run side by side: each event with what every worker recorded of it, in one pass
 * and in bounded memory, without a database.
 *
 * <p>That works where event ids rise in coordinator.csv and workers' rows come about in that order,
 * as every run writes them: datagrams that overtook one another or came twice are sorted out within
 * a window. A run that is more mixed up than that is told apart ({@link
 * org.carillon.analysis.merge.OutOfReach}) and left to the database, whose joins need no order.
 *
 * <p>What counts, what is a duplicate and what is foreign is decided as the statements of the store
 * decide it.
 */
package org.carillon.analysis.merge;
