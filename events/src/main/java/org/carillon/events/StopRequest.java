package org.carillon.events;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** The wish that a worker or coordinator end in good order, expressed by any thread, once. */
public final class StopRequest {
  private final CountDownLatch latch = new CountDownLatch(1);

  /** Expresses the wish; may be repeated. */
  public void request() {
    latch.countDown();
  }

  /** Whether it was expressed. */
  public boolean requested() {
    return latch.getCount() == 0;
  }

  /**
   * Waits until the wish is expressed, or the time is over. An interrupt of the waiting thread
   * expresses it as well.
   *
   * @return whether it was expressed
   */
  public boolean await(Duration atMost) {
    try {
      return latch.await(atMost.toNanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      request();
      return true;
    }
  }
}
