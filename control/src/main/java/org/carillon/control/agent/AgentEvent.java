package org.carillon.control.agent;

import java.util.Optional;
import org.carillon.control.workload.SenderClock;
import org.carillon.control.workload.Workload;
import org.carillon.core.ExitCode;
import org.carillon.core.time.Reading;

/** What an agent hears: from coordinators, from its workload, from this node, and from time. */
sealed interface AgentEvent {

  /**
   * Where a command comes from.
   *
   * @param stream that brought it; numbers are never used again
   * @param runId that it names
   * @param sequence of numbered commands, from 1
   */
  record Origin(long stream, long runId, long sequence) {}

  /** A message of a coordinator. */
  sealed interface Command extends AgentEvent {
    /** Where it comes from. */
    Origin origin();
  }

  /** A command that counts in the run, so that its repetition can be told. */
  sealed interface Numbered extends Command {}

  /** What is to be done. */
  record Configure(Origin origin, ConfigCheck.Result config) implements Numbered {}

  /**
   * When to begin.
   *
   * @param received the reading at the arrival; empty while the clock is unsynchronized
   */
  record Start(
      Origin origin,
      long startTrueTimeNs,
      Optional<SenderClock> senderClock,
      Optional<Reading> received)
      implements Numbered {}

  /** End before the time. */
  record Abort(Origin origin, String reason) implements Numbered {}

  /** The run is over. */
  record Goodbye(Origin origin) implements Numbered {}

  /** No more events. */
  record EndOfStream(Origin origin, long lastEventId) implements Numbered {}

  /** Is somebody there? */
  record Ping(Origin origin, long number) implements Command {}

  /** Statuses have arrived. */
  record Acknowledge(Origin origin, long statusSequence, Optional<SenderClock> senderClock)
      implements Command {}

  /** A stream in place of a lost one. */
  record Resume(Origin origin, long lastStatusSequence) implements Command {}

  /** A message without a command that this version knows. */
  record Unknown(Origin origin) implements Command {}

  /** Bytes that are no message at all; its origin names neither run nor number. */
  record Unreadable(Origin origin) implements Command {}

  /** A coordinator has opened a stream. */
  record StreamOpened(long stream) implements AgentEvent {}

  /** A stream has ended, in whatever way. */
  record StreamLost(long stream) implements AgentEvent {}

  /** The workload is prepared. */
  record Prepared(Workload.Prepared prepared) implements AgentEvent {}

  /** The workload has begun, at this moment. */
  record Started(StartMoment start) implements AgentEvent {}

  /** The workload has nothing left to do. */
  record Finished() implements AgentEvent {}

  /**
   * The workload cannot go on.
   *
   * @param path what is wrong where
   * @param reason one sentence
   */
  record Failed(String path, String reason, ExitCode exitCode) implements AgentEvent {}

  /**
   * The workload has closed its files.
   *
   * @param ending how it ended; empty if there was none to end
   */
  record Closed(Optional<Workload.Ending> ending) implements AgentEvent {}

  /** This node wants an end, as on SIGTERM. */
  record Stop(String reason) implements AgentEvent {}

  /** A deadline may have passed. */
  record TimePassed() implements AgentEvent {}
}
