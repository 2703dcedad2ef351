/**
 * The CSV files of a run: which columns they have, what a row holds, and how rows get to disk.
 * Header and rows of every file come from the one list of columns in {@link
 * org.carillon.core.record.Schemas}, which the analysis reads by too. The format is described in
 * docs/formats.md.
 */
package org.carillon.core.record;
