package org.carillon.events.send;

import java.nio.file.Path;
import java.util.OptionalLong;
import org.carillon.core.record.RecordedGaps;

/** The events of a recorded coordinator.csv, as far apart as they were. */
final class Recording implements Schedule {

  private final Path file;
  private final long[] offsetsNs;

  /**
   * Reads a file, and keeps 8 bytes an event.
   *
   * @throws org.carillon.core.CarillonException USAGE if it is no good
   */
  Recording(Path file) {
    this.file = file;
    this.offsetsNs = RecordedGaps.offsetsNs(file);
  }

  @Override
  public Cursor walk() {
    return new Cursor() {
      private int position;

      @Override
      public long next() {
        position = Math.min(position + 1, offsetsNs.length - 1);
        return offsetsNs[position];
      }
    };
  }

  /** After the last event nothing more comes: no delay. */
  @Override
  public long offsetNs(long index) {
    return offsetsNs[(int) Math.min(index, offsetsNs.length - 1)];
  }

  @Override
  public double meanRateHz() {
    long lastNs = offsetsNs[offsetsNs.length - 1];
    return lastNs == 0 ? Double.POSITIVE_INFINITY : (offsetsNs.length - 1) * 1e9 / lastNs;
  }

  @Override
  public OptionalLong events() {
    return OptionalLong.of(offsetsNs.length);
  }

  @Override
  public String peculiarity() {
    return "as in " + file;
  }
}
