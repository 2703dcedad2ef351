package org.carillon.control.agent;

import java.time.Duration;
import org.carillon.control.workload.WorkloadSpec;

/**
 * A configuration in which every field has been checked.
 *
 * @param warmUp how long the clock is measured, counted from the agent's opening, before READY
 * @param statusInterval between two RUNNING messages
 * @param grace how long the worker goes on without a stream
 * @param runDeadline how long RUNNING may last
 * @param workload what is to be done
 */
record RunConfig(
    Duration warmUp,
    Duration statusInterval,
    Duration grace,
    Duration runDeadline,
    WorkloadSpec workload) {}
