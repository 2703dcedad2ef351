package org.carillon.control.controller;

import org.carillon.control.controller.WorkerEvent.Answered;
import org.carillon.control.controller.WorkerEvent.CalledOff;
import org.carillon.control.controller.WorkerEvent.GivenUp;
import org.carillon.control.controller.WorkerEvent.Told;
import org.carillon.core.run.WorkerEnd;

/** How far a worker is, as the controller sees it, with the table of what follows on what. */
sealed interface WorkerState {

  /** Nothing was heard yet. */
  record Connecting() implements WorkerState {}

  /** It has its configuration and prepares itself. */
  record ConfigSent() implements WorkerState {}

  /** It waits for the start. */
  record Ready() implements WorkerState {}

  /** It knows the start. */
  record StartSent() implements WorkerState {}

  /** It runs, and tells how it goes. */
  record Collecting() implements WorkerState {}

  /** It has finished in good order. */
  record Completed() implements WorkerState {}

  /**
   * It takes no part any more.
   *
   * @param reason a sentence
   */
  record Failed(Kind kind, String reason) implements WorkerState {

    /** What a failure means for the exit code. */
    enum Kind {
      /** It cannot be reached. */
      CONNECTION,
      /** It refuses its configuration. */
      CONFIGURATION,
      /** Its clock does not get good enough. */
      CLOCK,
      /** It ended before its time, for a reason on its node. */
      ABORTED,
      /** It ended only because the run was called off. */
      CALLED_OFF,
      /** All else. */
      FAULT
    }
  }

  /** Whether nothing can follow. */
  default boolean isFinal() {
    return this instanceof Completed || this instanceof Failed;
  }

  /** For people: {@code running}. */
  default String text() {
    return switch (this) {
      case Connecting() -> "connecting";
      case ConfigSent() -> "preparing";
      case Ready() -> "ready";
      case StartSent() -> "start sent";
      case Collecting() -> "running";
      case Completed() -> "completed";
      case Failed(Failed.Kind kind, _) ->
          switch (kind) {
            case ABORTED, CALLED_OFF -> "aborted";
            case CONNECTION, CONFIGURATION, CLOCK, FAULT -> "failed";
          };
    };
  }

  /** How the run ends for a worker that is in this state at its end. */
  default WorkerEnd end() {
    return switch (this) {
      case Completed() -> WorkerEnd.COMPLETED;
      case Failed(Failed.Kind kind, _) when kind == Failed.Kind.CALLED_OFF -> WorkerEnd.STOPPED;
      default -> WorkerEnd.FAILED;
    };
  }

  /** The state after an event. */
  default WorkerState after(WorkerEvent event) {
    if (isFinal()) {
      return this;
    }
    return switch (event) {
      case GivenUp(Failed as) -> as;
      case Answered() -> this instanceof Connecting ? new ConfigSent() : this;
      case WorkerEvent.StartSent() -> this instanceof Ready ? new StartSent() : this;
      case CalledOff(WorkerStatus.Aborted status) -> aborted(Failed.Kind.CALLED_OFF, status);
      case Told(WorkerStatus status) -> after(status);
    };
  }

  private WorkerState after(WorkerStatus status) {
    return switch (status) {
      case WorkerStatus.Error error -> failed(error);
      case WorkerStatus.Aborted aborted -> aborted(Failed.Kind.ABORTED, aborted);
      case WorkerStatus.Ready ready ->
          switch (this) {
            case Connecting(), ConfigSent() -> new Ready();
            case Ready(), StartSent(), Collecting(), Completed(), Failed(_, _) ->
                outOfTurn("ready");
          };
      case WorkerStatus.Running running ->
          switch (this) {
            case StartSent(), Collecting() -> new Collecting();
            case Connecting(), ConfigSent(), Ready(), Completed(), Failed(_, _) ->
                outOfTurn("running");
          };
      case WorkerStatus.Completed completed ->
          switch (this) {
            case StartSent(), Collecting() -> new Completed();
            case Connecting(), ConfigSent(), Ready(), Completed(), Failed(_, _) ->
                outOfTurn("completed");
          };
    };
  }

  private static Failed aborted(Failed.Kind kind, WorkerStatus.Aborted status) {
    return new Failed(kind, "it was aborted: " + status.reason());
  }

  private static Failed failed(WorkerStatus.Error error) {
    return new Failed(
        error.path().equals("config") || error.path().startsWith("config.")
            ? Failed.Kind.CONFIGURATION
            : Failed.Kind.FAULT,
        error.path() + ": " + error.reason());
  }

  private Failed outOfTurn(String told) {
    return new Failed(
        Failed.Kind.FAULT, "it says " + told + " out of turn, in the state " + text());
  }
}
