package org.carillon.analysis.figure;

import java.util.List;
import java.util.Optional;
import org.carillon.analysis.control.ControlRecord;
import org.carillon.analysis.diagnosis.Quantity;
import org.carillon.analysis.statistics.Accounting;
import org.carillon.analysis.statistics.Summary;

/** The figures of an analysis. */
public final class Figures {

  private static final int WIDTH = Style.COLUMN_WIDTH;

  private Figures() {}

  /** When each worker of a controlled run began; none if no worker did. */
  public static Optional<Figure> start(ControlRecord control) {
    return control
        .start()
        .filter(_ -> control.workers().stream().anyMatch(worker -> worker.start().isPresent()))
        .map(
            start ->
                new Figure(
                    "start",
                    "Common start",
                    "When each worker began, relative to the instant that was agreed, as its own"
                        + " bounded clock read it. Where all intervals overlap, nobody can tell who"
                        + " was first.",
                    new StartTimes(
                        "How closely did the workers start?",
                        start.trueTimeNs(),
                        control.workers(),
                        WIDTH)));
  }

  /** All figures of the events, the dashboard first. */
  public static List<Figure> of(Summary summary, Traces traces, String run) {
    return List.of(
        dashboard(summary, traces, run),
        new Figure(
            "causality_violations",
            "Causality violations",
            "Each bar is all events that one worker received, split by what the clock says of"
                + " sending and receiving. A violation cannot happen: it shows that the clocks"
                + " disagree by more than the network took.",
            VerdictBars.causality(summary, "Was each event received after it was sent?", WIDTH)),
        new Figure(
            "ordering_consensus",
            "Ordering of arrivals",
            "Each bar is all events that two workers received, split by which of them provably had"
                + " the event first. Ambiguous is an honest answer; a provable one is right only"
                + " if the bounds hold.",
            VerdictBars.ordering(summary, "Which worker had an event first?", WIDTH)),
        new Figure(
            "window_assignment",
            "Window assignment",
            "Each bar is all events at all pairs of workers, split by whether both put the event"
                + " into the same window of time. Interval clocks may say that they do not know.",
            VerdictBars.windows(summary, "Do two workers choose the same window?", WIDTH)),
        new Figure(
            "latency_distribution",
            "Latency",
            "Share of events whose latency is at most the value below, from the 1st to the 99th"
                + " percentile. What lies left of zero was received before it was sent.",
            new LatencyCurves("Latency as each clock sees it", traces.latencyNs(), WIDTH, 210)),
        new Figure(
            "clocks_over_time",
            "Clocks over time",
            "How far each clock was from the worker's own system clock, event by event; the height"
                + " of a band is the uncertainty that the clock claims.",
            new ClocksOverTime(
                "How far each clock is from the worker's system clock",
                traces.offsets(),
                WIDTH,
                120)));
  }

  private static Figure dashboard(Summary summary, Traces traces, String run) {
    int width = Dashboard.columnWidth();
    long received = summary.workers().values().stream().mapToLong(Accounting::received).sum();
    long expected = summary.sent() * summary.workers().size();
    String headline =
        run
            + ": "
            + Quantity.count(summary.sent(), "event")
            + " to "
            + Quantity.count(summary.workers().size(), "worker")
            + ", "
            + Quantity.count(received)
            + " of "
            + Quantity.count(expected)
            + " arrivals on record";
    return new Figure(
        "summary_dashboard",
        "Summary",
        "The run on one page: causality, ordering and windows as shares of events; latency and"
            + " clocks as curves.",
        new Dashboard(
            headline,
            List.of(
                VerdictBars.causality(
                    summary, "a  Was each event received after it was sent?", width),
                VerdictBars.ordering(summary, "b  Which worker had an event first?", width),
                new LatencyCurves(
                    "c  Latency as each clock sees it", traces.latencyNs(), width, 150)),
            List.of(
                VerdictBars.windows(summary, "d  Do two workers choose the same window?", width),
                new ClocksOverTime(
                    "e  How far each clock is from the worker's system clock",
                    traces.offsets(),
                    width,
                    85))));
  }
}
