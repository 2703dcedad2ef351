package org.carillon.analysis.statistics.quality;

/**
 * Events that were lost one after the other at a worker, among those up to its last arrival.
 *
 * @param lost of these events
 * @param sent of these events
 * @param runs of consecutive lost events, at least 1
 * @param ofOne runs of a single event
 * @param ofFew of 2 to 9
 * @param ofTens of 10 to 99
 * @param ofHundreds of 100 and more
 * @param longest events in the longest run
 * @param longestNs from the first to the last of the run that took longest
 */
public record Bursts(
    long lost,
    long sent,
    long runs,
    long ofOne,
    long ofFew,
    long ofTens,
    long ofHundreds,
    long longest,
    long longestNs) {

  /**
   * So many events lost right after another one are no chance: of few lost ones among many, one in
   * n²/sent is expected to be.
   */
  private static final long LEAST = 3;

  public Bursts {
    if (runs < 1 || runs != ofOne + ofFew + ofTens + ofHundreds || lost < runs || lost > sent) {
      throw new IllegalArgumentException(
          lost + " lost of " + sent + " in " + runs + " runs do not add up");
    }
  }

  /** The mean length of a run, in thousandths of an event. */
  public long meanMilli() {
    return Math.round(1000.0 * lost / runs);
  }

  /**
   * The same if each event were lost on its own, with the same share lost: 1 / (1 − share), the
   * mean of a geometric distribution.
   */
  public long independentMilli() {
    return lost == sent ? meanMilli() : Math.round(1000.0 * sent / (sent - lost));
  }

  /** Whether losses cling together: runs are more than twice as long as chance makes them. */
  public boolean cling() {
    return lost - runs >= LEAST && meanMilli() > 2 * independentMilli();
  }
}
