package org.carillon.events.send;

import java.util.OptionalLong;

/** At each moment of another schedule several events are due. */
final class Bursts implements Schedule {

  private final int size;
  private final Schedule moments;

  private Bursts(int size, Schedule moments) {
    this.size = size;
    this.moments = moments;
  }

  /** Bursts of so many events; a burst of one is no burst. */
  static Schedule of(int size, Schedule moments) {
    if (size < 1) {
      throw new IllegalArgumentException("a burst has at least 1 event, not " + size);
    }
    return size == 1 ? moments : new Bursts(size, moments);
  }

  @Override
  public Cursor walk() {
    Cursor cursor = moments.walk();
    return new Cursor() {
      private int position;
      private long dueNs;

      @Override
      public long next() {
        position++;
        if (position == size) {
          position = 0;
          dueNs = cursor.next();
        }
        return dueNs;
      }
    };
  }

  @Override
  public double meanRateHz() {
    return size * moments.meanRateHz();
  }

  @Override
  public long offsetNs(long index) {
    return moments.offsetNs(index / size);
  }

  @Override
  public long expectedOffsetNs(long index) {
    return moments.expectedOffsetNs(index / size);
  }

  @Override
  public OptionalLong seed() {
    return moments.seed();
  }

  @Override
  public String peculiarity() {
    String bursts = "in bursts of " + size;
    return moments.peculiarity().isEmpty() ? bursts : moments.peculiarity() + ", " + bursts;
  }
}
