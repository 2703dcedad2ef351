package org.carillon.core.experiment;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Every key of the experiment file, in the order in which it is written. The loader, the resolved
 * file and the reference in docs/experiment-file.md come from this list.
 */
final class Keys {

  private static final List<Key<?>> ALL =
      Stream.of(
              RunKeys.GROUP,
              TimeKeys.GROUP,
              NodeKeys.GROUP,
              CoordinatorKeys.GROUP,
              WorkloadKeys.GROUP,
              WorkerKeys.GROUP,
              SshKeys.GROUP,
              AnalysisKeys.GROUP,
              DeadlineKeys.GROUP)
          .flatMap(group -> group.keys().stream())
          .toList();

  /** Groups whose presence means something, so that their defaults count only if they are there. */
  static final Set<String> OPTIONAL_GROUPS = Set.of("time.serve");

  /** What says how events are sent and received, and nothing to a command. */
  static final List<Key<?>> OF_EVENTS =
      List.of(
          WorkloadKeys.EVENTS,
          WorkloadKeys.RATE,
          WorkloadKeys.ARRIVALS,
          WorkloadKeys.BURST,
          WorkloadKeys.SEED,
          WorkloadKeys.PATTERN,
          WorkloadKeys.TARGET_DURATION,
          WorkloadKeys.REPLAY,
          WorkloadKeys.CATCH_UP,
          WorkloadKeys.WIRE,
          WorkloadKeys.PAYLOAD_SIZE,
          WorkerKeys.COMMIT_WAIT,
          WorkerKeys.SETTLE,
          CoordinatorKeys.SPIN,
          CoordinatorKeys.SEND_CPU,
          CoordinatorKeys.MAX_LATENESS,
          CoordinatorKeys.TRANSMIT_TIMES);

  /** What says which command is run. */
  static final List<Key<?>> OF_EXEC = List.of(WorkloadKeys.COMMAND, WorkloadKeys.TIMEOUT);

  private Keys() {}

  /** All keys, in the order of the file. */
  static List<Key<?>> all() {
    return ALL;
  }

  /** The names that may stand directly in a group, groups included, in the order of the file. */
  static Set<String> namesIn(String group) {
    Set<String> names = new LinkedHashSet<>();
    String prefix = group.isEmpty() ? "" : group + ".";
    for (Key<?> key : ALL) {
      if (key.path().startsWith(prefix)) {
        String rest = key.path().substring(prefix.length());
        int dot = rest.indexOf('.');
        names.add(dot < 0 ? rest : rest.substring(0, dot));
      }
    }
    return names;
  }
}
