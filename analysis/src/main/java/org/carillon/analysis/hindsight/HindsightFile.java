package org.carillon.analysis.hindsight;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.carillon.analysis.store.Cursor;
import org.carillon.analysis.store.Database;

/** Writes hindsight_NODE.csv: the interval of every event of a node that counts. */
public final class HindsightFile {

  private static final List<String> COLUMNS = List.of("event_id", "hs_earliest_ns", "hs_latest_ns");

  private HindsightFile() {}

  /**
   * Writes all rows, with a header.
   *
   * @param node empty for the coordinator
   * @throws UncheckedIOException if the writer fails
   */
  public static void write(Database database, Optional<String> node, Writer to) {
    line(to, String.join(",", COLUMNS));
    database.read("hindsight_file", row -> line(to, cells(row)), node.orElse(null));
  }

  private static String cells(Cursor row) {
    return row.number(1) + "," + cell(row.optionalNumber(2)) + "," + cell(row.optionalNumber(3));
  }

  private static String cell(OptionalLong value) {
    return value.isPresent() ? Long.toString(value.getAsLong()) : "";
  }

  private static void line(Writer to, String line) {
    try {
      to.write(line);
      to.write('\n');
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
