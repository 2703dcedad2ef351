package org.carillon.control.agent;

import java.util.Optional;
import java.util.OptionalInt;
import org.carillon.control.workload.SenderClock;
import org.carillon.control.workload.Workload;

/** What a step of the machine wants done. None of these may keep the machine waiting. */
sealed interface AgentAction {

  /** Make and prepare the workload; answered by Prepared or Failed. */
  record Prepare(long runId, RunConfig config) implements AgentAction {}

  /** Have the clock's interval narrow soon. */
  record Sharpen() implements AgentAction {}

  /** Begin when true time is this; answered by Started or Failed. */
  record StartAt(long startTrueTimeNs) implements AgentAction {}

  /** Tell the workload of the sender's clock. */
  record TellSenderClock(SenderClock senderClock) implements AgentAction {}

  /** Tell the workload of the last event. */
  record TellLastEvent(long eventId) implements AgentAction {}

  /** End the workload in good order; answered by Closed or Failed. */
  record Finish() implements AgentAction {}

  /** End the workload, and whatever it waits for, before its time; answered by Closed or Failed. */
  record CallOff(String reason) implements AgentAction {}

  /** Send and keep a status. */
  record SendReady(long statusSequence, OptionalInt udpPort) implements AgentAction {}

  /** Send and keep a status. */
  record SendRunning(long statusSequence) implements AgentAction {}

  /** Send and keep the last status. */
  record SendFinal(long statusSequence, Verdict verdict, Optional<Workload.Ending> ending)
      implements AgentAction {}

  /** Forget the statuses up to this one. */
  record Forget(long statusSequence) implements AgentAction {}

  /** Send the kept statuses after this one again. */
  record SendAgain(long lastStatusSequence) implements AgentAction {}

  /** Answer a ping. */
  record SendPong(long stream, long number) implements AgentAction {}

  /** Close this stream: it is taken for lost, or another has taken its place. */
  record DropStream(long stream) implements AgentAction {}

  /**
   * Answer a command that cannot be obeyed by an Error which is no status of the run (number 0).
   *
   * @param close the stream as well, since it is not the run's
   */
  record Refuse(AgentEvent.Origin origin, String path, String reason, boolean close)
      implements AgentAction {}
}
