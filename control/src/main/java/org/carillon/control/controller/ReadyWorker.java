package org.carillon.control.controller;

import java.util.Optional;
import org.carillon.core.net.HostPort;

/**
 * A worker that takes part in the start.
 *
 * @param node its name
 * @param data where it awaits events; empty for a workload without a socket
 */
public record ReadyWorker(String node, Optional<HostPort> data) {}
