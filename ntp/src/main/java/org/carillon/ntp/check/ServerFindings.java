package org.carillon.ntp.check;

import java.util.Collections;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.carillon.core.record.SampleRow;

/**
 * What one server said.
 *
 * @param server as the user named it, with its port
 * @param verdicts how often each verdict was given on an exchange
 * @param answered exchanges that brought an answer, usable or not
 * @param isFalseticker whether it is not believed, because too few others agree
 * @param best what it alone says of the offset; empty without a usable answer
 */
public record ServerFindings(
    String server,
    Map<String, Integer> verdicts,
    int answered,
    boolean isFalseticker,
    Optional<Best> best) {

  /**
   * What the usable answers say.
   *
   * @param offset by the answer that tells most at the end, at the moment of that answer
   * @param delayMinNs shortest delay δ
   * @param delayMedianNs median delay
   * @param stratum as it said last
   * @param leap as it said last: 0 none, 1 a second is inserted today, 2 one is left out
   * @param rootDistanceNs λ of the best answer: half its delay and all that the server claims
   */
  public record Best(
      OffsetBounds offset,
      long delayMinNs,
      long delayMedianNs,
      int stratum,
      int leap,
      long rootDistanceNs) {}

  public ServerFindings {
    verdicts = Collections.unmodifiableMap(new TreeMap<>(verdicts));
  }

  /** Exchanges, failed ones too. */
  public int asked() {
    return verdicts.values().stream().mapToInt(Integer::intValue).sum();
  }

  /** Exchanges that could be used. */
  public int accepted() {
    return verdicts.getOrDefault(SampleRow.ACCEPTED, 0);
  }

  /** The share of exchanges that could be used, 0–1; 0 if none was made. */
  public double acceptedShare() {
    return asked() == 0 ? 0 : (double) accepted() / asked();
  }

  /** Why exchanges could not be used: the commonest reason. */
  public Optional<String> complaint() {
    return verdicts.entrySet().stream()
        .filter(entry -> !entry.getKey().equals(SampleRow.ACCEPTED))
        .max(Comparator.comparingInt(Map.Entry::getValue))
        .map(Map.Entry::getKey);
  }
}
