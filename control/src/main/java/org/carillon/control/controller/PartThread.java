package org.carillon.control.controller;

import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CountDownLatch;
import org.carillon.core.CarillonException;
import org.carillon.core.ExitCode;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The thread in which the coordinator's own part is prepared and performed. */
final class PartThread {

  private static final Logger LOG = LoggerFactory.getLogger(PartThread.class);

  /** Called by the part's thread. */
  interface Listener {
    void prepared();

    void performed(OptionalLong lastEventId);

    void failed(CarillonException fault);
  }

  private final CountDownLatch started = new CountDownLatch(1);
  private final Thread thread;
  private volatile long startTrueTimeNs;

  /** Begins to prepare. */
  PartThread(CoordinatorPart part, List<ReadyWorker> workers, Listener listener) {
    this.thread =
        Thread.ofPlatform()
            .name("coordinator-part")
            .daemon()
            .start(() -> run(part, workers, listener));
  }

  /** Lets it perform. */
  void start(long startTrueTimeNs) {
    this.startTrueTimeNs = startTrueTimeNs;
    started.countDown();
  }

  /** Tells it to end. */
  void interrupt() {
    thread.interrupt();
  }

  /** Ends it, and waits a while for that. */
  void end(Duration patience) throws InterruptedException {
    thread.interrupt();
    if (!thread.join(patience)) {
      LOG.warn(
          "the coordinator's own part has not ended {} s after it was told to",
          patience.toSeconds());
    }
  }

  private void run(CoordinatorPart part, List<ReadyWorker> workers, Listener listener) {
    try {
      part.prepare(workers);
      listener.prepared();
      started.await();
      listener.performed(part.perform(startTrueTimeNs));
    } catch (InterruptedException e) {
      LOG.debug("the coordinator's own part was ended early");
    } catch (CarillonException e) {
      listener.failed(e);
    } catch (RuntimeException | Error e) {
      LOG.error("the coordinator's own part failed", e);
      listener.failed(
          new CarillonException(ExitCode.INTERNAL, "the coordinator's own part failed: " + e, e));
    }
  }
}
