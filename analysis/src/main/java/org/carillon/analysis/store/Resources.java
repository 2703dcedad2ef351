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

  /**
   * One part in so many of what the database has beyond the default goes to what it does not count:
   * buffers of Parquet files, and memory that is given back late.
   */
  private static final long UNCOUNTED = 3;

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
    long usual = Math.min(memoryBytes, DEFAULT.memoryBytes);
    long more = memoryBytes - usual;
    return usual - Math.min(OTHERS_BYTES, usual / 5 * 3) + more / UNCOUNTED * (UNCOUNTED - 1);
  }
}
