package org.carillon.analysis.merge;

import org.carillon.analysis.input.Table;

/** Where the columns stand that merging needs. */
final class Columns {

  static final int SENT_ID = of(Table.COORDINATOR, "event_id");
  static final int SEND_TIME = of(Table.COORDINATOR, "send_time_ns");
  static final int ID = of(Table.WORKER, "event_id");
  static final int NODE = of(Table.WORKER, "node_id");
  static final int SEQUENCE = of(Table.WORKER, "sequence_number");
  static final int RECEIVE_TIME = of(Table.WORKER, "receive_time_ns");
  static final int COORDINATOR_SEND_TIME = of(Table.WORKER, "coordinator_send_time_ns");

  private Columns() {}

  private static int of(Table table, String name) {
    for (int i = 0; i < table.columns().size(); i++) {
      if (table.columns().get(i).name().equals(name)) {
        return i;
      }
    }
    throw new IllegalArgumentException(table + " has no column " + name);
  }
}
