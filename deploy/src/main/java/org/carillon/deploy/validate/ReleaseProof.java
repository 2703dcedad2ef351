package org.carillon.deploy.validate;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
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
    marks = Validation.mark(hosts.hosts(), Subject.of(hosts.deployable()));
  }

  @Override
  public Map<String, String> complaints(Fleet hosts, String id) {
    ValidationReport report = Validation.run(hosts, Question.release(id, marks, marked), means);
    Map<String, String> complaints = new LinkedHashMap<>();
    for (String host : report.badHosts()) {
      complaints.put(
          host,
          report.hosts().get(host).stream()
              .filter(result -> !result.isGood())
              .map(result -> result.title() + ": " + result.text())
              .collect(Collectors.joining("; ")));
    }
    String whole =
        report.whole().stream()
            .filter(result -> !result.isGood())
            .map(CheckResult::text)
            .collect(Collectors.joining("; "));
    if (!whole.isEmpty()) {
      hosts.names().names().forEach(host -> complaints.putIfAbsent(host, whole));
    }
    return complaints;
  }
}
