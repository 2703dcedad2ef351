package org.carillon.analysis.statistics;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.carillon.core.time.DurationText;

/** What is written of one statistic at one node, at one pair of them, or at all. */
public final class EntryJson {

  private EntryJson() {}

  static void accounting(ObjectNode node, Accounting accounting) {
    node.put("received", accounting.received());
    node.put("lost", accounting.lost());
    node.put("duplicates", accounting.duplicates());
    node.put("out_of_order", accounting.outOfOrder());
    node.put("foreign", accounting.foreign());
  }

  /** The percentiles of some values, each with its interval. */
  public static void distribution(ObjectNode node, Distribution distribution) {
    node.put("n", distribution.n());
    percentile(node, "p50", distribution.p50Ns(), distribution.p50CiNs());
    percentile(node, "p90", distribution.p90Ns(), distribution.p90CiNs());
    percentile(node, "p99", distribution.p99Ns(), distribution.p99CiNs());
    percentile(node, "p999", distribution.p999Ns(), distribution.p999CiNs());
    number(node, "max_ns", distribution.maxNs());
    number(node, "min_ns", distribution.minNs());
    number(node, "mean_ns", distribution.meanNs());
  }

  private static void percentile(
      ObjectNode node, String name, OptionalLong value, Optional<ConfidenceInterval> interval) {
    number(node, name + "_ns", value);
    if (interval.isPresent()) {
      node.putArray(name + "_ci_ns").add(interval.get().lowNs()).add(interval.get().highNs());
    } else {
      node.putNull(name + "_ci_ns");
    }
  }

  /** A number, or null where there is none. */
  public static void number(ObjectNode node, String key, OptionalLong value) {
    if (value.isPresent()) {
      node.put(key, value.getAsLong());
    } else {
      node.putNull(key);
    }
  }

  /** A share and its interval; both null where there is nothing to have a share of. */
  static void rate(ObjectNode node, String key, Rate rate) {
    share(node, key, rate.share());
    if (rate.n() == 0) {
      node.putNull(key + "_ci");
    } else {
      node.putArray(key + "_ci").add(Rate.rounded(rate.low())).add(Rate.rounded(rate.high()));
    }
  }

  private static void share(ObjectNode node, String key, Optional<BigDecimal> share) {
    node.put(key, share.orElse(null));
  }

  static void latencyBounds(ObjectNode node, LatencyBounds bounds) {
    distribution(node.putObject("earliest"), bounds.earliest());
    distribution(node.putObject("latest"), bounds.latest());
    node.put("negative_earliest", bounds.negativeEarliest());
    rate(node, "negative_earliest_rate", bounds.negativeEarliestRate());
    node.put("negative_latest", bounds.negativeLatest());
  }

  static void causality(ObjectNode node, Causality causality) {
    node.put("pairs", causality.pairs());
    switch (causality) {
      case Causality.Point _ -> {}
      case Causality.Interval interval -> {
        node.put("proven", interval.proven());
        node.put("ambiguous", interval.ambiguous());
        rate(node, "proven_rate", interval.provenRate());
        rate(node, "ambiguous_rate", interval.ambiguousRate());
      }
    }
    node.put("violations", causality.violations());
    rate(node, "violation_rate", causality.violationRate());
  }

  static void ordering(ObjectNode node, Ordering ordering) {
    node.put("pairs", ordering.pairs());
    node.put("first_before", ordering.firstBefore());
    node.put("second_before", ordering.secondBefore());
    node.put("ambiguous", ordering.ambiguous());
    rate(node, "ambiguous_rate", ordering.ambiguousRate());
  }

  static void crossOrdering(ObjectNode node, CrossOrdering ordering) {
    counts(node, ordering.total());
    ObjectNode within = node.putObject("within");
    ordering
        .within()
        .forEach((gapNs, counts) -> counts(within.putObject(DurationText.format(gapNs)), counts));
  }

  private static void counts(ObjectNode node, CrossOrdering.Counts counts) {
    node.put("pairs", counts.pairs());
    node.put("first_before", counts.firstBefore());
    node.put("second_before", counts.secondBefore());
    node.put("ambiguous", counts.ambiguous());
    rate(node, "ambiguous_rate", counts.ambiguousRate());
    ObjectNode contradicted = node.putObject("contradicted");
    counts
        .contradicted()
        .forEach(
            (clock, rate) -> {
              ObjectNode one = contradicted.putObject(clock.key());
              one.put("provable", rate.n());
              one.put("contradicted", rate.count());
              rate(one, "contradicted_rate", rate);
            });
  }

  static void windows(ObjectNode node, long sizeNs, Windows windows) {
    node.put("pairs", windows.pairs());
    switch (windows) {
      case Windows.Point point -> node.put("agree", point.agree());
      case Windows.Interval interval -> {
        node.put("confident", interval.confident());
        node.put("agree", interval.agree());
        node.put("ambiguous", interval.ambiguous());
        rate(node, "ambiguous_rate", interval.ambiguousRate());
        node.put("expected_ambiguous_rate", interval.expectedAmbiguousShare(sizeNs));
      }
    }
    rate(node, "agree_rate", windows.agreeRate());
  }

  static void smallestWindow(ObjectNode node, SmallestWindow smallest) {
    node.put("pairs", smallest.pairs());
    number(node, "size_ns", smallest.sizeNs());
    node.put("ambiguous", smallest.ambiguous());
    rate(node, "ambiguous_rate", smallest.ambiguousRate());
  }

  static void commitWait(ObjectNode node, CommitWait wait) {
    distribution(node, wait.atEvent());
    share(node, "serial_rate_mean_hz", wait.serialRateByMeanHz());
    share(node, "serial_rate_p50_hz", wait.serialRateByMedianHz());
    ObjectNode coordination = node.putObject("coordination");
    wait.coordination()
        .forEach(
            (epsilonNs, rate) -> {
              ObjectNode one = coordination.putObject(DurationText.format(epsilonNs));
              one.put("wider", rate.count());
              rate(one, "wider_rate", rate);
            });
    if (!wait.after().isEmpty()) {
      ObjectNode after = node.putObject("after");
      wait.after()
          .forEach(
              (Long delayNs, Distribution distribution) ->
                  distribution(after.putObject(DurationText.format(delayNs)), distribution));
    }
  }

  static void verdict(ObjectNode node, Verdict verdict) {
    node.put("question", verdict.question());
    node.put("clock", verdict.clock().key());
    node.put("verdict", verdict.answer().text());
    node.put("n", verdict.n());
    node.put("assumption", verdict.assumption());
    node.put("sentence", verdict.sentence());
  }

  /** By window size and clock. */
  static void totalWindows(ObjectNode node, Map<Long, Map<Clock, Windows>> windows) {
    windows.forEach(
        (sizeNs, byClock) -> {
          ObjectNode ofSize = node.putObject(DurationText.format(sizeNs));
          byClock.forEach((clock, w) -> windows(ofSize.putObject(clock.key()), sizeNs, w));
        });
  }
}
