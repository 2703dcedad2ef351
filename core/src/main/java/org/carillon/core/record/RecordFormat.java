package org.carillon.core.record;

import java.util.List;

/**
 * How records of one kind, each so many longs, become lines of one CSV file. What {@link RowFormat}
 * is to rows that are objects. It belongs to the one thread that writes.
 */
public interface RecordFormat {

  /** The header, left to right. */
  List<Column> columns();

  /** How many longs a record has. */
  int recordLongs();

  /**
   * The room that {@link #format} needs, in bytes: what the longest line takes, LF included, or
   * more.
   */
  int lineBytesMax();

  /**
   * Writes a record as a line, LF included.
   *
   * @param records where it stands
   * @param at where it begins
   * @param note what goes with it, or null
   * @param into has room for {@link #lineBytesMax()}
   * @param position where the line is to begin
   * @return where it ends
   */
  int format(long[] records, int at, Object note, byte[] into, int position);
}
