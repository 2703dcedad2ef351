package org.carillon.analysis.diagnosis;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.carillon.analysis.statistics.Clock;
import org.carillon.analysis.statistics.PerNode;
import org.carillon.analysis.statistics.Summary;
import org.carillon.analysis.store.Database;
import org.carillon.analysis.store.Row;

/**
 * What the rows tell about themselves, beside the statistics: whether what they call a measurement
 * looks like one.
 *
 * @param ntp how the NTP offsets look, at each node that has any
 * @param contradictions pairs of workers whose bounds contradict one another
 * @param repeatedUncertainties the commonest ChronoTick uncertainty, at each worker that has any
 * @param status how many readings of the bounded clock had which status, by node
 * @param brokenBounds intervals that are none, by node and clock
 * @param sending the coordinator's side
 * @param stamping how many arrivals were stamped by whom, by node
 * @param afterTheLast how many events were sent after the last one that a worker recorded, by node
 * @param setAside rows that do not count, a few of each file and kind
 * @param misplaced rows that count for another node than their file's name says
 * @param claims what the clock models that were asked for claim
 */
public record Diagnosis(
    Map<String, NtpQuality> ntp,
    List<Contradiction> contradictions,
    List<RepeatedUncertainty> repeatedUncertainties,
    Map<String, Map<String, Long>> status,
    List<BrokenBounds> brokenBounds,
    Sending sending,
    Map<String, Map<String, Long>> stamping,
    Map<String, Long> afterTheLast,
    List<SetAside> setAside,
    List<Misplaced> misplaced,
    List<ModelClaims> claims) {

  /**
   * The NTP offsets of one node.
   *
   * @param n events with an offset
   * @param uncertainties of these, how many have an uncertainty
   * @param differentUncertainties how many different ones
   * @param leastUncertaintyNs the smallest, if there is one
   * @param differentOffsets how many different offsets
   * @param heldNs how long the same offset stood at most
   * @param largestStepNs the largest step between two offsets
   * @param contradictions steps beyond the sum of both uncertainties
   */
  public record NtpQuality(
      long n,
      long uncertainties,
      long differentUncertainties,
      OptionalLong leastUncertaintyNs,
      long differentOffsets,
      long heldNs,
      long largestStepNs,
      long contradictions) {

    /** So many equal uncertainties in a row are a constant, and so many events a sample. */
    private static final long MANY = 20;

    /** Whether the uncertainty is a setting, not a measurement. */
    public boolean isConstant() {
      return uncertainties >= MANY && differentUncertainties == 1;
    }

    /** Whether values are kept for several events while their uncertainty does not grow. */
    public boolean isFrozen() {
      boolean ages = differentUncertainties > differentOffsets;
      return !ages && n >= MANY && 2 * differentOffsets <= n;
    }
  }

  /** Bounds of the same event at two workers that cannot both hold. */
  public record Contradiction(
      String clock, String first, String second, long pairs, long events, long largestGapNs) {}

  /**
   * The commonest of one worker's ChronoTick uncertainties.
   *
   * @param uncertaintyNs the value
   * @param n how many arrivals have it
   * @param nextN how many have the second commonest, zero if there is none
   * @param all how many have any
   */
  public record RepeatedUncertainty(
      String node, long uncertaintyNs, long n, long nextN, long all) {}

  /** Intervals with one bound only, or the wrong way round. */
  public record BrokenBounds(String node, String clock, long n) {}

  /** How the coordinator sent. */
  public record Sending(long spanNs, long withFailures) {}

  /**
   * A row that does not count.
   *
   * @param file its file's number
   * @param line its line
   * @param eventId its event
   * @param fate {@code foreign}, {@code misnamed} or {@code duplicate}
   * @param named the node that a misnamed one names
   * @param ofThisKind how many rows of this file share its fate
   */
  public record SetAside(
      long file, long line, long eventId, String fate, Optional<String> named, long ofThisKind) {}

  /** So many rows of a file count for a node that is not the one in its name. */
  public record Misplaced(long file, String node, long n) {}

  /**
   * What a clock model claims of one node.
   *
   * @param node empty if of every node
   * @param claims how many
   * @param inRun whether the node is one of this run's
   * @param sampled whether it has accepted samples that can judge claims
   */
  public record ModelClaims(
      String model, Optional<String> node, long claims, boolean inRun, boolean sampled) {}

  /** Asks a database whose rows have been judged. */
  public static Diagnosis of(Database database) {
    Map<String, NtpQuality> ntp = new LinkedHashMap<>();
    for (Row row : database.ask("ntp_quality")) {
      ntp.put(node(row), ntpQuality(row));
    }
    Map<String, Long> afterTheLast = new LinkedHashMap<>();
    for (Row row : database.ask("after_the_last")) {
      afterTheLast.put(node(row), row.number("n"));
    }
    Row sending = database.ask("sending").getFirst();
    return new Diagnosis(
        ntp,
        database.ask("contradicting_bounds").stream()
            .filter(row -> row.number("contradictions") > 0)
            .map(
                row ->
                    new Contradiction(
                        row.text("clock"),
                        row.text("first_node"),
                        row.text("second_node"),
                        row.number("pairs"),
                        row.number("contradictions"),
                        row.number("largest_gap_ns")))
            .toList(),
        database.ask("repeated_uncertainties").stream()
            .map(
                row ->
                    new RepeatedUncertainty(
                        node(row),
                        row.number("uncertainty_ns"),
                        row.number("n"),
                        row.number("next_n"),
                        row.number("readings")))
            .toList(),
        counts(database.ask("bounded_status"), "status"),
        database.ask("broken_bounds").stream()
            .map(row -> new BrokenBounds(node(row), row.text("clock"), row.number("n")))
            .toList(),
        new Sending(sending.optionalNumber("span_ns").orElse(0), sending.number("with_failures")),
        counts(database.ask("stamping"), "source"),
        afterTheLast,
        database.ask("set_aside").stream()
            .map(
                row ->
                    new SetAside(
                        row.number("file"),
                        row.number("line"),
                        row.number("event_id"),
                        row.text("fate"),
                        row.optionalText("named"),
                        row.number("of_this_kind")))
            .toList(),
        database.ask("misplaced").stream()
            .map(row -> new Misplaced(row.number("file"), row.text("node"), row.number("n")))
            .toList(),
        database.ask("model_claims").stream()
            .map(
                row ->
                    new ModelClaims(
                        row.text("model"),
                        row.optionalText("node"),
                        row.number("claims"),
                        row.number("in_run") == 1,
                        row.number("sampled") == 1))
            .toList());
  }

  /**
   * Whether this run refutes a clock's bounds: true time lies outside them, an event was received
   * before it was sent, or two workers' bounds cannot both hold.
   */
  public boolean refutes(Clock clock, Summary summary) {
    return contradictions.stream().anyMatch(c -> c.clock().equals(clock.key()) && c.events() > 0)
        || summary.coverage().getOrDefault(clock, Map.of()).values().stream()
            .anyMatch(coverage -> coverage.inside() < coverage.n())
        || Optional.ofNullable(summary.causality().get(clock))
            .map(PerNode::known)
            .orElse(Map.of())
            .values()
            .stream()
            .anyMatch(causality -> causality.violations() > 0);
  }

  private static NtpQuality ntpQuality(Row row) {
    return new NtpQuality(
        row.number("n"),
        row.number("uncertainties"),
        row.number("different_uncertainties"),
        row.optionalNumber("least_uncertainty_ns"),
        row.number("different_offsets"),
        row.number("held_ns"),
        row.number("largest_step_ns"),
        row.number("contradictions"));
  }

  private static Map<String, Map<String, Long>> counts(List<Row> rows, String what) {
    Map<String, Map<String, Long>> counts = new LinkedHashMap<>();
    for (Row row : rows) {
      counts
          .computeIfAbsent(node(row), _ -> new LinkedHashMap<>())
          .put(row.text(what), row.number("n"));
    }
    return counts;
  }

  private static String node(Row row) {
    return Summary.nodeName(row.optionalText("node"));
  }
}
