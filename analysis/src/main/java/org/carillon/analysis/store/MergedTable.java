package org.carillon.analysis.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.LongConsumer;
import java.util.function.LongPredicate;
import org.carillon.analysis.input.InputColumn;
import org.carillon.analysis.input.InputFile;
import org.carillon.analysis.input.ReadAhead;
import org.carillon.analysis.input.Recording;
import org.carillon.analysis.input.RowBatch;
import org.carillon.analysis.input.Table;
import org.carillon.analysis.merge.EventMerge;
import org.carillon.analysis.merge.OutOfReach;
import org.carillon.core.CarillonException;

/** Writes merged.parquet: the files of a run in one pass, one row per event. */
final class MergedTable {

  /**
   * Texts that no statement asks for: another form of a number, and what is the same in every row.
   */
  static final Set<String> UNREAD = Set.of("send_time_iso", "workers_sent");

  /** More would need too many columns side by side. */
  static final int MOST_WORKERS = 64;

  /** Values of a row group at most, so that one being written needs some 50 MB. */
  private static final int ROW_GROUP_VALUES = 6_500_000;

  private MergedTable() {}

  /**
   * Merges a run's files.
   *
   * @param recordings coordinator.csv first, then each worker's file
   * @param wanted of which event ids rows are written; what is told beside them is of the whole run
   * @param progress is told how many bytes were read, each time, by several threads
   * @throws OutOfReach if its rows are too mixed up for that
   * @throws CarillonException USAGE if a file cannot be read or written
   */
  static MergedRun write(
      Database database,
      List<Recording> recordings,
      Path parquet,
      LongPredicate wanted,
      LongConsumer progress) {
    if (recordings.size() - 1 > MOST_WORKERS) {
      throw OutOfReach.because("there are more than " + MOST_WORKERS + " workers");
    }
    List<ReadAhead> files = new ArrayList<>();
    try {
      recordings.forEach(
          recording -> files.add(recording.scan(database.parquet(), UNREAD, progress)));
      List<EventMerge.Worker> workers = new ArrayList<>();
      for (int i = 1; i < recordings.size(); i++) {
        workers.add(
            new EventMerge.Worker(
                recordings.get(i).index(), recordings.get(i).node(), files.get(i)));
      }
      EventMerge merge = new EventMerge(files.getFirst(), workers, wanted);
      List<MergedColumn> columns = columns(files);
      copy(database, merge, columns, parquet);
      List<InputFile> accounts = files.stream().map(ReadAhead::account).toList();
      return new MergedRun(accounts, columns, merge.setAside(), merge.outOfOrder(), merge.span());
    } finally {
      files.forEach(ReadAhead::close);
    }
  }

  private static List<MergedColumn> columns(List<ReadAhead> files) {
    List<MergedColumn> columns = new ArrayList<>();
    for (int i = 0; i < files.size(); i++) {
      int worker = i - 1;
      columns.add(MergedColumn.line(worker));
      List<InputColumn> stored = (i == 0 ? Table.COORDINATOR : Table.WORKER).columns();
      for (int column = 0; column < stored.size(); column++) {
        String name = stored.get(column).name();
        boolean isKey = i > 0 && (name.equals("event_id") || name.equals("node_id"));
        boolean isSurelyThere = stored.get(column).required();
        if (!isKey && (isSurelyThere || files.get(i).has(column))) {
          columns.add(MergedColumn.of(worker, column, stored.get(column)));
        }
      }
    }
    return columns;
  }

  private static void copy(
      Database database, EventMerge merge, List<MergedColumn> columns, Path parquet) {
    Path unfinished = CacheFile.unfinished(parquet);
    MergeFunction.Source source =
        new MergeFunction.Source(merge, columns, database.resources().threads());
    int rows = Math.max(1, ROW_GROUP_VALUES / columns.size() / RowBatch.CAPACITY);
    try {
      database.offer(
          source,
          "COPY (FROM %s) TO "
              + SqlText.text(unfinished.toString())
              + " (FORMAT parquet, PARQUET_VERSION v2, COMPRESSION lz4_raw, ROW_GROUP_SIZE "
              + rows * RowBatch.CAPACITY
              + ")");
      CacheFile.publish(parquet);
    } catch (IOException e) {
      throw Database.cannotWrite(parquet, e);
    } catch (IllegalStateException e) {
      throw source.failure().orElse(e);
    } finally {
      delete(unfinished);
    }
  }

  private static void delete(Path unfinished) {
    try {
      Files.deleteIfExists(unfinished);
    } catch (IOException e) {
      throw Database.cannotWrite(unfinished, e);
    }
  }
}
