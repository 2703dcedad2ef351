package org.carillon.analysis.hindsight;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.carillon.clock.Assumptions;
import org.carillon.clock.DriftBound;
import org.carillon.clock.WanderBound;

/** The detail of a row of the kind {@code assumptions} in clock_NODE.csv. */
final class RecordedAssumptions {

  private static final Pattern DRIFT = Pattern.compile("(?:^| )drift_bound_ppm=(\\S+)");
  private static final Pattern WANDER = Pattern.compile("(?:^| )wander_bound_ppm_per_s=(\\S+)");

  private RecordedAssumptions() {}

  /** What it says; without a wander bound there is none. Empty if it is illegible. */
  static Optional<Assumptions> parse(String detail) {
    Matcher drift = DRIFT.matcher(detail);
    Matcher wander = WANDER.matcher(detail);
    if (!drift.find()) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          new Assumptions(
              new DriftBound(Double.parseDouble(drift.group(1))),
              wander.find()
                  ? new WanderBound(Double.parseDouble(wander.group(1)))
                  : WanderBound.NONE));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
