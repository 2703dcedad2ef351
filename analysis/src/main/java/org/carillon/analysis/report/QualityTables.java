package org.carillon.analysis.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.carillon.analysis.diagnosis.Quantity;
import org.carillon.analysis.statistics.Judgement;
import org.carillon.analysis.statistics.Summary;
import org.carillon.analysis.statistics.quality.AllanDeviation;
import org.carillon.analysis.statistics.quality.MeasuredClock;
import org.carillon.analysis.statistics.quality.Quality;
import org.carillon.analysis.statistics.quality.Stability;

/** How good the clocks were, by measurements of them. */
final class QualityTables {

  private static final String NONE = "–";

  private final Quality quality;
  private final List<Block> blocks = new ArrayList<>();

  private QualityTables(Summary summary) {
    this.quality = summary.quality();
  }

  static List<Block> of(Summary summary) {
    QualityTables tables = new QualityTables(summary);
    tables.offsets();
    tables.rates();
    tables.stability();
    tables.blocks.addAll(ClaimTables.of(tables.quality));
    tables.holdover();
    tables.blocks.addAll(NetworkTables.of(summary));
    return List.copyOf(tables.blocks);
  }

  private interface RowOf<T> {
    List<String> of(String node, String clock, T value);
  }

  private List<List<String>> measured(RowOf<MeasuredClock> cells) {
    List<List<String>> rows = new ArrayList<>();
    quality
        .measured()
        .forEach(
            (node, clocks) ->
                clocks.forEach((clock, value) -> rows.add(cells.of(node, clock, value))));
    return rows;
  }

  private void offsets() {
    add(
        "clock_offsets",
        "Clocks as they were measured: true time less the clock, in ms",
        "The counter is the free-running one; it has no epoch, so its offset is less the best measured"
            + " one. The band is what the measurements' errors leave.",
        List.of(
            "node",
            "clock",
            "measured by",
            "n",
            "for",
            "at the start",
            "at the end",
            "least",
            "most",
            "band from",
            "band to"),
        measured(
            (node, clock, m) ->
                List.of(
                    node,
                    clock,
                    m.data(),
                    Quantity.count(m.n()),
                    Quantity.duration(m.spanNs()),
                    Quantity.milliseconds(m.offsets().startNs()),
                    Quantity.milliseconds(m.offsets().endNs()),
                    Quantity.milliseconds(m.offsets().leastNs()),
                    Quantity.milliseconds(m.offsets().mostNs()),
                    Quantity.milliseconds(m.offsets().bandLeastNs()),
                    Quantity.milliseconds(m.offsets().bandMostNs()))));
  }

  private void rates() {
    add(
        "clock_rates",
        "Rate of the clocks against true time in ppm (positive: fast), and how it moved",
        "Surely: if the measurements are right to their errors. Moved: the difference of rates over"
            + " eighths of the time. Steps: changes that neither errors nor slewing explain.",
        List.of(
            "node",
            "clock",
            "rate",
            "surely from",
            "to",
            "eighths from",
            "to",
            "moved at least",
            "at most",
            "steps",
            "largest (ms)"),
        measured(
            (node, clock, m) -> {
              List<String> cells = new ArrayList<>(List.of(node, clock));
              m.rate()
                  .known()
                  .ifPresentOrElse(
                      rate ->
                          cells.addAll(
                              List.of(ppm(rate.ppb()), ppm(rate.leastPpb()), ppm(rate.mostPpb()))),
                      () -> cells.addAll(List.of(NONE, NONE, NONE)));
              m.wander()
                  .known()
                  .ifPresentOrElse(
                      wander ->
                          cells.addAll(
                              List.of(
                                  ppm(wander.leastPpb()),
                                  ppm(wander.mostPpb()),
                                  ppm(wander.changeAtLeastPpb()),
                                  ppm(wander.changeAtMostPpb()))),
                      () -> cells.addAll(List.of(NONE, NONE, NONE, NONE)));
              m.jumps()
                  .known()
                  .ifPresentOrElse(
                      jumps ->
                          cells.addAll(
                              List.of(
                                  Quantity.count(jumps.n()),
                                  Quantity.milliseconds(OptionalLong.of(jumps.largestNs())))),
                      () -> cells.addAll(List.of(NONE, NONE)));
              return cells;
            }));
  }

  private void stability() {
    List<List<String>> rows = new ArrayList<>();
    List<String> untold = new ArrayList<>();
    for (Map.Entry<String, Map<String, MeasuredClock>> node : quality.measured().entrySet()) {
      node.getValue()
          .forEach(
              (clock, measured) -> {
                switch (measured.stability()) {
                  case Judgement.Known<Stability>(Stability stability) -> {
                    for (AllanDeviation.Point point : stability.deviation().points()) {
                      rows.add(point(node.getKey(), clock, stability, point));
                    }
                  }
                  case Judgement.NotComparable<Stability>(String why) ->
                      untold.add(
                          "Allan deviation of "
                              + clock
                              + " at "
                              + node.getKey()
                              + ": cannot be told; "
                              + why
                              + ".");
                }
              });
    }
    add(
        "allan_deviation",
        "Overlapping Allan deviation of the clocks in ppb",
        "95 %: confidence interval by the least degrees of freedom that any kind of noise gives."
            + " The floor is what the noise of the measurements alone would show: a deviation near it tells"
            + " of the network and not of the clock.",
        List.of("node", "clock", "τ (s)", "n", "deviation", "95 %", "floor"),
        rows);
    untold.forEach(note -> blocks.add(new Block.Note(note)));
  }

  private static List<String> point(
      String node, String clock, Stability stability, AllanDeviation.Point point) {
    OptionalDouble floor = stability.floor(point);
    return List.of(
        node,
        clock,
        String.format(Locale.ROOT, "%.3f", point.tauNs() / 1e9),
        Quantity.count(point.n()),
        ppb(point.deviation()),
        ppb(point.low()) + " to " + ppb(point.high()),
        floor.isPresent() ? ppb(floor.getAsDouble()) : NONE);
  }

  private static String ppb(double ratio) {
    return String.format(Locale.ROOT, "%,.3f", 1e9 * ratio);
  }

  private static String ppm(long ppb) {
    return Quantity.partsPerMillion(ppb).replace(" ppm", "");
  }

  private void holdover() {
    List<List<String>> rows = new ArrayList<>();
    List<String> untold = new ArrayList<>();
    quality
        .holdover()
        .forEach(
            (node, judgement) ->
                judgement
                    .known()
                    .ifPresentOrElse(
                        h ->
                            rows.add(
                                List.of(
                                    node,
                                    Quantity.duration(h.usualNs()),
                                    Quantity.duration(h.longestNs()),
                                    Quantity.duration(h.totalNs()),
                                    h.spanNs() == 0
                                        ? NONE
                                        : Quantity.percent(h.totalNs(), h.spanNs()))),
                        () -> untold.add(node)));
    add(
        "holdover",
        "How long clocks were on their own",
        "Without an accepted exchange for longer than three usual intervals and a second, between the"
            + " node's first and last event.",
        List.of("node", "usual interval", "longest without", "on its own", "share"),
        rows);
    if (!untold.isEmpty()) {
      blocks.add(
          new Block.Note(
              "Whether clocks were on their own cannot be told where fewer than two accepted"
                  + " exchanges are on record: "
                  + String.join(", ", untold)
                  + "."));
    }
  }

  private void add(
      String name, String title, String caption, List<String> headers, List<List<String>> rows) {
    if (!rows.isEmpty()) {
      blocks.add(Table.of(name, title, headers, rows).captioned(caption));
    }
  }
}
