package org.carillon.deploy.validate;

import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/**
 * What is asked of a subject.
 *
 * @param checks which ones; those that do not apply to the subject are left out
 * @param since when the lines of logs count, by this machine's clock; from the beginning if empty
 * @param marks lines behind these count instead, where a log has one
 * @param version that every host must have; if empty, they must have the same
 * @param deadline for all questions to one host
 */
public record Question(
    Set<CheckName> checks,
    Optional<Instant> since,
    LogMarks marks,
    Optional<String> version,
    Duration deadline) {

  private static final Duration USUAL = Duration.ofMinutes(2);

  public Question {
    checks = Collections.unmodifiableSet(EnumSet.copyOf(checks));
  }

  /** All that applies. */
  public static Question all(Optional<Instant> since) {
    return of(EnumSet.allOf(CheckName.class), since);
  }

  /** These. */
  public static Question of(Set<CheckName> checks, Optional<Instant> since) {
    return new Question(checks, since, LogMarks.NONE, Optional.empty(), USUAL);
  }

  /**
   * What a release must pass after its health window: its tests, its health, that it is the version
   * asked for, and that its logs have no line that they must not have since it was started.
   *
   * @param marks taken before the start, by {@link Validation#mark}
   * @param since when they were taken: of the journal, which has no marks, only what came then
   */
  public static Question release(String version, LogMarks marks, Instant since) {
    return new Question(
        EnumSet.of(CheckName.HEALTH, CheckName.VERSIONS, CheckName.TESTS, CheckName.PATTERNS),
        Optional.of(since),
        marks,
        Optional.of(version),
        USUAL);
  }
}
