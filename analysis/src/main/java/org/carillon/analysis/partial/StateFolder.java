package org.carillon.analysis.partial;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.carillon.core.CarillonException;
import org.carillon.core.ExitCode;
import org.carillon.core.run.RunFiles;
import org.carillon.core.run.Sha256;
import org.carillon.core.time.SystemClock;

/**
 * The state of a share while it is made: under a hidden name, until it is complete. What a task
 * leaves that was killed looks like no state, and goes when the share is made again a day later.
 */
final class StateFolder implements AutoCloseable {

  private static final Duration SURELY_LEFT_BEHIND = Duration.ofDays(1);

  /** Another task that makes the same share may come first as often as this. */
  private static final int ATTEMPTS = 10;

  private final Path states;
  private final Share share;
  private final Path folder;

  private StateFolder(Path states, Share share, Path folder) {
    this.states = states;
    this.share = share;
    this.folder = folder;
  }

  /**
   * Begins a state.
   *
   * @param states the folder that it will stand in, made if need be
   * @throws CarillonException USAGE if that cannot be written to
   */
  static StateFolder begin(Path states, Share share) {
    RunFiles.makeFolder(states);
    try {
      removeLeftBehind(states, share);
      Path folder = Files.createTempDirectory(states, "." + share.name() + ".");
      Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-x---"));
      return new StateFolder(states, share, folder);
    } catch (IOException e) {
      throw cannotWrite(states, e);
    }
  }

  /** Where its files go meanwhile. */
  Path folder() {
    return folder;
  }

  /** Where a database may spill to meanwhile. */
  Path spillFolder() {
    return folder.resolve(".spill");
  }

  /**
   * Writes share.json and puts the state in its place, for an earlier one if there is one.
   *
   * @return where it is
   */
  Path complete(String version) {
    Path place = states.resolve(share.name());
    try {
      remove(spillFolder());
      List<StateJson.StateFile> files = new ArrayList<>();
      try (Stream<Path> all = Files.list(folder).sorted()) {
        for (Path file : all.toList()) {
          RunFiles.restrict(file);
          files.add(
              new StateJson.StateFile(
                  file.getFileName().toString(),
                  Files.size(file),
                  HexFormat.of().formatHex(Sha256.of(file))));
        }
      }
      RunFiles.publish(folder.resolve(StateJson.NAME), new StateJson(version, share, files).text());
      moveTo(place);
      return place;
    } catch (IOException e) {
      throw cannotWrite(place, e);
    }
  }

  /** A folder is not replaced in one step, so the earlier one makes room first. */
  private void moveTo(Path place) throws IOException {
    for (int attempt = 1; ; attempt++) {
      Path earlier = folder.resolveSibling(folder.getFileName() + "-" + attempt);
      try {
        if (Files.exists(place)) {
          Files.move(place, earlier, StandardCopyOption.ATOMIC_MOVE);
        }
        Files.move(folder, place, StandardCopyOption.ATOMIC_MOVE);
        return;
      } catch (FileSystemException e) {
        if (attempt == ATTEMPTS) {
          if (Files.exists(earlier) && !Files.exists(place)) {
            Files.move(earlier, place, StandardCopyOption.ATOMIC_MOVE);
          }
          throw e;
        }
      } finally {
        remove(earlier);
      }
    }
  }

  /** Takes away what was not completed. */
  @Override
  public void close() {
    try {
      remove(folder);
    } catch (IOException e) {
      throw cannotWrite(folder, e);
    }
  }

  private static void removeLeftBehind(Path states, Share share) throws IOException {
    Instant before =
        Instant.EPOCH
            .plus(new SystemClock().realtimeNs(), ChronoUnit.NANOS)
            .minus(SURELY_LEFT_BEHIND);
    try (DirectoryStream<Path> left = Files.newDirectoryStream(states, "." + share.name() + ".*")) {
      for (Path folder : left) {
        if (lastChange(folder).isBefore(before)) {
          remove(folder);
        }
      }
    }
  }

  private static Instant lastChange(Path folder) throws IOException {
    Instant last = Instant.MIN;
    for (Path file : all(folder)) {
      Instant changed = Files.getLastModifiedTime(file).toInstant();
      last = changed.isAfter(last) ? changed : last;
    }
    return last;
  }

  private static List<Path> all(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.sorted(Comparator.reverseOrder()).toList();
    }
  }

  private static void remove(Path folder) throws IOException {
    if (Files.exists(folder)) {
      for (Path file : all(folder)) {
        Files.deleteIfExists(file);
      }
    }
  }

  private static CarillonException cannotWrite(Path path, IOException e) {
    return new CarillonException(
        ExitCode.USAGE,
        "cannot write " + path + ": " + RunFiles.reason(e) + "; name another folder with --out.",
        e);
  }
}
