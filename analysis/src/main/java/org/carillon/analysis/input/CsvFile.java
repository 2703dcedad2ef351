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

  private boolean usable;
  private long headerLine;
  private int cellsPerRow;
  private int[] cellOfColumn;

  CsvFile(int index, Path path, Table table, String node, RowSink sink) {
    this(index, path, path.getFileName().toString(), table, node, sink);
  }

  /** As above, of a file that goes by another name than its own. */
  CsvFile(int index, Path path, String name, Table table, String node, RowSink sink) {
    this.path = path;
    this.table = table;
    this.sink = sink;
    account = new FileAccount(index, name, table, node);
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

  /**
   * Reads the header, the first line that is not blank, which says where the columns are and
   * whether rows below it can be used.
   */
  void readHeader(LineReader reader) throws IOException {
    Optional<Line> first = reader.next();
    while (first.isPresent() && first.get().complete() && first.get().isBlank()) {
      account.countBlank();
      first = reader.next();
    }
    if (reader.byteOrderMark()) {
      account.report(1, Optional.empty(), "begins with a byte order mark, which was skipped");
    }
    usable = mayUse(first, reader.damage().isPresent());
  }

  private boolean mayUse(Optional<Line> first, boolean isDamaged) {
    if (first.isEmpty()) {
      if (!isDamaged) {
        account.report(
            0, Optional.empty(), "the file is empty, not even a header; nothing was recorded");
      }
      return false;
    }
    Line line = first.get();
    headerLine = line.number();
    if (line.hasBareReturns()) {
      account.report(
          headerLine,
          Optional.empty(),
          "lines end in CR alone, which is no line end here, so that no row of this file is used;"
              + " write LF instead, for example with: tr '\\r' '\\n'");
      return false;
    }
    Optional<List<String>> cells = line.oversized() ? Optional.empty() : header(line);
    if (cells.isEmpty()) {
      account.report(
          headerLine,
          Optional.empty(),
          "is no CSV header (" + whyNoCells(line) + "); no row of this file is used");
      return false;
    }
    if (!line.complete()) {
      account.report(
          headerLine,
          Optional.empty(),
          "the file ends within its header; no row "
              + (isDamaged ? "can be read" : "was recorded"));
      return false;
    }
    return findColumns(cells.get().stream().map(String::strip).toList());
  }

  private static Optional<List<String>> header(Line line) {
    return line.text().flatMap(Cells::split);
  }

  private boolean findColumns(List<String> names) {
    cellsPerRow = names.size();
    List<InputColumn> columns = table.columns();
    cellOfColumn = new int[columns.size()];
    Arrays.fill(cellOfColumn, -1);
    boolean usable = true;
    for (int cell = 0; cell < names.size(); cell++) {
      int column = indexOf(names.get(cell));
      if (column < 0) {
        account.noteUnused(names.get(cell));
      } else if (cellOfColumn[column] >= 0) {
        account.report(
            headerLine,
            Optional.of(names.get(cell)),
            "the header names this column twice; no row of this file is used");
        usable = false;
      } else {
        cellOfColumn[column] = cell;
      }
    }
    for (int column = 0; column < columns.size(); column++) {
      if (cellOfColumn[column] < 0) {
        if (columns.get(column).required()) {
          account.report(
              headerLine,
              Optional.of(columns.get(column).name()),
              "this required column is missing; no row of this file is used");
          usable = false;
        } else {
          account.noteMissing(columns.get(column).name());
        }
      }
    }
    for (List<String> group : table.alternatives()) {
      if (group.stream().noneMatch(names::contains)) {
        account.report(
            headerLine,
            Optional.empty(),
            "there is none of the columns "
                + String.join(", ", group)
                + "; no row of this file is used");
        usable = false;
      }
    }
    return usable;
  }

  private int indexOf(String name) {
    for (int i = 0; i < table.columns().size(); i++) {
      if (table.columns().get(i).name().equals(name)) {
        return i;
      }
    }
    return -1;
  }

  /** Whether the header names all that a row needs. */
  boolean usable() {
    return usable;
  }

  /** How many cells a row has. */
  int cellsPerRow() {
    return cellsPerRow;
  }

  /** Which cell of a row holds a column of the table; negative if the file does not have it. */
  int cellOf(int column) {
    return cellOfColumn == null ? -1 : cellOfColumn[column];
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
    if (!usable) {
      account.countRefused(1);
      return;
    }
    Optional<List<String>> cells =
        line.oversized() ? Optional.empty() : line.text().flatMap(Cells::split);
    if (cells.isEmpty()) {
      account.refuse(
          line.number(), Optional.empty(), "is no line of CSV text (" + whyNoCells(line) + ")");
      return;
    }
    if (cells.get().size() != cellsPerRow) {
      account.refuse(
          line.number(),
          Optional.empty(),
          "has "
              + cells.get().size()
              + " cells where the header names "
              + cellsPerRow
              + " columns");
      return;
    }
    readRow(line, cells.get());
  }

  private static String whyNoCells(Line line) {
    if (line.oversized()) {
      return "longer than 1 MiB";
    }
    return line.text().isEmpty()
        ? "bytes that are no UTF-8 text"
        : "a quote is not closed or stands within a cell";
  }

  private void readRow(Line line, List<String> cells) {
    List<InputColumn> columns = table.columns();
    Object[] values = new Object[columns.size()];
    for (int i = 0; i < columns.size(); i++) {
      InputColumn column = columns.get(i);
      String cell = cellOfColumn[i] < 0 ? "" : cells.get(cellOfColumn[i]);
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
      if (group.stream().allMatch(one -> values[indexOf(one)] == null)) {
        String has =
            group.stream().filter(one -> cellOfColumn[indexOf(one)] >= 0).findFirst().get();
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
