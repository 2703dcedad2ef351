/**
 * The coordinator's end of the control streams. {@code WorkerState} is the table of states and
 * events of one worker, a pure function; {@code WorkerMachine} adds the commands, {@code
 * WayToWorker} the stream with its tries and its loss, {@code Liveness} the silence, none with a
 * clock or a socket of its own; {@code Crew} has a machine and a stream for each worker; {@code
 * Controller} drives them through preparation, clock gate, common start, run and end, and judges by
 * the failure policies; {@code CallingOff} ends a run before its time. All of it runs in the
 * controller's thread.
 */
package org.carillon.control.controller;
