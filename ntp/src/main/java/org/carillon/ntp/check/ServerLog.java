package org.carillon.ntp.check;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.carillon.clock.DriftBound;
import org.carillon.core.record.SampleRow;

/** All exchanges with one server. Safe for use by several threads. */
final class ServerLog {

  private final String server;
  private final DriftBound drift;
  private final Map<String, Integer> verdicts = new HashMap<>();
  private final List<Long> delaysNs = new ArrayList<>();
  private int answered;
  private Optional<SampleRow> narrowest = Optional.empty();
  private Optional<SampleRow> newest = Optional.empty();

  /**
   * @param drift by which an answer's worth ages
   */
  ServerLog(String server, DriftBound drift) {
    this.server = server;
    this.drift = drift;
  }

  synchronized void add(SampleRow sample) {
    verdicts.merge(sample.verdict(), 1, Integer::sum);
    answered += sample.t4Ns().isPresent() ? 1 : 0;
    if (sample.accepted()) {
      long nowNs = sample.raw().t4RawNs().orElseThrow();
      delaysNs.add(sample.delayNs().orElseThrow());
      newest = Optional.of(sample);
      if (narrowest.isEmpty() || errorNs(sample, nowNs) <= errorNs(narrowest.get(), nowNs)) {
        narrowest = newest;
      }
    }
  }

  /** Exchanges so far. */
  synchronized int size() {
    return verdicts.values().stream().mapToInt(Integer::intValue).sum();
  }

  /** How far off its offset can be at another moment of the counter. */
  private long errorNs(SampleRow sample, long rawNs) {
    return sample.raw().errorNs().orElseThrow()
        + drift.driftNs(rawNs - sample.raw().t4RawNs().orElseThrow());
  }

  /** What they say. */
  synchronized ServerFindings findings(boolean isFalseticker) {
    return new ServerFindings(
        server,
        verdicts,
        answered,
        isFalseticker,
        narrowest.map(sample -> best(sample, newest.orElseThrow())));
  }

  private ServerFindings.Best best(SampleRow sample, SampleRow last) {
    List<Long> sorted = delaysNs.stream().sorted(Comparator.naturalOrder()).toList();
    return new ServerFindings.Best(
        OffsetBounds.around(sample.offsetNs().orElseThrow(), sample.raw().errorNs().orElseThrow()),
        sorted.getFirst(),
        sorted.get((sorted.size() - 1) / 2),
        last.stratum().orElseThrow(),
        last.leap().orElseThrow(),
        sample.raw().errorNs().orElseThrow());
  }
}
