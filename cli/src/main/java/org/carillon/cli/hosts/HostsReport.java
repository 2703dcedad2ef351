package org.carillon.cli.hosts;

import java.io.PrintWriter;
import java.util.SequencedMap;
import org.carillon.ssh.fanout.HostOutcome;

/**
 * Prints what became of the work.
 *
 * @param <T> what it yields on a host
 */
interface HostsReport<T> {

  /** One host has ended; called by one thread at a time, before {@link #print}. */
  default void ended(String host, HostOutcome<T> outcome) {}

  /** All have. */
  void print(SequencedMap<String, HostOutcome<T>> outcomes, PrintWriter out, boolean quiet);
}
