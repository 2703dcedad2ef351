/**
 * The rows of a run in an embedded DuckDB, and the statements that are asked of them. No other
 * package knows the database.
 *
 * <p>Every table is created with declared column types, and nothing is ever inferred from the data.
 * Times and durations are BIGINT nanoseconds; all arithmetic is on integers. The statements are
 * files beside this package's classes, one per question, {@code rows.sql} and {@code readings.sql}
 * first: they decide which rows count and what each clock said.
 *
 * <p>A database lives in memory, belongs to one analysis and is used by one thread at a time.
 */
package org.carillon.analysis.store;
