package org.carillon.deploy;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** The wish that a deployment stop what it started and end, expressed by any thread, once. */
public final class Cancellation {
  private final CountDownLatch latch = new CountDownLatch(1);

  /** Expresses the wish. */
  public void request() {
    latch.countDown();
  }

  /** Whether it was expressed. */
  public boolean requested() {
    return latch.getCount() == 0;
  }

  /**
   * Waits until the wish is expressed or the time is over.
   *
   * @return whether it was expressed; an interrupt of the waiting thread expresses it too
   */
  public boolean await(Duration atMost) {
    try {
      return latch.await(Math.max(0, atMost.toNanos()), TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      request();
      return true;
    }
  }
}
