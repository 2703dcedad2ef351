/**
 * What the coordinator of a controlled run says of it in {@code control.json}: how closely the
 * workers started, how each of them ended, what each counted; and whether that agrees with the rows
 * of the run's files. All of it is optional: a run recorded without a control stream has none.
 *
 * <p>Times are ns since the Unix epoch. Immutable values.
 */
package org.carillon.analysis.control;
