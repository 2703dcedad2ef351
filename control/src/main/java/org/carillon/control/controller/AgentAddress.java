package org.carillon.control.controller;

import java.util.Optional;
import org.carillon.core.net.HostPort;

/**
 * Where a worker is reached.
 *
 * @param name of the node if it is known in advance; else the worker tells it
 * @param control address of its control stream
 * @param dataHost where events are sent to; the host of {@code control} if empty
 */
public record AgentAddress(Optional<String> name, HostPort control, Optional<String> dataHost) {}
