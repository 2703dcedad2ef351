package org.carillon.analysis.input;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.carillon.core.CarillonException;
import org.carillon.core.ExitCode;
import org.carillon.core.run.RunFiles;

/**
 * Reads one CSV file into a sink and accounts for every line of it. Used once, by one thread.
 *
 * <p>Columns are found by name. A damaged row is refused whole if a required column is to blame or
 * its number of cells is wrong; an illegible cell of an optional column counts as not measured.
 * Both are reported and counted.
 */
final class CsvFile {

  private final Path path;
  private final Table table;
  private final RowSink sink;
  private final FileAccount account;
  private final CsvHeader header;

  CsvFile(int index, Path path, Table table, String node, RowSink sink) {
    this(index, path, path.getFileName().toString(), table, node, sink);
  }

  /** As above, of a file that goes by another name than its own. */
  CsvFile(int index, Path path, String name, Table table, String node, RowSink sink) {
    this.path = path;
    this.table = table;
    this.sink = sink;
    account = new FileAccount(index, name, table, node);
    header = new CsvHeader(table, account);
  }

  /**
   * Reads it all.
   *
   * @throws CarillonException USAGE if the file cannot be read
   */
  InputFile read() {
    try (LineReader reader = new LineReader(path)) {
      readHeader(reader);
      Optional<Line> line = reader.next();
      while (line.isPresent()) {
        readLine(line.get());
        line = reader.next();
      }
      reader.drain();
      reportDamage(reader);
      return account(reader.sha256(), reader.sizeBytes());
    } catch (IOException e) {
      throw cannotRead(path, e);
    }
  }

  static CarillonException cannotRead(Path path, IOException e) {
    return new CarillonException(
        ExitCode.USAGE,
        "cannot read "
            + path
            + ": "
            + RunFiles.reason(e)
            + (e instanceof Compression.WindowTooLarge
                ? "."
                : "; check the file and its permissions."),
        e);
  }

  /** Notes that a packed file could not be unpacked to its end. */
  void reportDamage(LineReader reader) {
    reader
        .damage()
        .ifPresent(
            fault -> {
              account.countCut();
              account.reportFirst(damage(reader.unpackedBytes(), fault));
            });
  }

  private static String damage(long unpackedBytes, IOException fault) {
    String why = " (" + RunFiles.reason(fault) + ")";
    if (unpackedBytes == 0) {
      return "cannot be unpacked" + why + "; all that was recorded in it is lost";
    }
    String where = "cannot be unpacked beyond " + unpackedBytes + " bytes" + why;
    return Compression.isIntactBefore(fault)
        ? where + "; what stands before counts, the rest is lost"
        : where
            + "; the file was altered, perhaps before that place too, so that what stands before"
            + " counts where it is legible and may be wrong, and the rest is lost; copy the"
            + " original again";
  }

  /** What became of the file; to be asked once, at the end. */
  InputFile account(String sha256, long sizeBytes) {
    return account.end(sha256, sizeBytes);
  }

  /** Reads the header, which says whether rows below it can be used. */
  void readHeader(LineReader reader) throws IOException {
    header.read(reader);
  }

  /** Whether the header names all that a row needs. */
  boolean usable() {
    return header.usable();
  }

  /** How many cells a row has. */
  int cellsPerRow() {
    return header.cellsPerRow();
  }

  /** Which cell of a row holds a column of the table; negative if the file does not have it. */
  int cellOf(int column) {
    return header.cellOf(column);
  }

  /** Counts a line that another reader found to be a row without fault. */
  void countRow() {
    account.countRow();
  }

  /** Reads a line below the header, whatever is in it. */
  void readLine(Line line) {
    if (line.isBlank()) {
      account.countBlank();
      return;
    }
    if (!line.complete()) {
      account.countTorn();
      account.report(
          line.number(),
          Optional.empty(),
          "the last line is torn (no line feed ends it, so its last cell may be cut short);"
              + " it is not used");
      return;
    }
    if (!header.usable()) {
      account.countRefused(1);
      return;
    }
    Optional<List<String>> cells =
        line.oversized() ? Optional.empty() : line.text().flatMap(Cells::split);
    if (cells.isEmpty()) {
      account.refuse(
          line.number(),
          Optional.empty(),
          "is no line of CSV text (" + CsvHeader.whyNoCells(line) + ")");
      return;
    }
    if (cells.get().size() != header.cellsPerRow()) {
      account.refuse(
          line.number(),
          Optional.empty(),
          "has "
              + cells.get().size()
              + " cells where the header names "
              + header.cellsPerRow()
              + " columns");
      return;
    }
    readRow(line, cells.get());
  }

  private void readRow(Line line, List<String> cells) {
    List<InputColumn> columns = table.columns();
    Object[] values = new Object[columns.size()];
    for (int i = 0; i < columns.size(); i++) {
      InputColumn column = columns.get(i);
      String cell = header.cellOf(i) < 0 ? "" : cells.get(header.cellOf(i));
      if (cell.isBlank()) {
        if (column.required()) {
          account.refuse(line.number(), Optional.of(column.name()), "is empty");
          return;
        }
        continue;
      }
      try {
        boolean isText = column.kind() == InputColumn.Kind.TEXT;
        values[i] = isText ? cell.strip() : (Object) column.parse(cell);
      } catch (IllegalArgumentException e) {
        if (column.required() || isAlternative(column)) {
          account.refuse(line.number(), Optional.of(column.name()), e.getMessage());
          return;
        }
        account.refuseCell(line.number(), column.name(), e.getMessage());
      }
    }
    for (List<String> group : table.alternatives()) {
      if (group.stream().allMatch(one -> values[table.indexOf(one)] == null)) {
        String has =
            group.stream().filter(one -> header.cellOf(table.indexOf(one)) >= 0).findFirst().get();
        account.refuse(line.number(), Optional.of(has), "is empty");
        return;
      }
    }
    account.countRow();
    sink.accept(account.index(), line.number(), Arrays.asList(values));
  }

  private boolean isAlternative(InputColumn column) {
    return table.alternatives().stream().anyMatch(group -> group.contains(column.name()));
  }
}
