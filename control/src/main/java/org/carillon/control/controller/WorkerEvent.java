package org.carillon.control.controller;

/** What moves a worker from one state to the next. */
sealed interface WorkerEvent {

  /** The worker has answered on its control stream. */
  record Answered() implements WorkerEvent {}

  /** A status that had not arrived before. */
  record Told(WorkerStatus status) implements WorkerEvent {}

  /** It has ended before its time after it was told that the run is called off. */
  record CalledOff(WorkerStatus.Aborted status) implements WorkerEvent {}

  /** START was sent. */
  record StartSent() implements WorkerEvent {}

  /** The controller has given the worker up. */
  record GivenUp(WorkerState.Failed as) implements WorkerEvent {}
}
