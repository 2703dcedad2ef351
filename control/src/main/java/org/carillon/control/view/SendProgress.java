package org.carillon.control.view;

import java.time.Duration;

/**
 * How far the coordinator is with sending.
 *
 * @param sent events sent
 * @param total events to be sent
 * @param failedSends sends to single workers that failed
 * @param remaining until the last event is expected to be sent
 */
public record SendProgress(long sent, long total, long failedSends, Duration remaining) {}
