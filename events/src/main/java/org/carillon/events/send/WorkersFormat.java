package org.carillon.events.send;

import java.util.List;
import org.carillon.core.record.Column;
import org.carillon.core.record.CoordinatorRecord;
import org.carillon.core.record.RecordFormat;

/**
 * The lines of coordinator.csv for a file that is made before it is known who the workers are. They
 * must be named before the first record is published.
 */
final class WorkersFormat implements RecordFormat {

  private volatile RecordFormat format = CoordinatorRecord.format(List.of());

  /** Names the workers, HOST:PORT each. */
  void name(List<String> workers) {
    format = CoordinatorRecord.format(workers);
  }

  @Override
  public List<Column> columns() {
    return format.columns();
  }

  @Override
  public int recordLongs() {
    return format.recordLongs();
  }

  @Override
  public int lineBytesMax() {
    return format.lineBytesMax();
  }

  @Override
  public int format(long[] records, int at, Object note, byte[] into, int position) {
    return format.format(records, at, note, into, position);
  }
}
