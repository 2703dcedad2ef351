package org.carillon.deploy.release;

import java.util.ArrayList;
import java.util.List;
import org.carillon.deploy.deployable.Deployable;

/** In which order hosts change: the canaries, then the others in batches. */
record Waves(List<List<String>> waves, boolean beginWithCanaries, int tolerated) {
  Waves {
    waves = waves.stream().map(List::copyOf).toList();
  }

  /**
   * Of these hosts, in their order.
   *
   * @param hosts that are to change
   * @param all how many hosts shares are counted of
   */
  static Waves of(List<String> hosts, int all, Deployable.Rollout rollout) {
    // Where every host were a canary, there would be none to protect.
    int canaries = hosts.size() > rollout.canary() ? rollout.canary() : 0;
    int batch = rollout.batch().atLeastOneOf(all);
    List<List<String>> waves = new ArrayList<>();
    if (canaries > 0) {
      waves.add(hosts.subList(0, canaries));
    }
    for (int from = canaries; from < hosts.size(); from += batch) {
      waves.add(hosts.subList(from, Math.min(hosts.size(), from + batch)));
    }
    return new Waves(waves, canaries > 0, rollout.maxFail().atMostOf(all));
  }
}
