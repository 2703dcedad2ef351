package org.carillon.core.experiment;

import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.carillon.core.fault.FaultPlan;
import org.carillon.core.keys.Form;
import org.carillon.core.keys.Forms;
import org.carillon.core.net.PathAsymmetry;
import org.carillon.core.time.ClockSpec;
import org.carillon.core.time.DurationText;
import org.carillon.core.time.PollInterval;

/** The forms of values that only an experiment has. */
final class ExperimentForms {

  private static final Pattern POLICY = Pattern.compile("all|best-effort|quorum:[1-9]\\d{0,8}");

  private ExperimentForms() {}

  /** How often a server is asked, at least {@code min}. */
  static Form<PollInterval> pollInterval(Duration min) {
    return Forms.form(
        "auto, duration ≥ " + DurationText.format(min) + ", or FROM..TO",
        text -> {
          PollInterval value = PollInterval.parse(text);
          if (value.shortest().compareTo(min) < 0) {
            throw new IllegalArgumentException(
                text + " is too short: at least " + DurationText.format(min));
          }
          return value;
        },
        PollInterval::toString);
  }

  /** What is known of the ways to a server. */
  static Form<PathAsymmetry> asymmetry() {
    return Forms.form("HOST=DURATION[+-DURATION]", PathAsymmetry::parse, PathAsymmetry::toString);
  }

  /** How many workers a phase needs. */
  static Form<String> policy() {
    return Forms.form(
        "all, best-effort, or quorum:N",
        text -> {
          if (!POLICY.matcher(text).matches()) {
            throw new IllegalArgumentException(
                "'" + text + "' is not a policy: use all, best-effort, or quorum:N with N ≥ 1");
          }
          return text;
        },
        Function.identity());
  }

  /** {@code system} or {@code simulated:…}. */
  static Form<String> clock() {
    return Forms.form(
        "clock: `system` or `simulated:offset=3ms,drift_ppm=20,wander_ppm=0.01,seed=7`",
        text -> {
          ClockSpec.validate(text);
          return text;
        },
        Function.identity());
  }

  /** Faults on purpose; a seed that is not given is drawn, and stands in the text from then on. */
  static Form<FaultPlan> faults() {
    return Forms.form(
        "faults such as `loss=1%,seed=7`, see faults.md",
        text -> FaultPlan.parse(List.of(text), new SplittableRandom()), FaultPlan::text);
  }
}
