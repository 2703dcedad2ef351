package org.carillon.analysis.report;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.carillon.analysis.diagnosis.Quantity;
import org.carillon.analysis.statistics.Clock;
import org.carillon.analysis.statistics.Distribution;
import org.carillon.analysis.statistics.Summary;
import org.carillon.analysis.statistics.quality.Bursts;
import org.carillon.analysis.statistics.quality.FirstArrivals;
import org.carillon.analysis.statistics.quality.LossCauses;
import org.carillon.analysis.statistics.quality.Quality;
import org.carillon.analysis.statistics.quality.Reception;

/** What became of the datagrams, how the sender kept to its schedule, and how workers began. */
final class NetworkTables {

  private static final String NONE = "–";

  private final Quality quality;
  private final List<Block> blocks = new ArrayList<>();

  private NetworkTables(Summary summary) {
    this.quality = summary.quality();
  }

  static List<Block> of(Summary summary) {
    NetworkTables tables = new NetworkTables(summary);
    tables.causes();
    tables.bursts();
    tables.reordering();
    tables.reception();
    tables.sender();
    tables.firstArrivals();
    return List.copyOf(tables.blocks);
  }

  private void causes() {
    List<List<String>> rows = new ArrayList<>();
    quality
        .network()
        .forEach(
            (node, network) -> {
              LossCauses causes = network.causes();
              if (causes.lost() > 0) {
                rows.add(
                    List.of(
                        node,
                        Quantity.count(causes.lost()),
                        count(causes.network()),
                        count(causes.kernel()),
                        Quantity.count(causes.disk()),
                        Quantity.count(causes.damaged()),
                        Quantity.count(causes.afterTheLast()),
                        Quantity.count(causes.unknown())));
              }
            });
    add(
        "loss",
        "Where lost events went",
        "The causes add up. Kernel and disk are counted in reception_NODE.csv; the network has what"
            + " the others leave, if the kernel told its drops. After the last: sent after the last"
            + " event on record, when the worker may have ended.",
        List.of(
            "worker",
            "lost",
            "network",
            "kernel",
            "disk",
            "damaged lines",
            "after the last",
            "cannot be told"),
        rows);
  }

  private void bursts() {
    List<List<String>> rows = new ArrayList<>();
    quality
        .network()
        .forEach((node, n) -> n.bursts().ifPresent(bursts -> rows.add(bursts(node, bursts))));
    add(
        "loss_bursts",
        "Runs of consecutive lost events",
        "Up to the last arrival. By chance: the mean length of a run if each event were lost on its"
            + " own.",
        List.of(
            "worker",
            "lost",
            "runs",
            "of 1",
            "of 2 to 9",
            "of 10 to 99",
            "longer",
            "longest",
            "lasting",
            "mean length",
            "by chance"),
        rows);
  }

  private static List<String> bursts(String node, Bursts bursts) {
    return List.of(
        node,
        Quantity.count(bursts.lost()),
        Quantity.count(bursts.runs()),
        Quantity.count(bursts.ofOne()),
        Quantity.count(bursts.ofFew()),
        Quantity.count(bursts.ofTens()),
        Quantity.count(bursts.ofHundreds()),
        Quantity.count(bursts.longest()),
        Quantity.duration(bursts.longestNs()),
        decimal(bursts.meanMilli()),
        decimal(bursts.independentMilli()));
  }

  private static String decimal(long milli) {
    return Quantity.count(milli / 1000) + "." + milli % 1000 / 100;
  }

  private void reordering() {
    List<List<String>> rows = new ArrayList<>();
    quality
        .network()
        .forEach(
            (node, n) ->
                n.reordering()
                    .ifPresent(
                        r ->
                            rows.add(
                                List.of(
                                    node,
                                    Quantity.count(r.n()),
                                    count(r.p50()),
                                    count(r.p99()),
                                    Quantity.count(r.most())))));
    add(
        "reordering",
        "Reordered arrivals and their extent (RFC 4737) in arrivals",
        "",
        List.of("worker", "reordered", "p50", "p99", "max"),
        rows);
  }

  private void reception() {
    List<List<String>> rows = new ArrayList<>();
    quality
        .network()
        .forEach((node, n) -> n.reception().ifPresent(r -> rows.add(reception(node, r))));
    add(
        "reception",
        "What workers counted second by second",
        "Unaccounted: received less rows on file and rows lost; none in good order.",
        List.of(
            "worker",
            "seconds",
            "received",
            "most in one",
            "malformed",
            "foreign",
            "kernel drops",
            "seconds with drops",
            "rows lost",
            "unaccounted"),
        rows);
  }

  private static List<String> reception(String node, Reception r) {
    return List.of(
        node,
        Quantity.count(r.seconds()),
        Quantity.count(r.received()),
        count(r.mostReceived()),
        Quantity.count(r.malformed()),
        Quantity.count(r.foreign()),
        count(r.kernelDrops()),
        Quantity.count(r.secondsWithDrops()),
        Quantity.count(r.rowsLost()),
        Quantity.count(r.unaccounted()));
  }

  private void sender() {
    List<List<String>> rows = new ArrayList<>();
    quality
        .sender()
        .ifPresent(
            sender -> {
              rows.add(
                  distribution(
                      "later than due, by the " + sender.clock() + " clock",
                      sender.lateness(),
                      Quantity.count(sender.aboveMillisecond())));
              sender
                  .transmit()
                  .ifPresent(
                      transmit ->
                          rows.add(
                              distribution(
                                  "from the send time to the kernel's transmit time",
                                  transmit,
                                  "")));
            });
    add(
        "sender",
        "How the coordinator kept to its schedule, in ms",
        "",
        List.of("what", "n", "p50", "p90", "p99", "p99.9", "max", "later than 1 ms"),
        rows);
  }

  private static List<String> distribution(String what, Distribution d, String late) {
    return Cells.joined(Cells.joined(List.of(what), Cells.distribution(d)), List.of(late));
  }

  private void firstArrivals() {
    List<List<String>> rows = new ArrayList<>();
    quality.firstArrivals().forEach((clock, first) -> rows.add(first(clock, first)));
    add(
        "first_arrivals",
        "How far apart workers had the first event that all of them had, in ms",
        "At least and at most by the clock's bounds, if these hold.",
        List.of("clock", "event", "workers", "best estimate", "at least", "at most", "true time"),
        rows);
  }

  private static List<String> first(Clock clock, FirstArrivals first) {
    return List.of(
        clock.key(),
        Quantity.count(first.eventId()),
        Quantity.count(first.workers()),
        Quantity.milliseconds(first.bestNs()),
        Quantity.milliseconds(OptionalLong.of(first.atLeastNs())),
        Quantity.milliseconds(OptionalLong.of(first.atMostNs())),
        Quantity.milliseconds(first.trueNs()));
  }

  private static String count(OptionalLong count) {
    return count.isPresent() ? Quantity.count(count.getAsLong()) : NONE;
  }

  private void add(
      String name, String title, String caption, List<String> headers, List<List<String>> rows) {
    if (!rows.isEmpty()) {
      blocks.add(Table.of(name, title, headers, rows).captioned(caption));
    }
  }
}
