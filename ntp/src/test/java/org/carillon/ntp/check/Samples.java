package org.carillon.ntp.check;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.carillon.clock.Assumptions;
import org.carillon.core.time.KernelClock;
import org.carillon.ntp.check.TimeDaemon.Kind;

/** Findings for tests: of a clock that is good in every way, and of others that differ in one. */
final class Samples {

  static final Instant AT = Instant.parse("2026-11-22T10:15:30Z");
  static final long AT_NS = AT.getEpochSecond() * 1_000_000_000L;

  private Samples() {}

  static KernelClock kernel(KernelClock.State state, long maxErrorNs) {
    Set<KernelClock.Flag> flags =
        state == KernelClock.State.ERROR
            ? Set.of(KernelClock.Flag.UNSYNC)
            : Set.of(KernelClock.Flag.PLL, KernelClock.Flag.NANO);
    return new KernelClock(state, flags, 120, -3.5, maxErrorNs, 20_000, 10_000, 37);
  }

  static ServerFindings server(String name, OffsetBounds offset) {
    return new ServerFindings(
        name,
        Map.of("accepted", 60),
        60,
        false,
        Optional.of(new ServerFindings.Best(offset, 110_000, 140_000, 2, 0, offset.errorNs())));
  }

  static ServerFindings silent(String name) {
    return new ServerFindings(name, Map.of("timeout", 12), 0, false, Optional.empty());
  }

  static ServerFindings liar(String name, OffsetBounds offset) {
    ServerFindings honest = server(name, offset);
    return new ServerFindings(name, honest.verdicts(), 60, true, honest.best());
  }

  /** A minute of a clock with this offset at the end. */
  static List<TimedOffset> minute(OffsetBounds offset, double driftPpm) {
    return IntStream.rangeClosed(-60, 0)
        .mapToObj(
            second -> {
              long gainedNs = Math.round(driftPpm * 1e3 * second);
              return new TimedOffset(
                  AT_NS + second * 1_000_000_000L,
                  new OffsetBounds(
                      offset.lowestNs() - gainedNs,
                      offset.bestNs() - gainedNs,
                      offset.highestNs() - gainedNs));
            })
        .toList();
  }

  static ClockFindings.Measured measured(
      OffsetBounds offset, double driftPpm, ServerFindings... servers) {
    return new ClockFindings.Measured(
        Duration.ofSeconds(60),
        Duration.ofSeconds(60),
        List.of(servers),
        Optional.of(offset),
        minute(offset, driftPpm),
        Assumptions.defaults(),
        0,
        Optional.empty(),
        List.of());
  }

  /** Against three servers that agree. */
  static ClockFindings.Measured measured(OffsetBounds offset, double driftPpm) {
    return measured(
        offset,
        driftPpm,
        server("a:123", offset),
        server("b:123", offset),
        server("c:123", offset));
  }

  /** Where nobody gave a usable answer. */
  static ClockFindings.Measured unanswered(ServerFindings... servers) {
    return new ClockFindings.Measured(
        Duration.ofSeconds(60),
        Duration.ofSeconds(60),
        List.of(servers),
        Optional.empty(),
        List.of(),
        Assumptions.defaults(),
        0,
        Optional.empty(),
        List.of());
  }

  static ClockFindings findings(ClockFindings.Measured measured) {
    return findings(Optional.of(measured), Optional.of(kernel(KernelClock.State.OK, 1_500_000)));
  }

  static ClockFindings findings(
      Optional<ClockFindings.Measured> measured, Optional<KernelClock> kernel) {
    return new ClockFindings(
        "n1",
        measured,
        kernel,
        Optional.of("tsc"),
        List.of(new TimeDaemon(Kind.CHRONYD, 412, true)));
  }

  static ClockReport report(ClockFindings findings) {
    return ClockReport.of(AT, findings, Thresholds.defaults());
  }

  static Check check(ClockReport report, String name) {
    return report.checks().stream()
        .filter(check -> check.name().equals(name))
        .findFirst()
        .orElseThrow();
  }
}
