package org.carillon.deploy.validate;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.carillon.core.CheckVerdict;

/**
 * Tells what has changed from round to round. A check must stay bad for the hold time before that
 * is told, and good for the keep time before it is told that it is good again, so that neither one
 * short trouble nor a check that goes to and fro wakes anybody twice. What is not looked at in a
 * round stays as it was told.
 */
final class Alarms {

  /** The host that results of all together stand under. */
  static final String ALL = "all";

  private final Duration hold;
  private final Duration keep;
  private final Map<Key, State> states = new LinkedHashMap<>();
  private boolean isBegun;

  /**
   * @param hold how long a check must be bad, ≥ 0
   * @param keep how long it must be good again, ≥ 0
   */
  Alarms(Duration hold, Duration keep) {
    this.hold = hold;
    this.keep = keep;
  }

  /** A check of a host, by its title. */
  private record Key(String host, String title) {}

  /**
   * What was told of it, and since when it is otherwise.
   *
   * @param turned when it became bad while good was told, or good while bad was told; else null
   */
  private record State(CheckVerdict told, Instant turned) {}

  /** A change that is to be told. */
  record Change(String host, CheckVerdict before, CheckResult now) {}

  /**
   * Takes a round into account. In the first one nothing changes: its report tells all.
   *
   * @param at when the round was made
   */
  List<Change> round(ValidationReport report, Instant at) {
    List<Change> changes = new ArrayList<>();
    report.hosts().forEach((host, results) -> results.forEach(one -> take(host, one, at, changes)));
    report.whole().forEach(one -> take(ALL, one, at, changes));
    isBegun = true;
    return changes;
  }

  private void take(String host, CheckResult result, Instant at, List<Change> changes) {
    Key key = new Key(host, result.title());
    State state = states.get(key);
    if (state == null) {
      // What appears later, such as the checks of a host that was away, was not told to be bad.
      state = new State(isBegun ? CheckVerdict.PASS : result.verdict(), null);
    }
    boolean wasGood = isGood(state.told());
    if (wasGood == result.isGood()) {
      states.put(key, new State(result.verdict(), null));
      if (state.told() != result.verdict()) {
        changes.add(new Change(host, state.told(), result));
      }
      return;
    }
    Instant turned = state.turned() == null ? at : state.turned();
    if (Duration.between(turned, at).compareTo(wasGood ? hold : keep) >= 0) {
      states.put(key, new State(result.verdict(), null));
      changes.add(new Change(host, state.told(), result));
    } else {
      states.put(key, new State(state.told(), turned));
    }
  }

  private static boolean isGood(CheckVerdict verdict) {
    return verdict == CheckVerdict.PASS || verdict == CheckVerdict.WARN;
  }
}
