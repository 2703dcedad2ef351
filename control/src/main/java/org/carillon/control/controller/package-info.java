/**
 * The coordinator's end of the control streams. {@code WorkerMachine} is the table of states and
 * events of one worker, a pure function; {@code Controller} drives one machine per worker through
 * preparation, clock gate, common start, run and end, and judges by the failure policies.
 */
package org.carillon.control.controller;
