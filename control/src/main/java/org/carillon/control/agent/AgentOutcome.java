package org.carillon.control.agent;

import org.carillon.core.ExitCode;

/**
 * How an agent's run ended.
 *
 * @param exitCode for the process: success, some failed (rows lost, a command failed), aborted,
 *     connection (the coordinator was lost), configuration, timeout
 * @param sentence for the log
 */
public record AgentOutcome(ExitCode exitCode, String sentence) {}
