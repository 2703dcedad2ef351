package org.carillon.analysis.input;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.function.LongConsumer;

/**
 * One file of a run.
 *
 * @param index its number among the files of the run, from 0
 * @param path where it is
 * @param table what kind of file it is
 * @param node the node in its name; empty for the coordinator's
 */
public record Recording(int index, Path path, Table table, String node) {

  /** Its name in the run's folder. */
  public String name() {
    return path.getFileName().toString();
  }

  /** Whether it holds events or their arrivals. */
  public boolean isOfEvents() {
    return table == Table.COORDINATOR || table == Table.WORKER;
  }

  /** How large it is, as it is stored. */
  public long sizeBytes() {
    try {
      return Files.size(path);
    } catch (IOException e) {
      throw CsvFile.cannotRead(path, e);
    }
  }

  /**
   * Reads it all, row by row.
   *
   * @throws org.carillon.core.CarillonException USAGE if it cannot be read
   */
  public InputFile read(ParquetFile.Opener opener, RowSink sink) {
    if (!ParquetFile.isNamed(name())) {
      return new CsvFile(index, path, table, node, sink).read();
    }
    try (ParquetScanner rows = new ParquetScanner(this, opener, Set.of(), count -> {})) {
      return rows.drain(index, table, sink);
    }
  }

  /**
   * Begins to read it in batches of rows, with a thread of its own.
   *
   * @param unread texts of the table that nobody asks for, by name
   * @param progress is told how many bytes were read, each time, by that thread
   * @throws org.carillon.core.CarillonException USAGE if it cannot be read, now or later
   */
  public ReadAhead scan(ParquetFile.Opener opener, Set<String> unread, LongConsumer progress) {
    RowSource rows =
        ParquetFile.isNamed(name())
            ? new ParquetScanner(this, opener, unread, progress)
            : new CsvScanner(index, path, table, node, unread, progress);
    return new ReadAhead(rows, name());
  }

  /**
   * The SHA-256 of its bytes as they are stored, in hexadecimal.
   *
   * @param progress is told how many bytes were read, each time
   * @throws org.carillon.core.CarillonException USAGE if it cannot be read
   */
  public String sha256(LongConsumer progress) {
    try {
      return FileBytes.sha256(path, progress);
    } catch (IOException e) {
      throw CsvFile.cannotRead(path, e);
    }
  }
}
