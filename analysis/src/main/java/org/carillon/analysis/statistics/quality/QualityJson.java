package org.carillon.analysis.statistics.quality;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.BiConsumer;
import org.carillon.analysis.statistics.EntryJson;
import org.carillon.analysis.statistics.Judgement;
import org.carillon.analysis.statistics.Verdict;

/**
 * The keys {@code clock_quality}, {@code network}, {@code sender} and {@code start} of {@code
 * summary.json}: docs/formats.md.
 */
public final class QualityJson {

  private static final MathContext SIX_DIGITS = new MathContext(6);

  private QualityJson() {}

  /** Adds them to the document; what there is nothing to say of is left out. */
  public static void write(ObjectNode root, Quality quality) {
    ObjectNode clocks = root.putObject("clock_quality");
    nested(clocks.putObject("measured"), quality.measured(), key -> key, QualityJson::measured);
    nested(
        clocks.putObject("claimed"), quality.claimed(), clock -> clock.key(), QualityJson::claimed);
    ObjectNode holdover = clocks.putObject("holdover");
    quality
        .holdover()
        .forEach((node, h) -> judgement(holdover.putObject(node), h, QualityJson::holdover));
    ObjectNode network = root.putObject("network");
    quality.network().forEach((node, n) -> network(network.putObject(node), n));
    quality.sender().ifPresent(sender -> sender(root.putObject("sender"), sender));
    if (!quality.firstArrivals().isEmpty()) {
      ObjectNode arrivals = root.putObject("start").putObject("first_arrivals");
      quality
          .firstArrivals()
          .forEach((clock, first) -> first(arrivals.putObject(clock.key()), first));
    }
  }

  private interface Name<K> {
    String of(K key);
  }

  private static <K, T> void nested(
      ObjectNode parent,
      Map<String, Map<K, T>> byNode,
      Name<K> name,
      BiConsumer<ObjectNode, T> writer) {
    byNode.forEach(
        (node, byClock) -> {
          ObjectNode clocks = parent.putObject(node);
          byClock.forEach((clock, value) -> writer.accept(clocks.putObject(name.of(clock)), value));
        });
  }

  private static <T> void judgement(
      ObjectNode node, Judgement<T> judgement, BiConsumer<ObjectNode, T> writer) {
    switch (judgement) {
      case Judgement.Known<T>(T value) -> writer.accept(node, value);
      case Judgement.NotComparable<T>(String why) ->
          node.put("verdict", Verdict.Answer.CANNOT_BE_TOLD.text()).put("because", why);
    }
  }

  private static void measured(ObjectNode node, MeasuredClock clock) {
    node.put("data", clock.data()).put("n", clock.n()).put("coarse", clock.coarse());
    node.put("span_ns", clock.spanNs()).put("stretch_ns", clock.stretchNs());
    offsets(node.putObject("offset"), clock.offsets());
    judgement(
        node.putObject("rate"),
        clock.rate(),
        (one, rate) -> {
          one.put("ppb", rate.ppb());
          one.put("least_ppb", rate.leastPpb()).put("most_ppb", rate.mostPpb());
        });
    judgement(
        node.putObject("wander"),
        clock.wander(),
        (one, wander) -> {
          one.put("n", wander.n());
          one.put("least_ppb", wander.leastPpb()).put("most_ppb", wander.mostPpb());
          one.put("change_at_least_ppb", wander.changeAtLeastPpb());
          one.put("change_at_most_ppb", wander.changeAtMostPpb());
        });
    judgement(node.putObject("steps"), clock.jumps(), QualityJson::jumps);
    judgement(node.putObject("allan_deviation"), clock.stability(), QualityJson::stability);
  }

  private static void offsets(ObjectNode node, Offsets offsets) {
    EntryJson.number(node, "start_ns", offsets.startNs());
    EntryJson.number(node, "end_ns", offsets.endNs());
    EntryJson.number(node, "least_ns", offsets.leastNs());
    EntryJson.number(node, "most_ns", offsets.mostNs());
    EntryJson.number(node, "band_least_ns", offsets.bandLeastNs());
    EntryJson.number(node, "band_most_ns", offsets.bandMostNs());
  }

  private static void jumps(ObjectNode node, Jumps jumps) {
    node.put("pairs", jumps.pairs()).put("n", jumps.n()).put("largest_ns", jumps.largestNs());
  }

  private static void stability(ObjectNode node, Stability stability) {
    node.put("interval_ns", stability.intervalNs());
    EntryJson.number(node, "noise_ns", stability.noiseNs());
    ArrayNode points = node.putArray("points");
    for (AllanDeviation.Point point : stability.deviation().points()) {
      ObjectNode one = points.addObject();
      one.put("tau_ns", point.tauNs()).put("n", point.n());
      one.put("deviation", digits(point.deviation()));
      one.putArray("deviation_95").add(digits(point.low())).add(digits(point.high()));
      OptionalDouble floor = stability.floor(point);
      if (floor.isPresent()) {
        one.put("floor", digits(floor.getAsDouble()));
      } else {
        one.putNull("floor");
      }
    }
  }

  private static BigDecimal digits(double ratio) {
    return new BigDecimal(ratio).round(SIX_DIGITS);
  }

  private static void claimed(ObjectNode node, ClaimedClock clock) {
    node.put("n", clock.n());
    offsets(node.putObject("offset"), clock.offsets());
    clock.width().ifPresent(width -> EntryJson.distribution(node.putObject("bound_width"), width));
    clock.jumps().ifPresent(jumps -> jumps(node.putObject("steps"), jumps));
    clock.againstTruth().ifPresent(verdict -> verdict(node.putObject("against_truth"), verdict));
    clock.heldOut().ifPresent(verdict -> verdict(node.putObject("held_out"), verdict));
  }

  private static void verdict(ObjectNode node, ClaimVerdict verdict) {
    node.put("verdict", verdict.answer().text()).put("because", verdict.because());
  }

  private static void holdover(ObjectNode node, Holdover holdover) {
    node.put("usual_interval_ns", holdover.usualNs()).put("longest_ns", holdover.longestNs());
    node.put("total_ns", holdover.totalNs()).put("span_ns", holdover.spanNs());
  }

  private static void network(ObjectNode node, NetworkQuality network) {
    node.put("sent", network.sent());
    LossCauses causes = network.causes();
    ObjectNode lost = node.putObject("lost");
    lost.put("n", causes.lost());
    EntryJson.number(lost, "network", causes.network());
    EntryJson.number(lost, "kernel", causes.kernel());
    lost.put("disk", causes.disk()).put("damaged", causes.damaged());
    lost.put("after_the_last", causes.afterTheLast()).put("unknown", causes.unknown());
    network.bursts().ifPresent(bursts -> bursts(node.putObject("bursts"), bursts));
    node.put("duplicates", network.duplicates());
    network
        .reordering()
        .ifPresent(
            reordering -> {
              ObjectNode one = node.putObject("reordering").put("n", reordering.n());
              EntryJson.number(one, "extent_p50", reordering.p50());
              EntryJson.number(one, "extent_p99", reordering.p99());
              one.put("extent_max", reordering.most());
            });
    network.reception().ifPresent(reception -> reception(node.putObject("reception"), reception));
  }

  private static void bursts(ObjectNode node, Bursts bursts) {
    node.put("lost", bursts.lost()).put("sent", bursts.sent()).put("runs", bursts.runs());
    ObjectNode lengths = node.putObject("lengths");
    lengths.put("1", bursts.ofOne()).put("2-9", bursts.ofFew());
    lengths.put("10-99", bursts.ofTens()).put("100-", bursts.ofHundreds());
    node.put("longest", bursts.longest()).put("longest_ns", bursts.longestNs());
    node.put("mean_milli", bursts.meanMilli()).put("independent_milli", bursts.independentMilli());
  }

  private static void reception(ObjectNode node, Reception reception) {
    node.put("seconds", reception.seconds()).put("received", reception.received());
    EntryJson.number(node, "most_received", reception.mostReceived());
    node.put("malformed", reception.malformed()).put("foreign", reception.foreign());
    EntryJson.number(node, "kernel_drops", reception.kernelDrops());
    node.put("seconds_with_drops", reception.secondsWithDrops());
    EntryJson.number(node, "most_drops", reception.mostDrops());
    node.put("rows_lost", reception.rowsLost()).put("unaccounted", reception.unaccounted());
  }

  private static void sender(ObjectNode node, SenderQuality sender) {
    ObjectNode lateness = node.putObject("lateness").put("clock", sender.clock());
    EntryJson.distribution(lateness, sender.lateness());
    lateness.put("above_1ms", sender.aboveMillisecond());
    sender
        .transmit()
        .ifPresent(
            transmit -> EntryJson.distribution(node.putObject("transmit_after_send"), transmit));
  }

  private static void first(ObjectNode node, FirstArrivals first) {
    node.put("event_id", first.eventId()).put("workers", first.workers());
    EntryJson.number(node, "spread_ns", first.bestNs());
    node.put("spread_min_ns", first.atLeastNs()).put("spread_max_ns", first.atMostNs());
    EntryJson.number(node, "known_true_spread_ns", first.trueNs());
  }
}
