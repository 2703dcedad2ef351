package org.carillon.analysis.input;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongConsumer;

/**
 * Reads one CSV file in batches of rows, fast where its lines are plain, and with all the care of
 * {@link CsvFile} where they are not. Used by one thread.
 */
final class CsvScanner implements RowSource {

  private final Path path;
  private final Table table;
  private final CsvFile file;
  private final LineReader reader;
  private final boolean[] present;
  private final PlainRow plain;
  private RowBatch batch;

  /**
   * Opens a file and reads its header.
   *
   * @param index among the files of the run
   * @param unread texts of the table that nobody asks for, by name
   * @param progress is told how many bytes were read, each time
   * @throws org.carillon.core.CarillonException USAGE if the file cannot be read
   */
  CsvScanner(
      int index, Path path, Table table, String node, Set<String> unread, LongConsumer progress) {
    this.path = path;
    this.table = table;
    this.file = new CsvFile(index, path, table, node, (i, line, values) -> batch.add(line, values));
    this.present = new boolean[table.columns().size()];
    try {
      reader = new LineReader(path, progress);
      file.readHeader(reader);
    } catch (IOException e) {
      throw CsvFile.cannotRead(path, e);
    }
    boolean[] wanted = new boolean[present.length];
    for (int i = 0; i < present.length; i++) {
      wanted[i] = !unread.contains(table.columns().get(i).name());
      present[i] = wanted[i] && file.usable() && file.cellOf(i) >= 0;
    }
    plain = file.usable() ? new PlainRow(table, file, wanted) : null;
  }

  @Override
  public boolean has(int column) {
    return present[column];
  }

  @Override
  public RowBatch next() {
    batch = new RowBatch(table, present);
    try {
      while (!batch.isFull()) {
        if (plain != null && reader.awaitWholeLine()) {
          int begin = reader.position();
          int end = plain.read(reader.bytes(), begin, batch);
          if (end >= 0 && end - begin <= LineReader.MAX_LINE_BYTES) {
            file.countRow();
            batch.endRow(reader.passLine(end));
            continue;
          }
        }
        Optional<Line> line = reader.next();
        if (line.isEmpty()) {
          break;
        }
        file.readLine(line.get());
      }
    } catch (IOException e) {
      throw CsvFile.cannotRead(path, e);
    }
    return batch;
  }

  @Override
  public InputFile account() {
    try {
      reader.drain();
    } catch (IOException e) {
      throw CsvFile.cannotRead(path, e);
    }
    file.reportDamage(reader);
    return file.account(reader.sha256(), reader.sizeBytes());
  }

  @Override
  public void close() throws IOException {
    reader.close();
  }
}
