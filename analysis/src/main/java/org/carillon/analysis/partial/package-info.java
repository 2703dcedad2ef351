/**
 * A run in shares of its event ids, for a cluster: each share is reduced by a task of its own, on
 * any machine, to a state, and the states are joined to what an analysis of the whole run would
 * have found, to the last digit.
 *
 * <p>A state is a folder: the share's rows in merged.parquet, what became of the run's files in
 * merged.json, the share's answers to statements that add up, and share.json, which says what it is
 * and what belongs to it. It appears under its name when it is complete.
 *
 * <p>How answers add up, and what is asked of the rows, is the {@code store}'s matter.
 */
package org.carillon.analysis.partial;
