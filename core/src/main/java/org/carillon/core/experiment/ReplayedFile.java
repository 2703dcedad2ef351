package org.carillon.core.experiment;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.carillon.core.CarillonException;
import org.carillon.core.keys.Complaints;
import org.carillon.core.keys.Location;
import org.carillon.core.keys.Values;
import org.carillon.core.record.RecordedGaps;

/** The recording that a workload replays. */
final class ReplayedFile {

  private final Path file;
  private final long[] offsetsNs;

  private ReplayedFile(Path file, long[] offsetsNs) {
    this.file = file;
    this.offsetsNs = offsetsNs;
  }

  /**
   * Reads it if there is one; then the number of events is known, unless the experiment says it.
   */
  static Optional<ReplayedFile> read(Values values, Complaints complaints) {
    Optional<String> name = values.find(WorkloadKeys.REPLAY);
    if (name.isEmpty()) {
      return Optional.empty();
    }
    Location at = values.at(WorkloadKeys.REPLAY).orElseThrow();
    try {
      Path file = Path.of(name.get());
      ReplayedFile replayed = new ReplayedFile(file, RecordedGaps.offsetsNs(file));
      replayed.count(values, complaints);
      return Optional.of(replayed);
    } catch (CarillonException | IllegalArgumentException e) {
      complaints.add(at, WorkloadKeys.REPLAY.path(), e.getMessage());
      return Optional.empty();
    }
  }

  private void count(Values values, Complaints complaints) {
    Optional<Location> wanted = values.at(WorkloadKeys.EVENTS);
    if (wanted.isEmpty()) {
      values.put(
          WorkloadKeys.EVENTS.path(),
          WorkloadKeys.EVENTS,
          (long) offsetsNs.length,
          Optional.empty());
    } else if (values.get(WorkloadKeys.EVENTS) > offsetsNs.length) {
      complaints.add(
          wanted.get(),
          WorkloadKeys.EVENTS.path(),
          "%d are more than %s has, which are %d"
              .formatted(values.get(WorkloadKeys.EVENTS), file, offsetsNs.length));
    }
  }

  /** The replay of so many of its events. */
  Experiment.Replay of(long events) {
    return new Experiment.Replay(file, Duration.ofNanos(offsetsNs[(int) events - 1]));
  }
}
