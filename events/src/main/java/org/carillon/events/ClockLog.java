package org.carillon.events;

import org.carillon.core.record.ClockRow;
import org.carillon.core.record.RowLog;
import org.carillon.core.record.SampleRow;
import org.carillon.core.time.ClockSource;
import org.carillon.ntp.TimeKeeper;

/** Writes down what is learned about a node's clock. */
final class ClockLog implements TimeKeeper.Listener, AutoCloseable {

  private final RowLog<SampleRow> samples;
  private final RowLog<ClockRow> incidents;

  private ClockLog(RowLog<SampleRow> samples, RowLog<ClockRow> incidents) {
    this.samples = samples;
    this.incidents = incidents;
  }

  /**
   * Makes the files.
   *
   * @throws org.carillon.core.CarillonException if one cannot be made
   */
  static ClockLog open(ClockFiles files, ClockSource clock) {
    RowLog<SampleRow> samples = RowLog.open(files.samples(), SampleRow.FORMAT, clock);
    try {
      return new ClockLog(samples, RowLog.open(files.incidents(), ClockRow.FORMAT, clock));
    } catch (RuntimeException e) {
      samples.close();
      throw e;
    }
  }

  @Override
  public void sampled(SampleRow sample) {
    samples.offer(sample);
  }

  @Override
  public void noticed(ClockRow row) {
    incidents.offer(row);
  }

  /** Rows that could not be written. */
  long lostRows() {
    return samples.lostRows() + incidents.lostRows();
  }

  @Override
  public void close() {
    samples.close();
    incidents.close();
  }
}
