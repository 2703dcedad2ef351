/**
 * Makes workers and a coordinator act as one. The coordinator's {@code controller} has one control
 * stream to the {@code agent} of every worker; an agent runs a {@code workload}; both speak the
 * messages of {@code control.proto}, under the run's {@code identity}, and what they report is
 * joined in {@code statistics}.
 *
 * <p>The generated messages stay inside this module: what leaves it are the records of {@code
 * statistics} and {@code workload}. docs/control.md has the states, the messages and the deadlines.
 */
package org.carillon.control;
