/**
 * Compares runs of an experiment, such as those that cron made every night: {@link
 * org.carillon.analysis.compare.Comparison} reads the {@code summary.json} of each, and tells per
 * number how it lies over the runs, how it scatters between them and within each, where it changed
 * for good, and whether the last run differs from the earlier ones.
 *
 * <p>What is compared is one number per run, such as each run's 99th percentile; percentiles are
 * never averaged. Runs are taken to be independent of one another. A verdict is one of three:
 * changed, did not change, cannot be told. The methods and their sources are in docs/compare.md.
 */
package org.carillon.analysis.compare;
