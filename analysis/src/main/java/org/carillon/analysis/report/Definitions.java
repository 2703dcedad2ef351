package org.carillon.analysis.report;

import java.util.List;

/** What the words of the report mean, each in a sentence; docs/formats.md says the same. */
final class Definitions {

  /** A word and its meaning. */
  record Definition(String term, String meaning) {}

  static final List<Definition> ALL =
      List.of(
          new Definition(
              "sent, received, lost",
              "An event is sent once by the coordinator, and received at a worker if a row of the"
                  + " worker's file counts for it; lost is sent less received."),
          new Definition(
              "duplicate",
              "A further row of an event at the same worker; the row with the earliest receive"
                  + " time counts."),
          new Definition(
              "out of order",
              "An event whose id is below that of an event that stands before it in the file."),
          new Definition(
              "foreign",
              "A row of another run: its event id is unknown to the coordinator, or the send time"
                  + " embedded in it is more than 100 ms off the coordinator's."),
          new Definition(
              "torn, refused",
              "The last line of a file that does not end in a line feed, and a damaged line; neither"
                  + " is used."),
          new Definition(
              "clocks",
              "system: the node's clock as it is; ntp: the same plus the measured NTP offset;"
                  + " chronotick: a learned clock with bounds; bounded: our clock, whose interval"
                  + " holds true time as long as its assumptions do."),
          new Definition(
              "latency",
              "Receive time less send time of an event, both on the same clock; a negative one"
                  + " shows that the clocks disagree by more than the network took."),
          new Definition(
              "percentile",
              "By nearest rank: the value at position ⌈p·n⌉ of the n sorted values, and none if n"
                  + " is below 1/(1−p)."),
          new Definition(
              "causality violation",
              "On a clock that gives points (system, ntp), an event received before it was sent; on"
                  + " one that gives intervals (chronotick, bounded), one whose receive interval"
                  + " ends before its send interval begins."),
          new Definition(
              "proven, ambiguous",
              "The send interval ends before the receive interval begins, so the order is proven;"
                  + " if the intervals overlap, it is ambiguous: nobody can tell."),
          new Definition(
              "not comparable",
              "One end has no such clock, and times of two different clocks are never compared."),
          new Definition(
              "ordering",
              "Of two workers' intervals for the arrival of the same event, which one ends before"
                  + " the other begins; ambiguous if they overlap."),
          new Definition(
              "windows",
              "Time is cut into windows of one size, counted from 1970; two workers agree on an"
                  + " event if both put it into the same window."),
          new Definition(
              "confident",
              "Both workers' intervals lie each within one window; only then can they agree or"
                  + " disagree, else the window is ambiguous."),
          new Definition(
              "commit wait",
              "The width of the interval: how long to wait until a moment is past on every clock"
                  + " whose bounds hold."),
          new Definition(
              "coverage",
              "How many intervals hold true time, which is known only where clocks are"
                  + " simulated."));

  private Definitions() {}
}
