package org.carillon.analysis.statistics;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;
import org.carillon.analysis.statistics.Verdict.Answer;
import org.carillon.core.time.DurationText;

/**
 * Answers, clock by clock and over all workers: is every event received after it was sent; which of
 * two arrivals came first; are events in the same window at every worker.
 *
 * <p>A clock that gives points has no bounds: it can show that something is wrong, and never that
 * nothing is. What a clock proves whose own bounds are refuted is no proof.
 */
public final class Verdicts {

  private static final String POINTS =
      "The estimates are taken as exact; how wrong they are is not known.";

  private final Totals totals;
  private final Predicate<Clock> refuted;
  private final List<Verdict> verdicts = new ArrayList<>();

  private Verdicts(Totals totals, Predicate<Clock> refuted) {
    this.totals = totals;
    this.refuted = refuted;
  }

  /**
   * All answers there are, in the order of the questions and then of the clocks.
   *
   * @param refuted whether something in the run contradicts a clock's bounds
   */
  public static List<Verdict> of(Summary summary, Predicate<Clock> refuted) {
    Verdicts all = new Verdicts(summary.totals(), refuted);
    all.totals.causality().forEach(all::causality);
    all.totals.ordering().forEach(all::ordering);
    all.totals.crossOrdering().forEach(all::crossOrdering);
    all.totals.windows().forEach(all::windows);
    return List.copyOf(all.verdicts);
  }

  private static String bounds(Clock clock) {
    String bounds = theBounds(clock);
    return Character.toUpperCase(bounds.charAt(0)) + bounds.substring(1) + " hold true time.";
  }

  private static String theBounds(Clock clock) {
    return (clock == Clock.CHRONOTICK ? "" : "the ") + clock.bounds();
  }

  private static String of(long part, long whole) {
    return String.format(Locale.ROOT, "%,d of %,d", part, whole);
  }

  private void add(
      String question, Clock clock, Answer answer, long n, String assumption, String sentence) {
    verdicts.add(new Verdict(question, clock, answer, n, assumption, sentence));
  }

  private void causality(Clock clock, Causality causality) {
    long n = causality.pairs();
    String impossible =
        of(causality.violations(), n)
            + " receptions come before their own sending, which cannot be.";
    switch (causality) {
      case Causality.Point point ->
          add(
              "causality",
              clock,
              point.violations() > 0 ? Answer.DOES_NOT_HOLD : Answer.CANNOT_BE_TOLD,
              n,
              POINTS,
              point.violations() > 0
                  ? impossible
                  : String.format(
                      Locale.ROOT,
                      "None of %,d receptions comes before its sending, but points without bounds"
                          + " prove no order.",
                      n));
      case Causality.Interval interval ->
          add(
              "causality",
              clock,
              interval.violations() > 0
                  ? Answer.DOES_NOT_HOLD
                  : refuted.test(clock) || interval.ambiguous() > 0
                      ? Answer.CANNOT_BE_TOLD
                      : Answer.HOLDS,
              n,
              bounds(clock),
              interval.violations() > 0
                  ? impossible
                  : "Sending before receiving is proven for "
                      + of(interval.proven(), n)
                      + " receptions, the intervals of the others overlap"
                      + refutation(clock));
    }
  }

  private String refutation(Clock clock) {
    return refuted.test(clock) ? "; but this run refutes the bounds." : ".";
  }

  private void ordering(Clock clock, Ordering ordering) {
    add(
        "ordering",
        clock,
        refuted.test(clock) || ordering.ambiguous() > 0 ? Answer.CANNOT_BE_TOLD : Answer.HOLDS,
        ordering.pairs(),
        bounds(clock),
        "Which of two workers had the same event first is provable for "
            + of(ordering.pairs() - ordering.ambiguous(), ordering.pairs())
            + " pairs of arrivals"
            + refutation(clock));
  }

  private void crossOrdering(Clock clock, CrossOrdering ordering) {
    CrossOrdering.Counts counts = ordering.total();
    for (Map.Entry<Clock, Rate> point : counts.contradicted().entrySet()) {
      Rate contradicted = point.getValue();
      if (contradicted.n() == 0) {
        continue;
      }
      add(
          "cross_ordering." + clock.key(),
          point.getKey(),
          refuted.test(clock)
              ? Answer.CANNOT_BE_TOLD
              : contradicted.count() > 0
                  ? Answer.DOES_NOT_HOLD
                  : counts.ambiguous() > 0 ? Answer.CANNOT_BE_TOLD : Answer.HOLDS,
          contradicted.n(),
          bounds(clock),
          "Of different events that were sent within a second, "
              + (point.getKey() == Clock.SYSTEM ? "the system clock" : point.getKey().title())
              + " puts "
              + of(contradicted.count(), contradicted.n())
              + " pairs the other way round whose order "
              + theBounds(clock)
              + " prove; "
              + of(counts.ambiguous(), counts.pairs())
              + " pairs nobody can order"
              + refutation(clock));
    }
  }

  private void windows(long sizeNs, Map<Clock, Windows> byClock) {
    byClock.forEach((clock, windows) -> windows(DurationText.format(sizeNs), clock, windows));
  }

  private void windows(String size, Clock clock, Windows windows) {
    String different =
        of(windows.disagree(), windows.agree() + windows.disagree())
            + " events are in another window of "
            + size
            + " at the other worker";
    switch (windows) {
      case Windows.Point point ->
          add(
              "windows." + size,
              clock,
              point.disagree() > 0 ? Answer.DOES_NOT_HOLD : Answer.HOLDS,
              point.pairs(),
              POINTS,
              different + ".");
      case Windows.Interval interval ->
          add(
              "windows." + size,
              clock,
              refuted.test(clock)
                  ? Answer.CANNOT_BE_TOLD
                  : interval.disagree() > 0
                      ? Answer.DOES_NOT_HOLD
                      : interval.ambiguous() > 0 ? Answer.CANNOT_BE_TOLD : Answer.HOLDS,
              interval.pairs(),
              bounds(clock),
              different
                  + ", of those that both are sure of; "
                  + of(interval.ambiguous(), interval.pairs())
                  + " are ambiguous"
                  + refutation(clock));
    }
  }
}
