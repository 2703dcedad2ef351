package org.carillon.core.run;

import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import org.carillon.core.CarillonException;
import org.carillon.core.ExitCode;

/** Folders that are named by the second of their beginning, UTC: {@code 2026-11-22T10-15-30Z}. */
public final class TimedFolder {

  private static final DateTimeFormatter NAME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH-mm-ss'Z'").withZone(ZoneOffset.UTC);

  private static final int SAME_SECOND_MAX = 1_000;

  private TimedFolder() {}

  /**
   * The name for a moment.
   *
   * @param timeNs ns since the Unix epoch
   */
  public static String name(long timeNs) {
    return NAME.format(Instant.ofEpochSecond(0, timeNs));
  }

  /**
   * Makes a new folder. A second one of the same name gets {@code -2} behind it, so that no two
   * ever share a folder.
   *
   * @param parent made if need be
   * @param what it is, for a complaint: {@code a run directory}
   * @throws CarillonException USAGE if it cannot be made
   */
  public static Path create(Path parent, String name, String what) {
    RunFiles.makeFolder(parent);
    for (int number = 1; number <= SAME_SECOND_MAX; number++) {
      Path path = parent.resolve(number == 1 ? name : name + "-" + number);
      if (RunFiles.makeNew(path)) {
        return path;
      }
    }
    throw new CarillonException(
        ExitCode.USAGE, "cannot make " + what + " in " + parent + ": every name is taken.");
  }
}
