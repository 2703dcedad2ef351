package org.carillon.cli;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Lets a command end in good order when it gets SIGINT or SIGTERM, and with its own exit code
 * instead of the 130 or 143 that a Java process ends with otherwise.
 */
final class Signals {

  /** Whoever has not ended by then is stuck. */
  private static final Duration GRACE = Duration.ofSeconds(60);

  private static final CountDownLatch ENDED = new CountDownLatch(1);
  private static volatile int exitCode;

  private Signals() {}

  /**
   * From here on, a signal runs {@code stop}, waits until the command has returned, and ends the
   * process with the command's exit code.
   *
   * @param stop asks the command to return; called on another thread
   */
  static void onStop(Runnable stop) {
    Runtime.getRuntime().addShutdownHook(new Thread(() -> endInGoodOrder(stop), "signal"));
  }

  private static void endInGoodOrder(Runnable stop) {
    if (ENDED.getCount() == 0) {
      return; // No signal: the command has returned, and the process ends as it would anyway.
    }
    stop.run();
    try {
      if (!ENDED.await(GRACE.toSeconds(), TimeUnit.SECONDS)) {
        System.err.println("did not end within " + GRACE.toSeconds() + " s of the signal");
        return;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return;
    }
    System.out.flush();
    System.err.flush();
    Runtime.getRuntime().halt(exitCode);
  }

  /** Notes that the command has returned. */
  static void ended(int code) {
    exitCode = code;
    ENDED.countDown();
  }
}
