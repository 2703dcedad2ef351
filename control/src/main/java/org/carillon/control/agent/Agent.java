package org.carillon.control.agent;

import org.carillon.control.workload.NodeClock;
import org.carillon.control.workload.WorkloadFactory;
import org.carillon.core.time.ClockSource;

/** Serves one run: listens from {@link #open} on, and ends when the run is over. */
public final class Agent implements AutoCloseable {

  private Agent() {}

  /**
   * Opens the control port.
   *
   * @throws org.carillon.core.CarillonException CONNECTION if the port cannot be bound, USAGE if
   *     there is no identity and the address is not a loopback address
   */
  public static Agent open(
      AgentOptions options, ClockSource clock, NodeClock nodeClock, WorkloadFactory workloads) {
    throw new AssertionError("not yet");
  }

  /** The TCP port that is bound. */
  public int port() {
    throw new AssertionError("not yet");
  }

  /** Waits for a coordinator, does what it says, and returns when the run is over. */
  public AgentOutcome run() {
    throw new AssertionError("not yet");
  }

  /** Ends the run in good order, as an abort from this node; from any thread. */
  public void stop() {
    throw new AssertionError("not yet");
  }

  @Override
  public void close() {
    throw new AssertionError("not yet");
  }
}
