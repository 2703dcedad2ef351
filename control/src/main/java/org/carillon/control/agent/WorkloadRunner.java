package org.carillon.control.agent;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.function.Function;
import org.carillon.control.workload.NodeClock;
import org.carillon.control.workload.Workload;
import org.carillon.control.workload.WorkloadFactory;
import org.carillon.control.workload.WorkloadSpec;
import org.carillon.core.CarillonException;
import org.carillon.core.ExitCode;
import org.carillon.core.time.ClockSource;
import org.carillon.core.time.Moment;
import org.carillon.core.time.Reading;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Calls the workload, on a thread of its own, one call after the other, since preparing and closing
 * may block. What comes of it is told as an event.
 */
final class WorkloadRunner implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(WorkloadRunner.class);

  /**
   * A sleep ends some 50 µs late; the rest of the time is spent asking the clock. No longer than
   * that: where several workers share few processors, those that spin keep the others from theirs.
   */
  private static final long SPIN_NS = 200_000;

  /** After the start, for other workers of this machine that still wait for a processor. */
  private static final Duration STILLNESS = Duration.ofMillis(10);

  /** The clock's estimate may move while a worker sleeps towards the start. */
  private static final long SLEEP_MAX_NS = 500_000_000;

  private final ClockSource clock;
  private final NodeClock nodeClock;
  private final WorkloadFactory factory;
  private final Consumer<AgentEvent> events;
  private final ExecutorService thread =
      Executors.newSingleThreadExecutor(Thread.ofPlatform().name("workload").daemon().factory());

  private volatile Optional<Workload> workload = Optional.empty();

  /** What a call says that was interrupted is of no interest. */
  private volatile boolean calledOff;

  private Future<?> current = CompletableFuture.completedFuture(null);

  WorkloadRunner(
      ClockSource clock,
      NodeClock nodeClock,
      WorkloadFactory factory,
      Consumer<AgentEvent> events) {
    this.clock = clock;
    this.nodeClock = nodeClock;
    this.factory = factory;
    this.events = events;
  }

  /** The workload, if it was made. */
  Optional<Workload> workload() {
    return workload;
  }

  void prepare(long runId, RunConfig config) {
    run(
        "workload.prepare",
        () -> {
          Workload made;
          try {
            made = factory.make(runId, config.workload());
          } catch (IllegalArgumentException e) {
            String path = "config." + fieldOf(config);
            events.accept(new AgentEvent.Failed(path, e.getMessage(), ExitCode.USAGE));
            return;
          }
          workload = Optional.of(made);
          events.accept(new AgentEvent.Prepared(made.prepare()));
        });
  }

  private static String fieldOf(RunConfig config) {
    return switch (config.workload()) {
      case WorkloadSpec.EventStream _ -> "event_stream";
      case WorkloadSpec.Exec _ -> "exec";
    };
  }

  void startAt(long startTrueTimeNs) {
    run(
        "workload.start",
        () -> {
          Workload ready = workload.orElseThrow();
          CompletableFuture<Void> finished = new CompletableFuture<>();
          Runnable finish = () -> finished.complete(null);
          Optional<StartMoment> first = waitFor(startTrueTimeNs);
          if (first.isEmpty()) {
            events.accept(
                new AgentEvent.Failed(
                    "start",
                    "this node's clock is no longer synchronized and cannot find the start's"
                        + " moment",
                    ExitCode.CLOCKS));
            return;
          }
          ready.start(first.get().reading(), finish);
          clock.sleep(STILLNESS);
          events.accept(new AgentEvent.Started(first.get()));
          finished.thenRun(() -> events.accept(new AgentEvent.Finished()));
        });
  }

  /** The first moment whose best estimate has reached this; empty if the clock does not know. */
  private Optional<StartMoment> waitFor(long trueTimeNs) throws InterruptedException {
    while (true) {
      Moment moment = Moment.now(clock);
      Optional<Reading> now = nodeClock.readingAt(moment);
      if (now.isEmpty()) {
        return Optional.empty();
      }
      if (now.get().bestNs() >= trueTimeNs) {
        return Optional.of(new StartMoment(now.get(), knownTrueTimeNs(moment.realtimeNs())));
      }
      if (Thread.interrupted()) {
        throw new InterruptedException();
      }
      long leftNs = trueTimeNs - now.get().bestNs() - SPIN_NS;
      if (leftNs > 0) {
        clock.sleepUntil(clock.monotonicNs() + Math.min(leftNs, SLEEP_MAX_NS));
      } else {
        Thread.onSpinWait();
      }
    }
  }

  private OptionalLong knownTrueTimeNs(long realtimeNs) {
    return clock.knowsTrueTime() ? OptionalLong.of(realtimeNs) : OptionalLong.empty();
  }

  void finish() {
    end(Workload::finish);
  }

  /** Interrupts what runs, and ends the workload after it. */
  void callOff(String reason) {
    calledOff = true;
    current.cancel(true);
    end(made -> made.abort(reason));
  }

  private void end(Function<Workload, Workload.Ending> way) {
    submit("workload", () -> events.accept(new AgentEvent.Closed(workload.map(way))), events);
  }

  private void run(String path, Call call) {
    submit(
        path,
        call,
        failed -> {
          if (!calledOff) {
            events.accept(failed);
          }
        });
  }

  private interface Call {
    void make() throws InterruptedException;
  }

  private void submit(String path, Call call, Consumer<? super AgentEvent.Failed> onFault) {
    current =
        thread.submit(
            () -> {
              try {
                call.make();
              } catch (InterruptedException e) {
                LOG.debug("{} was called off", path);
              } catch (CarillonException e) {
                onFault.accept(new AgentEvent.Failed(path, e.getMessage(), e.exitCode()));
              } catch (RuntimeException | Error e) {
                LOG.error("a fault of ours in {}", path, e);
                onFault.accept(
                    new AgentEvent.Failed(path, "a fault of ours: " + e, ExitCode.INTERNAL));
              }
            });
  }

  @Override
  public void close() {
    thread.shutdownNow();
  }
}
