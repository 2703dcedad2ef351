package org.carillon.core.record;

import org.carillon.core.time.ClockStatus;

/**
 * What every clock of a node said about one moment: {@link ClockCells} that are filled again and
 * again, so that an event costs no garbage. It belongs to one thread.
 */
public final class ClockBuffer {

  /** How many longs {@link #store} takes. */
  static final int LONGS = 11;

  private static final int HAS_NTP = 1;
  private static final int HAS_CHRONOTICK = 1 << 1;
  private static final int HAS_TRUE_TIME = 1 << 2;
  private static final int HAS_RAW_TIME = 1 << 3;
  private static final int STATUS_SHIFT = 8;

  private final long[] values = new long[LONGS];

  public ClockBuffer() {
    clear();
  }

  /** Nothing is known: unsynchronized, and every cell empty. */
  public void clear() {
    values[0] = (long) ClockStatus.UNSYNCHRONIZED.ordinal() << STATUS_SHIFT;
  }

  /**
   * The NTP point estimate.
   *
   * @param offsetNs true time minus local time, as estimated
   * @param uncertaintyNs how far off that may be to either side, ≥ 0
   */
  public void setNtp(long offsetNs, long uncertaintyNs) {
    values[0] |= HAS_NTP;
    values[1] = offsetNs;
    values[2] = uncertaintyNs;
  }

  /** The ChronoTick clock, as {@link #setNtp}. */
  public void setChronoTick(long offsetNs, long uncertaintyNs) {
    values[0] |= HAS_CHRONOTICK;
    values[3] = offsetNs;
    values[4] = uncertaintyNs;
  }

  /**
   * The bounded clock's interval.
   *
   * @param status not unsynchronized, of which there is no interval
   */
  public void setBounded(ClockStatus status, long earliestNs, long bestNs, long latestNs) {
    values[0] = values[0] & ((1L << STATUS_SHIFT) - 1) | (long) status.ordinal() << STATUS_SHIFT;
    values[5] = bestNs;
    values[6] = earliestNs;
    values[7] = latestNs;
  }

  /** True time, known only where the clock is simulated, ns since the Unix epoch. */
  public void setTrueTime(long trueTimeNs) {
    values[0] |= HAS_TRUE_TIME;
    values[8] = trueTimeNs;
  }

  /**
   * The moment on the node's free-running counter.
   *
   * @param rawNs at the latest, ns since an arbitrary moment
   * @param uncertaintyNs how much earlier it may have been, ≥ 0
   */
  public void setRawTime(long rawNs, long uncertaintyNs) {
    values[0] |= HAS_RAW_TIME;
    values[9] = rawNs;
    values[10] = uncertaintyNs;
  }

  /** Takes over all of these cells. */
  public void set(ClockCells cells) {
    clear();
    cells.ntp().ifPresent(ntp -> setNtp(ntp.offsetNs(), ntp.uncertaintyNs()));
    cells.chronoTick().ifPresent(point -> setChronoTick(point.offsetNs(), point.uncertaintyNs()));
    cells
        .bounded()
        .ifPresent(
            reading ->
                setBounded(
                    cells.status(), reading.earliestNs(), reading.bestNs(), reading.latestNs()));
    cells.trueTimeNs().ifPresent(this::setTrueTime);
    if (cells.rawTimeNs().isPresent()) {
      setRawTime(cells.rawTimeNs().getAsLong(), cells.rawUncertaintyNs().getAsLong());
    }
  }

  /** Whether the bounded clock has an interval. */
  public boolean isBounded() {
    return (values[0] >> STATUS_SHIFT) != ClockStatus.UNSYNCHRONIZED.ordinal();
  }

  /** The best estimate of the bounded clock; means something only if there is an interval. */
  public long bestNs() {
    return values[5];
  }

  /** Copies all into a record. */
  void store(long[] records, int at) {
    System.arraycopy(values, 0, records, at, LONGS);
  }
}
