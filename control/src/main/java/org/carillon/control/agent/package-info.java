/**
 * The worker's end of the control stream. {@code AgentMachine} is the table of states and events, a
 * pure function; the rest gives it events (messages, deadlines, a workload's end) and does what it
 * asks for.
 */
package org.carillon.control.agent;
