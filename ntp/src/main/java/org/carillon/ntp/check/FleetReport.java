package org.carillon.ntp.check;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import org.carillon.core.CheckVerdict;
import org.carillon.core.ExitCode;

/**
 * What the clocks of many hosts are worth, and how far apart they are.
 *
 * @param at when it was found, by this machine's clock
 * @param length for how long each was measured
 * @param reference what they were measured against, in words
 * @param hosts what became of each, in the order in which they were named
 * @param maxDifferenceNs how far any two may be apart, ≥ 0
 */
public record FleetReport(
    Instant at,
    Duration length,
    String reference,
    SequencedMap<String, Host> hosts,
    long maxDifferenceNs) {

  /** What became of a host. */
  public sealed interface Host {

    /** Its clockcheck has answered. */
    record Checked(CheckedNode clock) implements Host {}

    /**
     * It has not.
     *
     * @param reason one sentence that names the host
     */
    record Failed(String reason) implements Host {}
  }

  /** Two hosts whose clocks were compared. */
  public record Pair(String first, String second, ClockDifference difference) {}

  public FleetReport {
    hosts = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(hosts));
    if (maxDifferenceNs < 0) {
      throw new IllegalArgumentException("two clocks cannot be less apart than not at all");
    }
  }

  /** The hosts whose clockcheck has answered. */
  public SequencedMap<String, CheckedNode> clocks() {
    SequencedMap<String, CheckedNode> clocks = new LinkedHashMap<>();
    hosts.forEach(
        (name, host) -> {
          if (host instanceof Host.Checked(CheckedNode clock)) {
            clocks.put(name, clock);
          }
        });
    return clocks;
  }

  /** Every two hosts that can be compared, once. */
  public List<Pair> pairs() {
    List<Map.Entry<String, CheckedNode>> clocks = List.copyOf(clocks().entrySet());
    List<Pair> pairs = new ArrayList<>();
    for (int i = 0; i < clocks.size(); i++) {
      for (Map.Entry<String, CheckedNode> other : clocks.subList(i + 1, clocks.size())) {
        String first = clocks.get(i).getKey();
        ClockDifference.between(clocks.get(i).getValue(), other.getValue())
            .ifPresent(found -> pairs.add(new Pair(first, other.getKey(), found)));
      }
    }
    return pairs;
  }

  /** Holds the differences against the limit; empty if there are none. */
  public Optional<Check> difference() {
    List<Pair> pairs = pairs();
    Optional<Pair> farthest =
        pairs.stream().max(Comparator.comparingLong(pair -> pair.difference().ahead().atMostNs()));
    Optional<Pair> proven =
        pairs.stream().max(Comparator.comparingLong(pair -> pair.difference().ahead().atLeastNs()));
    if (farthest.isEmpty() || proven.isEmpty()) {
      return Optional.empty();
    }
    String limit = "within " + Amounts.duration(maxDifferenceNs);
    String most = "at most " + Amounts.atMost(farthest.get().difference().ahead());
    String least = "at least " + Amounts.atLeast(proven.get().difference().ahead());
    return Optional.of(
        switch (worst(pairs)) {
          case FAIL ->
              new Check(
                  "difference",
                  CheckVerdict.FAIL,
                  least,
                  limit,
                  "the clocks of " + names(proven.get()) + " are that far apart",
                  "let one time daemon on each follow the same servers");
          case WARN, UNKNOWN ->
              new Check(
                  "difference",
                  CheckVerdict.WARN,
                  most,
                  limit,
                  "the bounds of " + names(farthest.get()) + " are too wide to tell",
                  "measure longer, or against a nearer server");
          case PASS -> Check.pass("difference", most, limit);
        });
  }

  private CheckVerdict worst(List<Pair> pairs) {
    return pairs.stream()
        .map(pair -> pair.difference().verdict(maxDifferenceNs))
        .max(Comparator.naturalOrder())
        .orElse(CheckVerdict.UNKNOWN);
  }

  private static String names(Pair pair) {
    return pair.first() + " and " + pair.second();
  }

  /**
   * How the process ends: 4 if no server has answered any host, 1 if no clock was measured for
   * other reasons too, 8 if one is not good enough or two are too far apart, 2 if some could not be
   * measured, else 0.
   */
  public ExitCode exitCode() {
    List<CheckedNode> measured =
        clocks().values().stream().filter(FleetReport::isMeasured).toList();
    if (measured.isEmpty()) {
      return hosts.values().stream().allMatch(FleetReport::isUnanswered)
          ? ExitCode.CONNECTION
          : ExitCode.ALL_FAILED;
    }
    boolean apart = difference().filter(one -> one.verdict() == CheckVerdict.FAIL).isPresent();
    if (apart || measured.stream().anyMatch(clock -> clock.exitCode() == ExitCode.CLOCKS.code())) {
      return ExitCode.CLOCKS;
    }
    return measured.size() < hosts.size() ? ExitCode.SOME_FAILED : ExitCode.SUCCESS;
  }

  private static boolean isUnanswered(Host host) {
    return host instanceof Host.Checked(CheckedNode clock)
        && clock.exitCode() == ExitCode.CONNECTION.code();
  }

  private static boolean isMeasured(CheckedNode clock) {
    return clock.exitCode() == ExitCode.SUCCESS.code()
        || clock.exitCode() == ExitCode.CLOCKS.code();
  }
}
