package org.carillon.analysis.store;

import java.util.List;
import org.carillon.analysis.input.InputFile;
import org.carillon.analysis.merge.SetAside;
import org.carillon.analysis.merge.Span;

/**
 * What is known of a run beside the rows in its merged.parquet.
 *
 * @param files coordinator.csv first, then each worker's file
 * @param columns of merged.parquet
 * @param setAside workers' rows that could be read but do not count
 * @param outOfOrder for each worker, how many of its rows count and came after one of a later event
 * @param sending when the events were sent
 */
record MergedRun(
    List<InputFile> files,
    List<MergedColumn> columns,
    List<SetAside> setAside,
    List<Long> outOfOrder,
    Span sending) {

  MergedRun {
    files = List.copyOf(files);
    columns = List.copyOf(columns);
    setAside = List.copyOf(setAside);
    outOfOrder = List.copyOf(outOfOrder);
  }

  List<InputFile> workers() {
    return files.subList(1, files.size());
  }

  /** Events that were sent: in a run that can be merged, every row of coordinator.csv is one. */
  long sent() {
    return files.getFirst().rows();
  }

  /** How many of a file's rows have this fate. */
  long setAside(InputFile file, String fate) {
    return setAside.stream()
        .filter(row -> row.file() == file.index() && row.fate().equals(fate))
        .count();
  }
}
