package org.carillon.analysis.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.carillon.analysis.diagnosis.Quantity;
import org.carillon.analysis.statistics.Clock;
import org.carillon.analysis.statistics.Distribution;
import org.carillon.analysis.statistics.quality.ClaimVerdict;
import org.carillon.analysis.statistics.quality.ClaimedClock;
import org.carillon.analysis.statistics.quality.Quality;

/** How good the clocks were by what they claim in the rows. */
final class ClaimTables {

  private static final String NONE = "–";

  private ClaimTables() {}

  static List<Block> of(Quality quality) {
    List<List<String>> rows = new ArrayList<>();
    quality
        .claimed()
        .forEach(
            (node, clocks) ->
                clocks.forEach((clock, value) -> rows.add(claimed(node, clock, value))));
    if (rows.isEmpty()) {
      return List.of();
    }
    return List.of(
        Table.of(
                "clock_claims",
                "Clocks as they stand in the rows: the clock less the node's own, and the width"
                    + " of its bounds, in ms",
                List.of(
                    "node",
                    "clock",
                    "n",
                    "at the start",
                    "at the end",
                    "band from",
                    "band to",
                    "width p50",
                    "p99",
                    "max",
                    "steps",
                    "by true time",
                    "held out"),
                rows)
            .captioned(
                "Held out: by exchanges with time servers that the claim was not made from. Steps:"
                    + " intervals that exclude each other from one second to the next."));
  }

  private static List<String> claimed(String node, Clock clock, ClaimedClock claimed) {
    return List.of(
        node,
        clock.key(),
        Quantity.count(claimed.n()),
        Quantity.milliseconds(claimed.offsets().startNs()),
        Quantity.milliseconds(claimed.offsets().endNs()),
        Quantity.milliseconds(claimed.offsets().bandLeastNs()),
        Quantity.milliseconds(claimed.offsets().bandMostNs()),
        Quantity.milliseconds(percentile(claimed.width(), Distribution::p50Ns)),
        Quantity.milliseconds(percentile(claimed.width(), Distribution::p99Ns)),
        Quantity.milliseconds(percentile(claimed.width(), Distribution::maxNs)),
        claimed.jumps().map(jumps -> Quantity.count(jumps.n())).orElse(NONE),
        claimed.againstTruth().map(ClaimTables::verdict).orElse(NONE),
        claimed.heldOut().map(ClaimTables::verdict).orElse(NONE));
  }

  private interface Percentile {
    OptionalLong of(Distribution distribution);
  }

  private static OptionalLong percentile(Optional<Distribution> width, Percentile which) {
    return width.map(which::of).orElse(OptionalLong.empty());
  }

  private static String verdict(ClaimVerdict verdict) {
    return verdict.answer().text() + ": " + verdict.because();
  }
}
