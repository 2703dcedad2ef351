/**
 * Conditions upon the numbers of {@code summary.json}, for scripts that must know whether a run was
 * good enough: {@code causality.bounded.violations > 0}.
 *
 * <p>{@link org.carillon.analysis.condition.Condition} reads and judges one; {@link
 * org.carillon.analysis.condition.SummaryNumbers} finds a number by its path. Numbers are exact
 * decimals. What was not measured is no number: a condition upon it cannot be told, and counts as
 * failed, because silence is no pass. The language is described in docs/compare.md.
 */
package org.carillon.analysis.condition;
