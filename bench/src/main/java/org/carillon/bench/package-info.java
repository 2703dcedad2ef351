/**
 * What hot paths cost, measured by JMH: {@code scripts/bench}. Each class ending in {@code
 * Benchmark} measures one part of Carillon; {@link org.carillon.bench.Bench} runs it and prints a
 * table. In no distribution, and used by nothing.
 */
package org.carillon.bench;
