package org.carillon.core.record;

import java.nio.file.Path;
import org.carillon.core.time.ClockSource;

/**
 * Writes records to a CSV file on a thread of its own, as {@link RowLog} does with rows, for what
 * comes many times in a millisecond: handing a record over takes no lock and makes no object.
 *
 * <p>For one thread that records: {@link #claim}, fill the record, and {@link #publish} once for as
 * many as came together.
 */
public final class RecordLog implements AutoCloseable {

  private RecordLog() {}

  /**
   * Makes the file, with its header line, and starts writing.
   *
   * @param beforeWrite run on the writing thread before each write to the file; may take its time,
   *     as a slow disk does
   * @throws org.carillon.core.CarillonException if the file cannot be made
   */
  public static RecordLog open(
      Path path, RecordFormat format, ClockSource clock, Runnable beforeWrite) {
    throw new UnsupportedOperationException();
  }

  /** Where the next record begins in {@link #records}, or −1: then it is lost and counted. */
  public int claim() {
    throw new UnsupportedOperationException();
  }

  /** Where claimed records are to be written. */
  public long[] records() {
    throw new UnsupportedOperationException();
  }

  /** Something to go with the record that was claimed last; see {@link RecordFormat}. */
  public void note(Object note) {
    throw new UnsupportedOperationException();
  }

  /** Hands over all that was claimed. */
  public void publish() {
    throw new UnsupportedOperationException();
  }

  /** Rows that the operating system has taken so far. */
  public long writtenRows() {
    throw new UnsupportedOperationException();
  }

  /** Rows lost so far: neither in the file nor on their way to it. */
  public long lostRows() {
    throw new UnsupportedOperationException();
  }

  /** The file. */
  public Path path() {
    throw new UnsupportedOperationException();
  }

  /** Writes what was published before, and closes the file. */
  @Override
  public void close() {
    throw new UnsupportedOperationException();
  }
}
