package org.carillon.analysis.input;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongConsumer;
import org.carillon.core.CarillonException;
import org.carillon.core.ExitCode;
import org.carillon.core.run.RunFiles;

/**
 * Reads one Parquet file in batches of rows, by the rules for CSV: columns are found by name, an
 * empty cell is a null. Rows are counted from 1 in place of lines.
 */
final class ParquetScanner implements RowSource {

  private final Path path;
  private final Table table;
  private final LongConsumer progress;
  private final FileAccount account;
  private final boolean[] present;
  private final long sizeBytes;
  private final FileTime modified;
  private final ParquetCells cells;

  /** Null where the file is of no use. */
  private ParquetFile file;

  private long row;
  private long toldBytes;

  /**
   * Opens a file and looks at its columns.
   *
   * @param unread texts of the table that nobody asks for, by name
   * @param progress is told how many bytes were read, each time
   * @throws CarillonException USAGE if it cannot be read
   */
  ParquetScanner(
      Recording recording, ParquetFile.Opener opener, Set<String> unread, LongConsumer progress) {
    this.path = recording.path();
    this.table = recording.table();
    this.progress = progress;
    account = new FileAccount(recording.index(), recording.name(), table, recording.node());
    present = new boolean[table.columns().size()];
    try {
      sizeBytes = Files.size(path);
      modified = Files.getLastModifiedTime(path);
      Files.newInputStream(path).close();
    } catch (IOException e) {
      throw CsvFile.cannotRead(path, e);
    }
    List<ParquetFile.Column> read = open(opener, unread);
    if (file == null) {
      Arrays.fill(present, false);
    }
    cells = new ParquetCells(table, account, indices(read), read, file);
  }

  /** The columns to be read; none if the file is of no use. */
  private List<ParquetFile.Column> open(ParquetFile.Opener opener, Set<String> unread) {
    if (sizeBytes == 0) {
      account.report(0, Optional.empty(), "the file is empty; nothing was recorded");
      return List.of();
    }
    List<ParquetFile.Column> read = new ArrayList<>();
    try {
      file = opener.open(path);
      boolean usable = choose(unread, read);
      if (usable) {
        file.read(read);
        return read;
      }
      account.countRefused(file.rows());
    } catch (IOException e) {
      account.countRefused(file == null ? 0 : file.rows());
      account.countCut();
      account.report(
          0,
          Optional.empty(),
          "is no whole Parquet file (" + RunFiles.reason(e) + "); no row of this file is used");
    }
    close();
    return List.of();
  }

  private boolean choose(Set<String> unread, List<ParquetFile.Column> read) throws IOException {
    Map<String, ParquetFile.Column> byName = new HashMap<>();
    file.columns().forEach(column -> byName.put(column.name(), column));
    boolean usable = true;
    for (int i = 0; i < present.length; i++) {
      InputColumn wanted = table.columns().get(i);
      ParquetFile.Column found = byName.remove(wanted.name());
      boolean isRead = wanted.required() || !unread.contains(wanted.name());
      if (found != null && isRead && !ParquetCells.fit(found, wanted) && !file.isEmpty(found)) {
        account.report(
            0,
            Optional.of(wanted.name()),
            "is stored as "
                + found.type()
                + ", "
                + ParquetCells.expected(wanted)
                + (wanted.required()
                    ? "; no row of this file is used"
                    : "; the column counts as missing"));
        usable &= !wanted.required();
        found = null;
      } else if (found == null && wanted.required()) {
        account.report(
            0,
            Optional.of(wanted.name()),
            "this required column is missing; no row of this file is used");
        usable = false;
      }
      if (found == null) {
        account.noteMissing(wanted.name());
      } else if (isRead) {
        present[i] = true;
        read.add(found);
      }
    }
    file.columns().stream()
        .filter(column -> byName.containsKey(column.name()))
        .forEach(column -> account.noteUnused(column.name()));
    return usable;
  }

  /** Which column of the table each of these is. */
  private int[] indices(List<ParquetFile.Column> read) {
    int[] indices = new int[read.size()];
    int next = 0;
    for (int i = 0; i < present.length && next < indices.length; i++) {
      if (present[i]) {
        indices[next++] = i;
      }
    }
    return indices;
  }

  @Override
  public boolean has(int column) {
    return present[column];
  }

  @Override
  public RowBatch next() {
    RowBatch batch = new RowBatch(table, present);
    try {
      while (file != null && !batch.isFull() && file.next()) {
        row++;
        if (cells.read(row, batch)) {
          account.countRow();
          batch.endRow(row);
        }
      }
    } catch (IOException e) {
      account.countRefused(file.rows() - row);
      account.countCut();
      account.reportFirst(
          "cannot be read beyond row "
              + row
              + " of "
              + file.rows()
              + " ("
              + RunFiles.reason(e)
              + "); what stands before counts, the rest is lost");
      close();
    }
    tell();
    return batch;
  }

  private void tell() {
    if (file != null) {
      long bytes = (long) ((double) sizeBytes * row / Math.max(row, file.rows()));
      progress.accept(bytes - toldBytes);
      toldBytes = bytes;
    }
  }

  @Override
  public InputFile account() {
    progress.accept(sizeBytes - toldBytes);
    toldBytes = sizeBytes;
    try {
      String sha256 = FileBytes.sha256(path, count -> {});
      if (Files.size(path) != sizeBytes || !Files.getLastModifiedTime(path).equals(modified)) {
        throw new CarillonException(
            ExitCode.USAGE,
            path + " changed while it was read; analyse it when whoever writes it has finished.");
      }
      return account.end(sha256, sizeBytes);
    } catch (IOException e) {
      throw CsvFile.cannotRead(path, e);
    }
  }

  @Override
  public void close() {
    if (file != null) {
      file.close();
      file = null;
    }
  }
}
