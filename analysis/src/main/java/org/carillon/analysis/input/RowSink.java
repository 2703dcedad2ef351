package org.carillon.analysis.input;

import java.util.List;

/** Where rows go that could be read. */
public interface RowSink {

  /**
   * Takes a row.
   *
   * @param file the index of its file, see {@link InputFile#index()}
   * @param line its line number
   * @param values one for each column of the table, in their order: a {@code Long}, a {@code
   *     String}, or null where nothing was measured
   */
  void accept(int file, long line, List<Object> values);
}
