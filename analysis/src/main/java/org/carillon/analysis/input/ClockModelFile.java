package org.carillon.analysis.input;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Set;
import org.carillon.core.CarillonException;
import org.carillon.core.ExitCode;

/**
 * A file in which a clock model says when a node's clock was how far from true time, and how sure
 * it is of that.
 *
 * @param name what the model is called
 * @param path the CSV file
 */
public record ClockModelFile(String name, Path path) {

  /** The clocks of a run, which are judged anyway. */
  private static final Set<String> TAKEN = Set.of("ntp", "chronotick", "bounded");

  private static final String CSV = ".csv";

  public ClockModelFile {
    Objects.requireNonNull(path);
    if (name.isBlank() || TAKEN.contains(name)) {
      throw new IllegalArgumentException(
          "a clock model cannot be called '" + name + "'; choose another NAME in NAME=FILE");
    }
  }

  /**
   * Reads an option.
   *
   * @param text {@code NAME=FILE}, or {@code FILE}, whose name without its suffix is then the
   *     model's
   * @throws IllegalArgumentException if it is neither
   */
  public static ClockModelFile parse(String text) {
    int equals = text.indexOf('=');
    Path path = Path.of(text.substring(equals + 1));
    if (equals == 0) {
      throw new IllegalArgumentException(
          "'" + text + "' gives the clock model no name; write NAME=FILE or FILE");
    }
    if (path.getFileName() == null || path.toString().isEmpty()) {
      throw new IllegalArgumentException("'" + text + "' names no file; write NAME=FILE or FILE");
    }
    String file = path.getFileName().toString();
    return new ClockModelFile(
        equals > 0
            ? text.substring(0, equals)
            : file.endsWith(CSV) ? file.substring(0, file.length() - CSV.length()) : file,
        path);
  }

  /**
   * Reads the file.
   *
   * @param index among the files of the analysis
   * @throws CarillonException USAGE if there is no such file, or no row of it can be used
   */
  public InputFile read(int index, RowSink sink) {
    if (Files.isDirectory(path)) {
      throw new CarillonException(
          ExitCode.USAGE, path + " is a folder; name the CSV file of the clock model.");
    }
    InputFile file =
        new CsvFile(index, path, "clock model " + name, Table.MODEL, name, sink).read();
    if (file.rows() == 0) {
      throw new CarillonException(
          ExitCode.USAGE,
          path
              + " holds no claim of a clock model that could be used"
              + file.problems().stream()
                  .findFirst()
                  .map(p -> ": " + p.sentenceWithoutFile())
                  .orElse(".")
              + " It needs a header line and the columns time_ns (or time_ms, time_s), offset_ns (or"
              + " _ms, _s) and uncertainty_ns (or _ms, _s).");
    }
    return file;
  }
}
