package org.carillon.core.experiment;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.carillon.core.keys.Key;
import org.carillon.core.keys.Schema;

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

  private static final String DEPLOYABLE =
      "a deployable file, which deploy release, rollback and validate read";

  static final Schema SCHEMA =
      new Schema(
          "experiment file",
          ALL,
          Set.of("time.serve"),
          Set.of(),
          Set.of("ssh.config", "ssh.known_hosts", "ssh.identity", "workload.replay"),
          Optional.of(ExperimentLoader.LOCAL_FILE),
          Map.of("release", DEPLOYABLE, "service", DEPLOYABLE));

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
}
