package org.carillon.core.record;

import org.carillon.core.time.ClockStatus;

/**
 * What every clock of a node said about one moment: {@link ClockCells} that are filled again and
 * again, so that an event costs no garbage. It belongs to one thread.
 */
public final class ClockBuffer {

  /** How many longs {@link #store} takes. */
  static final int LONGS = 11;

  /** In place of an uncertainty that is not known. */
  static final long NOT_KNOWN = -1;

  // What each of them holds.
  static final int KNOWN = 0;
  static final int NTP_OFFSET = 1;
  static final int NTP_UNCERTAINTY = 2;
  static final int CHRONOTICK_OFFSET = 3;
  static final int CHRONOTICK_UNCERTAINTY = 4;
  static final int BEST = 5;
  static final int EARLIEST = 6;
  static final int LATEST = 7;
  static final int TRUE_TIME = 8;
  static final int RAW_TIME = 9;
  static final int RAW_UNCERTAINTY = 10;

  // KNOWN: which of the others mean something, and above that the bounded clock's status.
  static final int HAS_NTP = 1;
  static final int HAS_CHRONOTICK = 1 << 1;
  static final int HAS_TRUE_TIME = 1 << 2;
  static final int HAS_RAW_TIME = 1 << 3;
  static final int STATUS_SHIFT = 8;

  private final long[] values = new long[LONGS];

  public ClockBuffer() {
    clear();
  }

  /** Nothing is known: unsynchronized, and every cell empty. */
  public void clear() {
    values[KNOWN] = (long) ClockStatus.UNSYNCHRONIZED.ordinal() << STATUS_SHIFT;
  }

  /**
   * The NTP point estimate.
   *
   * @param offsetNs true time minus local time, as estimated
   * @param uncertaintyNs how far off that may be to either side, ≥ 0
   */
  public void setNtp(long offsetNs, long uncertaintyNs) {
    values[KNOWN] |= HAS_NTP;
    values[NTP_OFFSET] = offsetNs;
    values[NTP_UNCERTAINTY] = uncertaintyNs;
  }

  /** The ChronoTick clock, as {@link #setNtp}. */
  public void setChronoTick(long offsetNs, long uncertaintyNs) {
    values[KNOWN] |= HAS_CHRONOTICK;
    values[CHRONOTICK_OFFSET] = offsetNs;
    values[CHRONOTICK_UNCERTAINTY] = uncertaintyNs;
  }

  /**
   * The bounded clock's interval.
   *
   * @param status not unsynchronized, of which there is no interval
   */
  public void setBounded(ClockStatus status, long earliestNs, long bestNs, long latestNs) {
    values[KNOWN] =
        values[KNOWN] & ((1L << STATUS_SHIFT) - 1) | (long) status.ordinal() << STATUS_SHIFT;
    values[BEST] = bestNs;
    values[EARLIEST] = earliestNs;
    values[LATEST] = latestNs;
  }

  /** True time, known only where the clock is simulated, ns since the Unix epoch. */
  public void setTrueTime(long trueTimeNs) {
    values[KNOWN] |= HAS_TRUE_TIME;
    values[TRUE_TIME] = trueTimeNs;
  }

  /**
   * The moment on the node's free-running counter.
   *
   * @param rawNs at the latest, ns since an arbitrary moment
   * @param uncertaintyNs how much earlier it may have been, ≥ 0
   */
  public void setRawTime(long rawNs, long uncertaintyNs) {
    values[KNOWN] |= HAS_RAW_TIME;
    values[RAW_TIME] = rawNs;
    values[RAW_UNCERTAINTY] = uncertaintyNs;
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
    return (values[KNOWN] >> STATUS_SHIFT) != ClockStatus.UNSYNCHRONIZED.ordinal();
  }

  /** The best estimate of the bounded clock; means something only if there is an interval. */
  public long bestNs() {
    return values[BEST];
  }

  /** Half the width of the bounded clock's interval, rounded up; or {@link #NOT_KNOWN}. */
  long boundedUncertaintyNs() {
    return isBounded() ? Math.ceilDiv(values[LATEST] - values[EARLIEST], 2) : NOT_KNOWN;
  }

  /** ChronoTick's uncertainty; or {@link #NOT_KNOWN}. */
  long chronoTickUncertaintyNs() {
    return (values[KNOWN] & HAS_CHRONOTICK) == 0 ? NOT_KNOWN : values[CHRONOTICK_UNCERTAINTY];
  }

  /** Copies all into a record. */
  void store(long[] records, int at) {
    System.arraycopy(values, 0, records, at, LONGS);
  }
}
