package org.carillon.core.record;

/** How a file's writing thread is ended: its rows are worth more than being interrupted. */
public final class WriterThread {

  private WriterThread() {}

  /** Waits until the thread has ended; an interrupt meanwhile is kept for later. */
  public static void awaitEnd(Thread thread) {
    boolean interrupted = false;
    while (true) {
      try {
        thread.join();
        break;
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
