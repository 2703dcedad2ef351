package org.carillon.deploy.release;

import java.time.Instant;

/**
 * A release on a host.
 *
 * @param id its folder below {@code releases/}
 * @param state how far it got
 * @param since when it got there, by the clock of the machine that deployed it
 */
public record StoredRelease(String id, ReleaseState state, Instant since) {}
