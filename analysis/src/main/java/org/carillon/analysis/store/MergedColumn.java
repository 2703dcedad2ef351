package org.carillon.analysis.store;

import org.carillon.analysis.input.InputColumn;

/**
 * A column of merged.parquet: what the coordinator, or one worker, wrote of an event.
 *
 * @param name in the file: {@code event_id}, or the name in the recording after {@code sent_} or
 *     {@code w1_}, {@code w2_}…
 * @param worker which of the workers, from 0; {@link #SENT} for the coordinator
 * @param column which column of its recording; {@link #LINE} for the line that the row stands on
 * @param isText whether it holds text; otherwise a BIGINT
 */
record MergedColumn(String name, int worker, int column, boolean isText) {

  static final int SENT = -1;
  static final int LINE = -1;

  /** Of whom: the beginning of a name. */
  static String prefix(int worker) {
    return worker == SENT ? "sent_" : "w" + (worker + 1) + "_";
  }

  static MergedColumn line(int worker) {
    return new MergedColumn(prefix(worker) + "line", worker, LINE, false);
  }

  static MergedColumn of(int worker, int column, InputColumn stored) {
    boolean isId = worker == SENT && stored.name().equals("event_id");
    return new MergedColumn(
        isId ? "event_id" : prefix(worker) + stored.storedName(),
        worker,
        column,
        stored.kind() == InputColumn.Kind.TEXT);
  }

  String type() {
    return isText ? "VARCHAR" : "BIGINT";
  }
}
