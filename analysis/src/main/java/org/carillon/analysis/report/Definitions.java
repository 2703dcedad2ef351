package org.carillon.analysis.report;

import java.util.List;

/** What the words of the report mean, each in a sentence; docs/formats.md says the same. */
final class Definitions {

  private static final Block.Term TRUE_TIME =
      new Block.Term(
          "true time",
          "The simulation's own where nodes are simulated. On real nodes the time of the servers"
              + " they were measured against, which samples_NODE.csv names: what those share as an"
              + " error beyond what they state of themselves, nobody sees here.");

  private static final List<Block.Term> EVENTS =
      List.of(
          new Block.Term(
              "sent, received, lost",
              "An event is sent once by the coordinator, and received at a worker if a row of the"
                  + " worker's file counts for it; lost is sent less received."),
          new Block.Term(
              "duplicate",
              "A further row of an event at the same worker; the row with the earliest receive"
                  + " time counts."),
          new Block.Term(
              "out of order",
              "An event whose id is below that of an event that stands before it in the file."),
          new Block.Term(
              "foreign",
              "A row of another run: its event id is unknown to the coordinator, or the send time"
                  + " embedded in it is more than 100 ms off the coordinator's."),
          new Block.Term(
              "torn, refused",
              "The last line of a file that does not end in a line feed, and a damaged line; neither"
                  + " is used."),
          new Block.Term(
              "clocks",
              "system: the node's clock as it is; ntp: the same plus the measured NTP offset;"
                  + " chronotick: a learned clock with bounds; bounded: our clock, whose interval"
                  + " holds true time as long as its assumptions do; hindsight: the same, worked out"
                  + " after the run."),
          TRUE_TIME,
          new Block.Term(
              "hindsight",
              "The interval of an event by the samples before and after it, and by what events prove"
                  + " (none is received before it was sent); never wider than the one that was known"
                  + " online, and none where an assumption broke. A bound from events that contradicts"
                  + " a node's own samples is refuted and not used."),
          new Block.Term(
              "latency",
              "Receive time less send time of an event, both on the same clock; a negative one"
                  + " shows that the clocks disagree by more than the network took."),
          new Block.Term(
              "percentile",
              "By nearest rank: the value at position ⌈p·n⌉ of the n sorted values, and none if n"
                  + " is below 1/(1−p)."),
          new Block.Term(
              "causality violation",
              "On a clock that gives points (system, ntp), an event received before it was sent; on"
                  + " one that gives intervals (chronotick, bounded, hindsight), one whose receive interval"
                  + " ends before its send interval begins."),
          new Block.Term(
              "proven, ambiguous",
              "The send interval ends before the receive interval begins, so the order is proven;"
                  + " if the intervals overlap, it is ambiguous: nobody can tell."),
          new Block.Term(
              "not comparable",
              "One end has no such clock, and times of two different clocks are never compared."),
          new Block.Term(
              "ordering",
              "Of two workers' intervals for the arrival of the same event, which one ends before"
                  + " the other begins; ambiguous if they overlap."),
          new Block.Term(
              "windows",
              "Time is cut into windows of one size, counted from 1970; two workers agree on an"
                  + " event if both put it into the same window."),
          new Block.Term(
              "confident",
              "Both workers' intervals lie each within one window; only then can they agree or"
                  + " disagree, else the window is ambiguous."),
          new Block.Term(
              "commit wait",
              "The width of the interval: how long to wait until a moment is past on every clock"
                  + " whose bounds hold."),
          new Block.Term(
              "coordination cost",
              "For a tolerated uncertainty of ε, the share of events whose interval is wider: the"
                  + " clock alone does not do for them, so they need a wait or other nodes."),
          new Block.Term(
              "95 % interval",
              "Where the truth lies with 95 % confidence if events are independent of each other:"
                  + " of a percentile by order statistics (ranks of the binomial distribution), of a"
                  + " share by Wilson's score interval. Events that share a network and a clock are"
                  + " not independent, so it is the least that is not known."),
          new Block.Term(
              "provable order of different events",
              "An event at one worker and another at the other, of which one interval ends before"
                  + " the other begins. Points contradict it if they tell the opposite."),
          new Block.Term(
              "step, suspend, pause",
              "A node's clock was set; its machine slept; its program did not run for a while. The"
                  + " bounded clock lives on a counter that no step moves."),
          new Block.Term(
              "contradiction, disagreement",
              "An assumption broke: answers of one server that no motion of the clock within its"
                  + " bounds explains, or servers that cannot all be right. Bounds before it was"
                  + " noticed may be wrong."),
          new Block.Term(
              "agreement", "A server that was not believed in a disagreement is believed again."),
          new Block.Term(
              "claims about clocks",
              "What ntp, chronotick, bounded and models given with --clock-model say of a node's"
                  + " offset. Each accepted NTP exchange judges the newest claim that was made before"
                  + " it began, at most 16 s old."
                  + " Provably wrong: no offset that the exchange leaves lies within the claim;"
                  + " confirmed: all do; too coarse to tell: some do, as with a claim that is finer"
                  + " than the exchange. The share of claims that are right lies between those"
                  + " confirmed and those not proven wrong, with Wilson's 95 % confidence at either"
                  + " end. Nothing is clamped or left out."),
          new Block.Term(
              "coverage",
              "How many intervals hold true time, which is known only where clocks are"
                  + " simulated."));

  private static final List<Block.Term> COMMANDS =
      List.of(
          new Block.Term(
              "agreed instant, first moment",
              "The coordinator agrees with all workers on an instant in true time; a worker's first"
                  + " moment is when its bounded clock had passed it and it let the command go."),
          TRUE_TIME,
          new Block.Term(
              "earliest, best, latest",
              "A reading of the bounded clock: its best estimate, and the interval that holds true"
                  + " time as long as its assumptions do."),
          new Block.Term(
              "stopped",
              "The worker ended only because the run was called off; else it completed or failed."),
          new Block.Term(
              "exit code",
              "That of the command, 128 + N after signal N; none if it could not be started or did"
                  + " not end."),
          new Block.Term(
              "took", "From the command's release to its end, by the node's monotonic clock."),
          new Block.Term(
              "output, errors",
              "What the command wrote to its standard output and its standard error, in"
                  + " exec_NODE.out and exec_NODE.err of its node; counted also where output was"
                  + " cut there."));

  private Definitions() {}

  /** Those of a run of events. */
  static List<Block.Term> ofEvents() {
    return EVENTS;
  }

  /** Those of a run of commands. */
  static List<Block.Term> ofCommands() {
    return COMMANDS;
  }
}
