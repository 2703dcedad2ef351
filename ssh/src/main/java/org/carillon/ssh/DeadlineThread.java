package org.carillon.ssh;

import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Runs a call that may hang, such as one on a dead network filesystem, and leaves it behind if it
 * does.
 */
final class DeadlineThread {
  private DeadlineThread() {}

  /**
   * What the call returns.
   *
   * @param what names it in the sentence of the failure: "listing /data"
   * @throws HostException what the call throws, or that its deadline has passed
   */
  static <T> T call(String host, String what, Deadline deadline, Callable<T> call) {
    FutureTask<T> task = new FutureTask<>(call);
    // Not a virtual thread: a hung file operation would hold a carrier for good.
    Thread.ofPlatform().daemon().name("carillon " + what).start(task);
    try {
      return task.get(deadline.remainingNs(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      task.cancel(true);
      throw new HostException(
          HostException.Kind.TIMEOUT, host, what + " was not done within " + deadline, e);
    } catch (InterruptedException e) {
      task.cancel(true);
      throw CommandWatch.interrupted(host, what, e);
    } catch (ExecutionException e) {
      switch (e.getCause()) {
        case HostException failure -> throw failure;
        case RuntimeException fault -> throw fault;
        case Error fault -> throw fault;
        case Throwable failure ->
            throw new HostException(
                HostException.Kind.REFUSED,
                host,
                what + " failed: " + failure.getMessage(),
                failure);
      }
    }
  }
}
