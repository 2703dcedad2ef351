package org.carillon.analysis.diagnosis;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.carillon.analysis.statistics.Clock;
import org.carillon.analysis.statistics.Distribution;
import org.carillon.analysis.statistics.Judgement;
import org.carillon.analysis.statistics.Summary;
import org.carillon.analysis.statistics.quality.ClockRate;
import org.carillon.analysis.statistics.quality.MeasuredClock;
import org.carillon.analysis.statistics.quality.Quality;
import org.carillon.analysis.statistics.quality.SenderQuality;
import org.carillon.analysis.statistics.quality.Wander;

/** How the clocks ran and how the sender kept to its schedule, in a sentence each. */
final class QualityFindings {

  private QualityFindings() {}

  static List<String> of(Summary summary) {
    List<String> findings = new ArrayList<>();
    rates(summary.quality()).ifPresent(findings::add);
    summary.quality().sender().flatMap(QualityFindings::sender).ifPresent(findings::add);
    return findings;
  }

  private static Optional<String> rates(Quality quality) {
    List<String> parts = new ArrayList<>();
    boolean counters =
        quality.measured().values().stream().anyMatch(c -> c.containsKey(Quality.COUNTER));
    String which = counters ? Quality.COUNTER : Clock.SYSTEM.key();
    for (Map.Entry<String, Map<String, MeasuredClock>> entry : quality.measured().entrySet()) {
      MeasuredClock clock = entry.getValue().get(which);
      if (clock != null && clock.rate() instanceof Judgement.Known<ClockRate>(ClockRate rate)) {
        parts.add(
            entry.getKey()
                + " "
                + ppm(rate.ppb())
                + bounds(rate)
                + clock.wander().known().map(QualityFindings::moved).orElse(""));
      }
    }
    return parts.isEmpty()
        ? Optional.empty()
        : Optional.of(
            "So much faster than true time ran the "
                + (counters ? "oscillators" : "clocks")
                + " of the nodes, slower where negative: "
                + Nodes.list(parts)
                + ".");
  }

  private static String bounds(ClockRate rate) {
    return rate.leastPpb() == rate.mostPpb()
        ? ""
        : " (surely " + ppm(rate.leastPpb()) + " to " + ppm(rate.mostPpb()) + ")";
  }

  private static String moved(Wander wander) {
    return wander.changeAtLeastPpb() > 0
        ? ", which moved by at least " + ppm(wander.changeAtLeastPpb())
        : "";
  }

  private static String ppm(long ppb) {
    return Quantity.partsPerMillion(ppb);
  }

  private static Optional<String> sender(SenderQuality sender) {
    Distribution late = sender.lateness();
    if (late.p50Ns().isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        "The coordinator sent half of its events within "
            + Quantity.duration(late.p50Ns())
            + " of their time"
            + (late.p99Ns().isPresent() ? ", 99 % within " + Quantity.duration(late.p99Ns()) : "")
            + " and the latest "
            + Quantity.duration(late.maxNs())
            + " after it; "
            + Quantity.count(sender.aboveMillisecond())
            + " of "
            + Quantity.count(late.n())
            + " left more than 1 ms late.");
  }
}
