package org.carillon.analysis.figure;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.carillon.analysis.control.ControlRecord;
import org.carillon.analysis.diagnosis.Quantity;
import org.carillon.analysis.statistics.Accounting;
import org.carillon.analysis.statistics.Summary;

/** The figures of an analysis. */
public final class Figures {

  /** The names of all figures that there may be. */
  public static final List<String> NAMES =
      List.of(
          "summary_dashboard",
          "causality_violations",
          "ordering_consensus",
          "window_assignment",
          "window_ambiguity",
          "latency_distribution",
          "latency_over_time",
          "coordination_cost",
          "commit_wait",
          "clocks_over_time",
          "allan_deviation",
          "start");

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
    List<Figure> figures = new ArrayList<>(always(summary, traces, run));
    figures.addAll(ofIntervals(summary, traces));
    return figures;
  }

  private static List<Figure> always(Summary summary, Traces traces, String run) {
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
            "Share of events whose latency is at most the value below, every event counted. What lies"
                + " left of zero was received before it was sent: the clocks at the two ends"
                + " disagree by more than the network took.",
            latency("Latency as each clock sees it", summary, traces, WIDTH, 210)),
        new Figure(
            "latency_over_time",
            "Latency over time",
            "Each cell is a stretch of the run and a range of latencies; the darker, the more events"
                + " of all workers fell into it. A band that bends is a clock that drifts, one that"
                + " jumps a clock that was set.",
            new LatencyOverTime(
                "When did which latency occur?", traces.latencyOverTime(), WIDTH, 100)),
        new Figure(
            "clocks_over_time",
            "Clocks over time",
            "How far each clock was from the worker's own system clock over the run; the height"
                + " of a band is the uncertainty that the clock claims, from the earliest to the latest"
                + " time that it may be.",
            clocks(
                "How far each clock is from the worker's system clock",
                summary,
                traces,
                WIDTH,
                120)));
  }

  /** Those of intervals and of the nodes' clocks, where there is something to show. */
  private static List<Figure> ofIntervals(Summary summary, Traces traces) {
    List<Figure> figures = new ArrayList<>();
    if (!traces.widths().isEmpty()) {
      figures.add(
          new Figure(
              "coordination_cost",
              "Coordination cost",
              "Share of events whose interval is wider than ε. A system that bears an uncertainty of"
                  + " ε may act on the clock alone for the others; for these it must wait or"
                  + " coordinate.",
              new ShareCurves(
                  "How many events need coordination?",
                  ShareCurves.Question.COORDINATION,
                  traces.widths(),
                  summary.workers().size(),
                  WorkerNames.of(summary.workers().keySet()),
                  WIDTH,
                  190)));
    }
    CommitWaitBars waits =
        new CommitWaitBars(
            "How long must a commit wait?",
            summary.commitWait(),
            WorkerNames.of(summary.workers().keySet()),
            WIDTH);
    if (!waits.isEmpty()) {
      figures.add(
          new Figure(
              "commit_wait",
              "Commit wait",
              "The width of the interval at each worker: so long must a commit wait until its time is"
                  + " past for certain; when the event arrived, and some time later. A percentile is"
                  + " drawn only where there are enough events for it.",
              waits));
    }
    WindowAmbiguity ambiguity =
        new WindowAmbiguity("How many events fall between windows?", summary.totals(), WIDTH, 190);
    if (!ambiguity.isEmpty()) {
      figures.add(
          new Figure(
              "window_ambiguity",
              "Ambiguity by window size",
              "Share of events, over all pairs of workers, whose window is not certain by an interval"
                  + " clock, or that two workers put into different windows by a point clock, which"
                  + " cannot know that it does not know.",
              ambiguity));
    }
    AllanCurves allan =
        new AllanCurves(
            "Allan deviation: how steady were the clocks' rates?",
            summary.quality().measured(),
            WorkerNames.of(summary.workers().keySet()),
            WIDTH,
            190);
    if (!allan.isEmpty()) {
      figures.add(
          new Figure(
              "allan_deviation",
              "Allan deviation",
              "How much a clock's rate differs from one stretch of time to the next, by the length of"
                  + " the stretch, in parts per billion (overlapping Allan deviation). A curve near"
                  + " the dotted line tells of the measurements and not of the clock.",
              allan));
    }
    return figures;
  }

  private static ShareCurves latency(
      String title, Summary summary, Traces traces, int width, int plotHeight) {
    return new ShareCurves(
        title,
        ShareCurves.Question.LATENCY,
        traces.latency(),
        summary.workers().size(),
        WorkerNames.of(summary.workers().keySet()),
        width,
        plotHeight);
  }

  private static ClocksOverTime clocks(
      String title, Summary summary, Traces traces, int width, int panelHeight) {
    return new ClocksOverTime(
        title, traces.offsets(), summary.workers().size(), width, panelHeight);
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
                latency("c  Latency as each clock sees it", summary, traces, width, 150)),
            List.of(
                VerdictBars.windows(summary, "d  Do two workers choose the same window?", width),
                clocks(
                    "e  How far each clock is from the worker's system clock",
                    summary,
                    traces,
                    width,
                    85))));
  }
}
