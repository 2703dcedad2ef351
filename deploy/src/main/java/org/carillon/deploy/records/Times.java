package org.carillon.deploy.records;

import java.time.Instant;

/** Times as people read them. */
final class Times {

  private static final long NS_PER_MS = 1_000_000;

  private Times() {}

  /** To the millisecond, UTC: {@code 2026-11-22T10:15:30.123Z}. */
  static String iso(long timeNs) {
    return Instant.ofEpochMilli(Math.floorDiv(timeNs, NS_PER_MS)).toString();
  }
}
