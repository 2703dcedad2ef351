package org.carillon.core.time;

/**
 * Carries moments of the node's clock, such as the kernel's stamps, over to its free-running
 * counter. It reads both scales again and again, one between two readings of the other, so that at
 * these pairs the difference between the scales is known within the time that this takes. Between
 * two pairs the node's clock may have been slewed or stepped: then the difference lay between those
 * at the two, and where a stamp can stand for several moments of the counter, the result spans all
 * of them.
 *
 * <p>One object serves one thread. The last {@value #PAIRS} pairs are kept, at least 5 ms apart;
 * beyond them, the node's clock is taken to have been slewed as fast as Linux can.
 */
public final class RawTimescale {

  private static final int PAIRS = 32;
  private static final long SPACING_NS = 5_000_000;

  /** More than pairs alone can differ by. */
  private static final long WIDE_NS = 2_000;

  /** Both scales are read in whole ns. */
  private static final long ROUNDING_NS = 1;

  /** Linux slews by little more than 10 %, with its tick and its frequency together. */
  private static final int SLEW_DIVISOR = 9;

  private final ClockSource clock;
  private final MomentBuffer now = new MomentBuffer();

  // The pairs; the newest is at slot(count − 1). On the counter, a pair lay in [earliest, latest],
  // where local − raw lay in [least, most].
  private final long[] earliestNs = new long[PAIRS];
  private final long[] latestNs = new long[PAIRS];
  private final long[] leastNs = new long[PAIRS];
  private final long[] mostNs = new long[PAIRS];

  // The same between the pair before and this one, as far as it was looked at.
  private final long[] leastBeforeNs = new long[PAIRS];
  private final long[] mostBeforeNs = new long[PAIRS];
  private int count;
  private int pairsSinceStep = PAIRS;

  // What a stamp can stand for, on the counter.
  private long fromNs;
  private long toNs;

  public RawTimescale(ClockSource clock) {
    this.clock = clock;
    pair();
  }

  /**
   * Reads both scales now, and returns that moment. To be called after the moments that are to be
   * carried over, such as when a batch of datagrams has come.
   */
  public Moment pair() {
    readPair();
    return now.toMoment();
  }

  /** The same without an object. */
  public void readPair() {
    now.readNow(clock);
    keep(now.rawNs() - now.rawUncertaintyNs(), now.rawNs(), now.localNs());
  }

  private void keep(long beforeNs, long afterNs, long localNs) {
    long least = localNs - afterNs - ROUNDING_NS;
    long most = localNs - beforeNs + ROUNDING_NS;
    int last = slot(count - 1);
    long slewNs = (afterNs - earliestNs[last]) / SLEW_DIVISOR;
    boolean stepped = count > 0 && (least > mostNs[last] + slewNs || most < leastNs[last] - slewNs);
    long leastBefore = leastNs[last];
    long mostBefore = mostNs[last];
    if (count >= 2 && earliestNs[last] - earliestNs[slot(count - 2)] < SPACING_NS) {
      // The newest pair is replaced while it is close to the one before.
      leastBefore = Math.min(leastBefore, leastBeforeNs[last]);
      mostBefore = Math.max(mostBefore, mostBeforeNs[last]);
    } else {
      count = count == 2 * PAIRS ? PAIRS + 1 : count + 1;
      pairsSinceStep = Math.min(PAIRS, pairsSinceStep + 1);
    }
    if (stepped) {
      pairsSinceStep = 0;
    }
    int slot = slot(count - 1);
    earliestNs[slot] = beforeNs;
    latestNs[slot] = afterNs;
    leastNs[slot] = least;
    mostNs[slot] = most;
    leastBeforeNs[slot] = Math.min(leastBefore, least);
    mostBeforeNs[slot] = Math.max(mostBefore, most);
  }

  private static int slot(int index) {
    return Math.floorMod(index, PAIRS);
  }

  /**
   * A moment that was noted on CLOCK_REALTIME, in general before the last pair.
   *
   * @param realtimeNs ns since the Unix epoch
   */
  public Moment at(long realtimeNs) {
    MomentBuffer moment = new MomentBuffer();
    carryOver(realtimeNs, moment);
    return moment.toMoment();
  }

  /** The same without an object. */
  public void carryOver(long realtimeNs, MomentBuffer into) {
    long localNs = clock.localNs(realtimeNs);
    find(localNs);
    into.set(realtimeNs, localNs, fromNs, toNs);
  }

  private void find(long localNs) {
    fromNs = Long.MAX_VALUE;
    toNs = Long.MIN_VALUE;
    int newest = slot(count - 1);
    long fastNs = localNs - mostNs[newest];
    long slowNs = localNs - leastNs[newest];
    long aheadNs = Math.max(0, slowNs - earliestNs[newest]) / SLEW_DIVISOR;
    include(fastNs - aheadNs, slowNs + aheadNs, earliestNs[newest], Long.MAX_VALUE);
    int kept = Math.min(count, PAIRS);
    for (int i = 0; i < kept - 1; i++) {
      int younger = slot(count - 1 - i);
      int older = slot(count - 2 - i);
      if (isFoundAfter(latestNs[younger])) {
        return;
      }
      long least = leastBeforeNs[younger];
      long most = mostBeforeNs[younger];
      long slewNs = (latestNs[younger] - earliestNs[older]) / SLEW_DIVISOR;
      // A step and a slew against it can add up to less than either.
      long hiddenNs = most - least > slewNs + WIDE_NS ? slewNs : 0;
      include(
          localNs - most - hiddenNs,
          localNs - least + hiddenNs,
          earliestNs[older],
          latestNs[younger]);
    }
    int oldest = slot(count - kept);
    if (!isFoundAfter(latestNs[oldest])) {
      fastNs = localNs - mostNs[oldest];
      slowNs = localNs - leastNs[oldest];
      long behindNs = Math.max(0, latestNs[oldest] - fastNs) / SLEW_DIVISOR;
      include(fastNs - behindNs, slowNs + behindNs, Long.MIN_VALUE, latestNs[oldest]);
    }
  }

  /** Whether there is no need to look further back: without a step, nothing occurs twice. */
  private boolean isFoundAfter(long rawNs) {
    return pairsSinceStep == PAIRS && fromNs <= toNs && fromNs > rawNs;
  }

  /** Adds what of an interval lies within limits. */
  private void include(long lowNs, long highNs, long leastNs, long mostNs) {
    long low = Math.max(lowNs, leastNs);
    long high = Math.min(highNs, mostNs);
    if (low <= high) {
      fromNs = Math.min(fromNs, low);
      toNs = Math.max(toNs, high);
    }
  }
}
