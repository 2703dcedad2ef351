package org.carillon.analysis.diagnosis;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.carillon.analysis.diagnosis.Answer.Verdict;
import org.carillon.analysis.statistics.Causality;
import org.carillon.analysis.statistics.Clock;
import org.carillon.analysis.statistics.CommitWait;
import org.carillon.analysis.statistics.Distribution;
import org.carillon.analysis.statistics.Ordering;
import org.carillon.analysis.statistics.Rate;
import org.carillon.analysis.statistics.SmallestWindow;
import org.carillon.analysis.statistics.Summary;
import org.carillon.analysis.statistics.Windows;

/**
 * What an analysis is asked: can these clocks be trusted for ordering, for windows and for commits,
 * what does it cost not to know, and did something break. One sentence each.
 *
 * <p>A clock with bounds answers as long as the run does not refute them. A clock without bounds
 * can be caught out, and never proves anything: that it was not caught is no verdict.
 */
public final class Answers {

  /** The clocks as they were known during the run, the best first. */
  private static final List<Clock> INTERVALS = List.of(Clock.BOUNDED, Clock.CHRONOTICK);

  private static final List<Clock> POINTS = List.of(Clock.NTP, Clock.SYSTEM);

  /** More ambiguity than 1 in this many, and a window cannot be relied upon. */
  private static final long TOLERABLE = 100;

  private final Summary summary;
  private final Trust trust;

  private Answers(Summary summary, Diagnosis diagnosis) {
    this.summary = summary;
    this.trust = new Trust(summary, diagnosis);
  }

  /**
   * Five answers.
   *
   * @param troubles what else is known to have broken, each in a few words
   */
  public static List<Answer> of(Summary summary, Diagnosis diagnosis, List<String> troubles) {
    Answers answers = new Answers(summary, diagnosis);
    return List.of(
        answers.ordering(),
        answers.windows(),
        answers.commits(),
        answers.cost(),
        Troubles.of(summary, diagnosis, troubles));
  }

  private Answer ordering() {
    Evidence evidence = new Evidence();
    for (Clock clock : INTERVALS) {
      intervalOrdering(clock, evidence);
    }
    for (Clock clock : POINTS) {
      Map<String, Causality> causality = summary.causality().get(clock).known();
      long pairs = Findings.sum(causality, Causality::pairs);
      long violations = Findings.sum(causality, Causality::violations);
      Optional<Rate> wrong = contradicted(clock);
      if (violations > 0) {
        evidence.fails(
            Trust.by(clock)
                + ", which has "
                + Trust.of(violations, pairs, "receptions")
                + " before their own sending");
      } else if (wrong.isPresent()) {
        evidence.fails(
            Trust.by(clock)
                + ", which puts "
                + Trust.of(wrong.get().count(), wrong.get().n(), "pairs of events")
                + " the other way round whose order is proven");
      } else if (pairs > 0 && !evidence.isHolding()) {
        evidence.isOpen(
            Trust.by(clock)
                + ", which contradicts itself in none of "
                + Quantity.count(pairs, "reception")
                + " but has no bounds to prove any");
      }
    }
    return evidence.answer("Ordering", "no clock has times at both ends of an event");
  }

  /** Orders of different events that a trusted clock proves and a clock without bounds denies. */
  private Optional<Rate> contradicted(Clock point) {
    return INTERVALS.stream()
        .filter(clock -> !trust.isRefuted(clock))
        .flatMap(clock -> Stream.ofNullable(summary.totals().crossOrdering().get(clock)))
        .flatMap(ordering -> Stream.ofNullable(ordering.total().contradicted().get(point)))
        .filter(rate -> rate.count() > 0)
        .findFirst();
  }

  private void intervalOrdering(Clock clock, Evidence evidence) {
    List<Causality.Interval> causality =
        summary.causality().get(clock).known().values().stream()
            .flatMap(c -> c instanceof Causality.Interval i ? Stream.of(i) : Stream.empty())
            .toList();
    Map<String, Ordering> ordering = summary.ordering().get(clock).known();
    long receptions = causality.stream().mapToLong(Causality.Interval::pairs).sum();
    long proven = causality.stream().mapToLong(Causality.Interval::proven).sum();
    long arrivals = Findings.sum(ordering, Ordering::pairs);
    long told = arrivals - Findings.sum(ordering, Ordering::ambiguous);
    if (receptions + arrivals == 0) {
      return;
    }
    if (trust.isRefuted(clock)) {
      evidence.fails(Trust.by(clock) + ", " + trust.refutation(clock));
      return;
    }
    List<String> parts = new ArrayList<>();
    if (receptions > 0) {
      parts.add(
          "sending before receiving is proven for " + Trust.of(proven, receptions, "receptions"));
    }
    if (arrivals > 0) {
      parts.add("which of two workers was first for " + Trust.of(told, arrivals, "arrivals"));
    }
    if (proven + told > 0) {
      evidence.holds(Trust.by(clock) + trust.provided(clock) + ": " + String.join(", ", parts));
    } else {
      evidence.isOpen(
          Trust.by(clock) + ", whose intervals are too wide: " + String.join(", ", parts));
    }
  }

  private Answer windows() {
    long sizeNs = Findings.preferredWindow(summary);
    Evidence evidence = new Evidence();
    List<String> different = new ArrayList<>();
    summary
        .windows()
        .getOrDefault(sizeNs, Map.of())
        .forEach(
            (clock, perNode) -> {
              Map<String, Windows> known = perNode.known();
              if (INTERVALS.contains(clock)) {
                intervalWindows(clock, known, evidence);
              } else if (POINTS.contains(clock) && !known.isEmpty()) {
                different.add(
                    Trust.of(
                            Findings.sum(known, Windows::disagree),
                            Findings.sum(known, Windows::pairs),
                            "pairs")
                        + " "
                        + Trust.by(clock));
              }
            });
    if (evidence.isEmpty() && !different.isEmpty()) {
      evidence.isOpen(
          "without bounds, and points put "
              + String.join(" and ", different)
              + " into different windows");
    }
    return evidence.answer(
        sizeNs == 0 ? "Windows" : "Trust in windows of " + Quantity.exact(sizeNs),
        summary.workers().size() < 2 ? "there is only one worker" : "no two workers share a clock");
  }

  private void intervalWindows(Clock clock, Map<String, Windows> known, Evidence evidence) {
    List<Windows.Interval> windows =
        known.values().stream()
            .flatMap(w -> w instanceof Windows.Interval i ? Stream.of(i) : Stream.empty())
            .toList();
    long pairs = windows.stream().mapToLong(Windows.Interval::pairs).sum();
    long ambiguous = windows.stream().mapToLong(Windows.Interval::ambiguous).sum();
    if (pairs == 0) {
      return;
    }
    String share = "for " + Trust.of(ambiguous, pairs, "pairs") + " the window is ambiguous";
    if (trust.isRefuted(clock)) {
      long different = windows.stream().mapToLong(Windows::disagree).sum();
      evidence.fails(
          Trust.by(clock)
              + ", whose bounds fail: the workers differ in "
              + Trust.of(different, pairs - ambiguous, "pairs that both are sure of"));
    } else if (pairs < TOLERABLE) {
      evidence.isOpen(Trust.by(clock) + ", as n is too small: " + share);
    } else if (ambiguous * TOLERABLE <= pairs) {
      evidence.holds(Trust.by(clock) + trust.provided(clock) + ": " + share);
    } else {
      evidence.fails(Trust.by(clock) + " to within 1 %: " + share + enough(clock));
    }
  }

  /** The size from which on the clock can be relied upon. */
  private String enough(Clock clock) {
    return Optional.ofNullable(summary.totals().smallestWindow().get(clock))
        .map(SmallestWindow::sizeNs)
        .filter(OptionalLong::isPresent)
        .map(size -> " (windows of " + Quantity.exact(size.getAsLong()) + " are large enough)")
        .orElse("");
  }

  private Answer commits() {
    Evidence evidence = new Evidence();
    for (Clock clock : INTERVALS) {
      List<Distribution> widths = widths(clock);
      if (widths.isEmpty()) {
        continue;
      }
      long n = widths.stream().mapToLong(Distribution::n).sum();
      String wait = "of " + range(widths) + " (n = " + Quantity.count(n) + ")";
      if (trust.isRefuted(clock)) {
        evidence.fails(Trust.by(clock) + ": a wait " + wait + " is not long enough everywhere");
      } else {
        evidence.holds(Trust.by(clock) + trust.provided(clock) + ", after a wait " + wait);
      }
    }
    return evidence.answer(
        "Trust in commits", "no clock of this run has bounds, so no wait is known to be enough");
  }

  private Answer cost() {
    for (Clock clock : INTERVALS) {
      List<Distribution> widths = widths(clock);
      if (widths.isEmpty() || trust.isRefuted(clock)) {
        continue;
      }
      OptionalLong most = widths.stream().flatMapToLong(d -> d.p50Ns().stream()).max();
      List<String> parts = new ArrayList<>();
      parts.add(
          most.orElse(0) == 0
              ? "commits need no wait"
              : "commits one after another come to at most "
                  + Quantity.count(1_000_000_000L / most.getAsLong())
                  + " a second in the median");
      List<Causality.Interval> causality =
          summary.causality().get(clock).known().values().stream()
              .flatMap(c -> c instanceof Causality.Interval i ? Stream.of(i) : Stream.empty())
              .toList();
      long receptions = causality.stream().mapToLong(Causality.Interval::pairs).sum();
      if (receptions > 0) {
        long ambiguous = causality.stream().mapToLong(Causality.Interval::ambiguous).sum();
        parts.add(Trust.of(ambiguous, receptions, "receptions"));
      }
      Map<String, Ordering> ordering = summary.ordering().get(clock).known();
      if (!ordering.isEmpty()) {
        parts.add(
            Trust.of(
                Findings.sum(ordering, Ordering::ambiguous),
                Findings.sum(ordering, Ordering::pairs),
                "arrivals at two workers"));
      }
      return new Answer(
          Verdict.HOLDS,
          "What it costs not to know, "
              + Trust.by(clock)
              + trust.provided(clock)
              + ": "
              + (parts.size() == 1
                  ? parts.getFirst()
                  : parts.getFirst()
                      + "; "
                      + String.join(" and ", parts.subList(1, parts.size()))
                      + " need a message to be put in order")
              + ".");
    }
    return new Answer(
        Verdict.CANNOT_BE_TOLD,
        "What it costs not to know cannot be told: "
            + (INTERVALS.stream().allMatch(clock -> widths(clock).isEmpty())
                ? "no clock of this run has bounds."
                : "the bounds there are do not hold, and waiting out their width proves nothing."));
  }

  private List<Distribution> widths(Clock clock) {
    return summary.commitWait().get(clock).known().values().stream()
        .map(CommitWait::atEvent)
        .filter(d -> d.p50Ns().isPresent())
        .toList();
  }

  private static String range(List<Distribution> widths) {
    List<Long> medians = widths.stream().map(d -> d.p50Ns().orElseThrow()).sorted().toList();
    OptionalLong p99 = widths.stream().flatMapToLong(d -> d.p99Ns().stream()).max();
    return Quantity.range(medians.getFirst(), medians.getLast())
        + " in the median"
        + (p99.isPresent() ? " and up to " + Quantity.duration(p99) + " at p99" : "");
  }
}
