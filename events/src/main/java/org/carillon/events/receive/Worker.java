package org.carillon.events.receive;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.OptionalInt;
import org.carillon.core.CarillonException;
import org.carillon.core.event.RunId;
import org.carillon.core.fault.FaultInjector;
import org.carillon.core.record.ClockCells;
import org.carillon.core.run.RunFiles;
import org.carillon.core.time.ClockSource;
import org.carillon.core.time.ClockStatus;
import org.carillon.events.Closing;
import org.carillon.events.MeasuredClocks;
import org.carillon.events.ReadyFile;
import org.carillon.events.StopRequest;
import org.carillon.events.WarmUp;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * Receives events on one node and records when they came. Its port is bound and its files are open
 * from {@link #open} on, and what arrives during the warm-up is recorded too.
 */
public final class Worker implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Worker.class);
  private static final Duration REPORT_INTERVAL = Duration.ofSeconds(10);

  private final WorkerOptions options;
  private final ClockSource clock;
  private final EventReceiver receiver;
  private final MeasuredClocks clocks;
  private final EventReception reception;
  private final StopRequest stop = new StopRequest();
  private boolean severalRunsSaid;
  private Optional<WorkerTotals> reported = Optional.empty();

  private Worker(WorkerOptions options, FaultInjector faults, Deque<AutoCloseable> opened) {
    this.options = options;
    this.clock = faults.clock();
    // The port first: a second worker started by mistake must not touch the first one's files.
    this.receiver = EventReceiver.bind(options.listenPort(), options.receive(), clock);
    opened.push(receiver);
    options.readyFile().map(ReadyFile::new).ifPresent(ReadyFile::clear);
    options.summaryFile().ifPresent(RunFiles::requirePublishable);
    this.clocks = MeasuredClocks.start(options.clocks(), clock, options.clockFiles());
    opened.push(clocks);
    this.reception =
        new EventReception(options, receiver, faults, clocks, Optional.empty(), stop::request);
  }

  /**
   * Binds the port, opens the files and starts receiving; nothing goes wrong on purpose.
   *
   * @param clock the node's clock
   * @throws CarillonException if the port or a file cannot be had
   */
  public static Worker open(WorkerOptions options, ClockSource clock) {
    return open(options, FaultInjector.none(clock));
  }

  /**
   * Binds the port, opens the files and starts receiving.
   *
   * @param faults what goes wrong, and the node's clock
   * @throws CarillonException if the port or a file cannot be had
   */
  public static Worker open(WorkerOptions options, FaultInjector faults) {
    Deque<AutoCloseable> opened = new ArrayDeque<>();
    try {
      return new Worker(options, faults, opened);
    } catch (RuntimeException e) {
      opened.forEach(resource -> Closing.closeAfter(e, resource));
      throw e;
    }
  }

  /** The UDP port that is bound. */
  public int port() {
    return receiver.port();
  }

  /** Ends the worker in good order; from any thread. */
  public void stop() {
    stop.request();
  }

  /**
   * Warms the clocks up and then reports every ten seconds, until {@link #stop}; then takes what
   * the socket still holds, writes it, and closes everything.
   *
   * @return what was done
   * @throws CarillonException if the socket failed for good; what had arrived is written
   */
  public WorkerTotals run() {
    introduce();
    Rehearsal.of(clock, clocks, options.recordFormat(), Optional.empty());
    WarmUp warmUp = new WarmUp(clock, clocks);
    LOG.info("WARMUP PHASE: measuring the clocks for {} s", options.warmup().toSeconds());
    if (warmUp.await(options.warmup(), stop)) {
      becomeReady(warmUp.now());
      while (!stop.await(REPORT_INTERVAL)) {
        report(totals(), warmUp.now());
        warnOfSeveralRuns();
      }
    }
    close();
    WorkerTotals totals = totals();
    LOG.info("Worker {} ends: {}", options.nodeId(), totals);
    options.summaryFile().ifPresent(totals::publish);
    reception
        .fault()
        .ifPresent(
            fault -> {
              throw fault;
            });
    return totals;
  }

  /** At level INFO if a count has changed since the last time. */
  private void report(WorkerTotals totals, ClockCells now) {
    Level level = levelOf(reported, totals);
    reported = Optional.of(totals);
    LOG.atLevel(level).log("{}; {}", totals, WarmUp.describe(now));
  }

  static Level levelOf(Optional<WorkerTotals> last, WorkerTotals now) {
    return last.filter(now::equals).isPresent() ? Level.DEBUG : Level.INFO;
  }

  private void warnOfSeveralRuns() {
    if (!severalRunsSaid && reception.runs() > 1) {
      severalRunsSaid = true;
      LOG.warn(
          "events of {} runs arrive and stand in one file: name one with --run-id",
          reception.runs());
    }
  }

  private void introduce() {
    LOG.info(
        "Worker {} listens on UDP port {} with a receive buffer of {} bytes, stamped by {}; its"
            + " clock is {}; it records into {}",
        options.nodeId(),
        port(),
        receiveBufferText(),
        stampedByText(),
        clock.specification(),
        options.output());
    if (options.runId().isPresent()) {
      LOG.info("Events of run {} are recorded", RunId.format(options.runId().getAsLong()));
    } else {
      LOG.info("Events of any run are recorded, since --run-id names none");
    }
    if (options.clocks().ntpServers().isEmpty()) {
      LOG.warn("There is no --ntp-server: nothing will be known about the error of this clock");
    }
  }

  private String stampedByText() {
    return switch (receiver.stampedBy()) {
      case KERNEL -> "the kernel";
      case USER -> "this process";
    };
  }

  private String receiveBufferText() {
    try {
      return String.valueOf(receiver.receiveBufferBytes());
    } catch (IOException e) {
      LOG.debug("the size of the receive buffer is not to be had", e);
      return "an unknown number of";
    }
  }

  private void becomeReady(ClockCells now) {
    if (!options.clocks().ntpServers().isEmpty() && now.status() == ClockStatus.UNSYNCHRONIZED) {
      LOG.warn(
          "NO TIME SERVER of {} HAS GIVEN A USABLE ANSWER: events are recorded all the same, with"
              + " empty ntp_ and bc_ cells until one does",
          options.clocks().ntpServers());
    }
    LOG.info("WARMUP COMPLETE - worker ready to receive events; {}", WarmUp.describe(now));
    options
        .readyFile()
        .map(ReadyFile::new)
        .ifPresent(
            file -> file.publish(options.nodeId(), OptionalInt.of(port()), options.runId(), now));
  }

  /** What has been done so far. */
  public WorkerTotals totals() {
    return reception.totals();
  }

  /** Ends receiving, writes everything and closes the files; may be repeated. */
  @Override
  public void close() {
    stop.request();
    reception.close();
    clocks.close();
  }
}
