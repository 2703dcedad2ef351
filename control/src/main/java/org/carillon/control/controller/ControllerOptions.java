package org.carillon.control.controller;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.carillon.control.identity.RunIdentity;
import org.carillon.control.workload.WorkloadSpec;

/**
 * What a controller is to do.
 *
 * @param agents at least one
 * @param runId not 0
 * @param identity of the run; without one, all agents must be on loopback addresses
 * @param workload of every worker
 * @param warmup how long every worker measures its clock
 * @param statusInterval between two statuses of a worker
 * @param grace how long a worker, and the controller for it, bear a lost stream
 * @param runDeadline how long the workload may run
 * @param maxClockBound the start waits until every worker's bound (half the width of its interval)
 *     is below
 * @param clockGateDeadline how long the start waits for that
 * @param startDelay between the START messages and the common start
 * @param fastStart shorten that to what the slowest worker needs
 * @param preparation policy up to the start
 * @param running policy from the start on
 */
public record ControllerOptions(
    List<AgentAddress> agents,
    long runId,
    Optional<RunIdentity> identity,
    WorkloadSpec workload,
    Duration warmup,
    Duration statusInterval,
    Duration grace,
    Duration runDeadline,
    Duration maxClockBound,
    Duration clockGateDeadline,
    Duration startDelay,
    boolean fastStart,
    FailurePolicy preparation,
    FailurePolicy running) {
  public ControllerOptions {
    agents = List.copyOf(agents);
  }
}
