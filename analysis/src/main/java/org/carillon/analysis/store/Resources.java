package org.carillon.analysis.store;

/**
 * How much of the machine an analysis may use.
 *
 * @param memoryBytes of the whole process, roughly; what does not fit is spilled
 * @param threads at the same time
 */
public record Resources(long memoryBytes, int threads) {

  /** A login node is shared: no more than its smallest usual share of cores and memory. */
  public static final Resources DEFAULT = new Resources(1L << 30, 2);

  /** With less, joins of a usual run would not end. */
  public static final long LEAST_MEMORY_BYTES = 512L << 20;

  /** The heap, the runtime, and what the database uses beside what it counts. */
  private static final long OTHERS_BYTES = 600L << 20;

  public Resources {
    if (memoryBytes < LEAST_MEMORY_BYTES) {
      throw new IllegalArgumentException("an analysis needs 512MiB of memory or more");
    }
    if (threads < 1) {
      throw new IllegalArgumentException("an analysis needs a thread");
    }
  }

  /** What the database may count as its own. */
  long databaseBytes() {
    return memoryBytes - Math.min(OTHERS_BYTES, memoryBytes / 5 * 3);
  }
}
