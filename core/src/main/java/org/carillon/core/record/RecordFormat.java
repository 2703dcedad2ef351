package org.carillon.core.record;

import java.util.List;

/**
 * How records of one kind, each so many longs, become lines of one CSV file. What {@link RowFormat}
 * is to rows that are objects.
 */
public interface RecordFormat {

  /** The header, left to right. */
  List<Column> columns();

  /** How many longs a record has. */
  int recordLongs();

  /** No line without a note is longer, in bytes, LF included. */
  int lineBytesMax();

  /** The same for a record with this note. */
  default int lineBytesMax(Object note) {
    return lineBytesMax();
  }

  /**
   * Writes a record as a line, LF included.
   *
   * @param records where it stands
   * @param at where it begins
   * @param note what goes with it, or null
   * @param into has room
   * @param position where the line is to begin
   * @return where it ends
   */
  int format(long[] records, int at, Object note, byte[] into, int position);
}
