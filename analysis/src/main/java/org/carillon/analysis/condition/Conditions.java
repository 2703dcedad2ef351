package org.carillon.analysis.condition;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.carillon.core.CarillonException;
import org.carillon.core.ExitCode;
import org.carillon.core.run.RunFiles;

/** Judges the summary of one run by conditions. */
public final class Conditions {

  private Conditions() {}

  /**
   * The conditions in a file, one a line; blank lines and those that begin with # are none.
   *
   * @throws CarillonException USAGE if it cannot be read, or a line is no condition
   */
  public static List<Condition> in(Path file) {
    List<String> lines;
    try {
      lines = Files.readAllLines(file, StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new CarillonException(
          ExitCode.USAGE, "cannot read " + file + ": " + RunFiles.reason(e) + ".", e);
    }
    List<Condition> conditions = new ArrayList<>();
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i).strip();
      if (!line.isEmpty() && !line.startsWith("#")) {
        try {
          conditions.add(Condition.parse(line));
        } catch (IllegalArgumentException e) {
          throw new CarillonException(
              ExitCode.USAGE, file + " line " + (i + 1) + ": " + e.getMessage() + ".", e);
        }
      }
    }
    return conditions;
  }

  /**
   * The numbers of the run that others are held against.
   *
   * @param run its folder or summary
   * @throws CarillonException USAGE if there is no summary that this version can read
   */
  public static Numbers baseline(Path run) {
    return SummaryNumbers.of(SummaryFile.read(run));
  }

  /**
   * Judges a run, and writes conditions.json beside its summary; without conditions, one of an
   * earlier analysis goes.
   *
   * @param summary of the run
   * @param baseline what it is held against
   * @throws CarillonException USAGE if the file cannot be written
   */
  public static Judged judge(List<Condition> conditions, Path summary, Numbers baseline) {
    Path file = summary.resolveSibling("conditions.json");
    if (conditions.isEmpty()) {
      remove(file);
      return Judged.NOTHING;
    }
    Judged judged = Judged.of(conditions, SummaryNumbers.of(SummaryFile.read(summary)), baseline);
    RunFiles.publish(file, judged.json());
    return judged;
  }

  private static void remove(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw new CarillonException(
          ExitCode.USAGE, "cannot remove " + file + ": " + RunFiles.reason(e) + ".", e);
    }
  }
}
