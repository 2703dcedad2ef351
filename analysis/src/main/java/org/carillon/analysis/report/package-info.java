/**
 * The report: a {@link org.carillon.analysis.report.Document} of blocks, which {@link
 * org.carillon.analysis.report.Report} puts together, and what writes it down: {@link
 * org.carillon.analysis.report.HtmlPage} as one file that fetches nothing and needs no script,
 * reads on light and dark screens, and prints; {@link org.carillon.analysis.report.Markdown};
 * {@link org.carillon.analysis.report.Latex} its tables.
 *
 * <p>A statistic is shown by adding a {@link org.carillon.analysis.report.Table} of it. Blocks hold
 * plain texts; whoever writes them down escapes them.
 */
package org.carillon.analysis.report;
