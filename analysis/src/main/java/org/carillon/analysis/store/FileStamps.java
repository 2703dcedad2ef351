package org.carillon.analysis.store;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.carillon.analysis.input.Recording;
import org.carillon.core.time.SystemClock;

/**
 * The stamps of a run's files, in the order of the files: where one is still the same, the file is
 * as it was read and need not be read again to know that.
 */
final class FileStamps {

  private static final String KEY = "stamps";

  private final List<Optional<FileStamp>> stamps;

  private FileStamps(List<Optional<FileStamp>> stamps) {
    this.stamps = stamps;
  }

  /** As they are before the files are read; without those that were changed a moment ago. */
  static FileStamps before(List<Recording> recordings) {
    long nowNs = new SystemClock().realtimeNs();
    return new FileStamps(
        recordings.stream()
            .map(file -> FileStamp.of(file.path()).filter(stamp -> stamp.isSettled(nowNs)))
            .toList());
  }

  /** Those that were written beside what was made of the files. */
  static FileStamps read(JsonNode root) {
    List<Optional<FileStamp>> stamps = new ArrayList<>();
    for (JsonNode stamp : root.path(KEY)) {
      stamps.add(
          stamp.size() == 4
              ? Optional.of(
                  new FileStamp(
                      stamp.path(0).asLong(),
                      stamp.path(1).asLong(),
                      stamp.path(2).asLong(),
                      stamp.path(3).asLong()))
              : Optional.empty());
    }
    return new FileStamps(stamps);
  }

  void write(ObjectNode root) {
    ArrayNode all = root.putArray(KEY);
    for (Optional<FileStamp> stamp : stamps) {
      ArrayNode numbers = all.addArray();
      stamp.ifPresent(
          known ->
              numbers
                  .add(known.sizeBytes())
                  .add(known.modifiedNs())
                  .add(known.changedNs())
                  .add(known.inode()));
    }
  }

  /** Whether a file is as it was. */
  boolean isSame(int file, FileStamps now) {
    return file < stamps.size()
        && stamps.get(file).isPresent()
        && stamps.get(file).equals(now.stamps.get(file));
  }
}
