/**
 * The coordinator's end of the control streams. {@code WorkerState} is the table of states and
 * events of one worker, a pure function; {@code WorkerMachine} adds the worker's stream, its loss
 * and its silence, without a clock or a socket of its own; {@code Crew} has a machine and a stream
 * for each worker; {@code Controller} drives them through preparation, clock gate, common start,
 * run and end, and judges by the failure policies. All of it runs in the controller's thread.
 */
package org.carillon.control.controller;
