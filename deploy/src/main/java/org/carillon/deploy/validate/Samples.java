package org.carillon.deploy.validate;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;

/**
 * Numbers of earlier validations, from which trends are told. Each series has at most {@value
 * #MOST} samples: of a full one every other sample is dropped, so that it still reaches as far
 * back. Any thread may use it.
 */
final class Samples {

  /** Slopes between every two of so many are quickly sorted. */
  static final int MOST = 128;

  /**
   * Samples of one number of one host.
   *
   * @param epoch of what it was measured; another one, such as a new process, begins anew
   */
  record Series(String epoch, List<Trend.Sample> samples) {
    Series {
      samples = List.copyOf(samples);
    }
  }

  private final SequencedMap<String, SequencedMap<String, Series>> byHost = new LinkedHashMap<>();

  /** As it was kept. */
  synchronized void put(String host, String name, Series series) {
    byHost.computeIfAbsent(host, key -> new LinkedHashMap<>()).put(name, series);
  }

  /** Adds a sample, and returns all that belong to it, the oldest first. */
  synchronized List<Trend.Sample> add(String host, String name, String epoch, Trend.Sample sample) {
    Map<String, Series> ofHost = byHost.computeIfAbsent(host, key -> new LinkedHashMap<>());
    Series earlier = ofHost.get(name);
    List<Trend.Sample> all = new ArrayList<>();
    // A clock that was set back would put the later sample before the earlier one.
    if (earlier != null && earlier.epoch().equals(epoch)) {
      earlier.samples().stream()
          .filter(one -> one.timeSeconds() < sample.timeSeconds())
          .forEach(all::add);
    }
    if (all.size() == MOST) {
      List<Trend.Sample> half = new ArrayList<>();
      for (int i = 0; i < MOST; i += 2) {
        half.add(all.get(i));
      }
      all = half;
    }
    all.add(sample);
    ofHost.put(name, new Series(epoch, all));
    return List.copyOf(all);
  }

  /** All of them, by host and by name. */
  synchronized SequencedMap<String, SequencedMap<String, Series>> all() {
    SequencedMap<String, SequencedMap<String, Series>> copy = new LinkedHashMap<>();
    byHost.forEach((host, series) -> copy.put(host, new LinkedHashMap<>(series)));
    return copy;
  }
}
