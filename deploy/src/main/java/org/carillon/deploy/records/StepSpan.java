package org.carillon.deploy.records;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/**
 * A step from its beginning to its end.
 *
 * @param endNs empty if neither success nor failure was written down
 * @param outcome {@code done}, {@code failed} or {@code not ended}
 */
record StepSpan(
    String host, String step, long beginNs, OptionalLong endNs, String outcome, String detail) {

  private record Key(String host, String step) {}

  /** The steps in the order in which they began. */
  static List<StepSpan> of(List<StepEntry> entries) {
    List<StepSpan> spans = new ArrayList<>();
    Map<Key, Integer> open = new LinkedHashMap<>();
    for (StepEntry entry : entries) {
      Key key = new Key(entry.host(), entry.step());
      Integer begun = entry.event() == StepEvent.BEGIN ? null : open.remove(key);
      if (begun == null) {
        boolean begins = entry.event() == StepEvent.BEGIN;
        if (begins) {
          open.put(key, spans.size());
        }
        spans.add(ended(entry, entry.timeNs(), begins));
      } else {
        spans.set(begun, ended(entry, spans.get(begun).beginNs(), false));
      }
    }
    return spans;
  }

  private static StepSpan ended(StepEntry entry, long beginNs, boolean open) {
    return new StepSpan(
        entry.host(),
        entry.step(),
        beginNs,
        open ? OptionalLong.empty() : OptionalLong.of(entry.timeNs()),
        open ? "not ended" : entry.event().word(),
        entry.detail());
  }
}
