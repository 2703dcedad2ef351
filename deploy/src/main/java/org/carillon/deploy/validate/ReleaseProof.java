package org.carillon.deploy.validate;

import java.time.Instant;
import java.util.Map;
import org.carillon.core.time.ClockSource;
import org.carillon.deploy.Cancellation;
import org.carillon.deploy.deployable.Fleet;
import org.carillon.deploy.release.Proof;

/** A release is proved by the same checks as {@code validate} makes. */
public final class ReleaseProof implements Proof {
  private final Means means;
  private LogMarks marks = LogMarks.NONE;
  private Instant marked = Instant.EPOCH;

  /**
   * @param cancellation ends a validation early
   */
  public ReleaseProof(ClockSource clock, Cancellation cancellation) {
    this.means = Means.of(clock, cancellation);
  }

  @Override
  public void before(Fleet hosts) {
    marked = means.now();
    marks = Validation.mark(hosts.hosts(), Subject.of(hosts));
  }

  @Override
  public Map<String, String> complaints(Fleet hosts, String id) {
    return Validation.run(hosts, Question.release(id, marks, marked), means).complaints();
  }
}
