/**
 * What a reader should know before believing the numbers, and the answer in a few sentences: {@link
 * org.carillon.analysis.diagnosis.Warnings} and {@link org.carillon.analysis.diagnosis.Findings},
 * both pure functions of the statistics and of a {@link org.carillon.analysis.diagnosis.Diagnosis}.
 *
 * <p>Sentences are English, their numbers locale-free, and a share is never rounded to 0 % or 100 %
 * unless it is.
 */
package org.carillon.analysis.diagnosis;
