/**
 * The report: one HTML file with everything in it, which fetches nothing and needs no script, reads
 * on light and dark screens, and prints.
 *
 * <p>Every text that comes from a file of the run is escaped.
 */
package org.carillon.analysis.report;
