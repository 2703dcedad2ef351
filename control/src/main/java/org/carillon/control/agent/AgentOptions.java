package org.carillon.control.agent;

import java.util.Optional;
import org.carillon.control.identity.RunIdentity;
import org.carillon.core.net.HostPort;

/**
 * How an agent is reached and who it is.
 *
 * @param nodeId of the worker's node
 * @param listen address and TCP port of the control stream; port 0 takes a free one
 * @param identity of the run; without one, {@code listen} must be a loopback address
 * @param clockSpecification how the worker's clock was asked for
 * @param injectedFaults how faults were asked for; empty if none
 */
public record AgentOptions(
    String nodeId,
    HostPort listen,
    Optional<RunIdentity> identity,
    String clockSpecification,
    String injectedFaults) {}
