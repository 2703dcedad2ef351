package org.carillon.events;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicReference;
import org.carillon.core.CarillonException;
import org.carillon.core.ExitCode;
import org.carillon.core.event.RunId;
import org.carillon.core.record.ClockCells;
import org.carillon.core.record.CommitWaitRow;
import org.carillon.core.record.RowFormat;
import org.carillon.core.record.RowLog;
import org.carillon.core.record.SampleRow;
import org.carillon.core.record.WorkerRow;
import org.carillon.core.run.RunFiles;
import org.carillon.core.time.ClockSource;
import org.carillon.core.time.ClockStatus;
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
  private final int port;
  private final EventAccounting accounting;
  private final Optional<RowLog<SampleRow>> samples;
  private final NodeClocks clocks;
  private final RowLog<WorkerRow> rows;
  private final Optional<RowLog<CommitWaitRow>> commitWaitRows;
  private final Optional<CommitWait> commitWait;
  private final SocketDrops socketDrops = new SocketDrops();
  private final StopRequest stop = new StopRequest();
  private final AtomicReference<RuntimeException> fault = new AtomicReference<>();
  private final Thread receiving;
  private OptionalLong kernelDrops = OptionalLong.empty();
  private boolean severalRunsSaid;
  private Optional<WorkerTotals> reported = Optional.empty();

  private Worker(WorkerOptions options, ClockSource clock, Deque<AutoCloseable> opened) {
    this.options = options;
    this.clock = clock;
    this.accounting = new EventAccounting(options.runId());
    // The port first: a second worker started by mistake must not touch the first one's files.
    this.receiver = EventReceiver.bind(options.listenPort(), options.receiveBufferBytes(), clock);
    opened.push(receiver);
    this.port = receiver.port();
    options.readyFile().map(ReadyFile::new).ifPresent(ReadyFile::clear);
    options.summaryFile().ifPresent(RunFiles::requirePublishable);
    this.rows = RowLog.open(options.output(), rowFormat(options), clock);
    opened.push(rows);
    this.samples =
        options.clocks().ntpServers().isEmpty()
            ? Optional.empty()
            : Optional.of(RowLog.open(options.samplesFile(), SampleRow.FORMAT, clock));
    samples.ifPresent(opened::push);
    this.clocks =
        MeasuredClocks.start(
            options.clocks(), clock, sample -> samples.ifPresent(log -> log.offer(sample)));
    opened.push(clocks);
    this.commitWaitRows =
        options.commitWaits().isEmpty()
            ? Optional.empty()
            : Optional.of(RowLog.open(options.commitWaitFile(), CommitWaitRow.FORMAT, clock));
    commitWaitRows.ifPresent(opened::push);
    this.commitWait =
        commitWaitRows.map(log -> CommitWait.start(options.commitWaits(), clock, clocks, log));
    this.receiving = Thread.ofPlatform().name("receive").unstarted(this::receive);
  }

  /**
   * Binds the port, opens the files and starts receiving.
   *
   * @param clock the node's clock
   * @throws CarillonException if the port or a file cannot be had
   */
  public static Worker open(WorkerOptions options, ClockSource clock) {
    Deque<AutoCloseable> opened = new ArrayDeque<>();
    try {
      Worker worker = new Worker(options, clock, opened);
      worker.receiving.start();
      return worker;
    } catch (RuntimeException e) {
      opened.forEach(resource -> closeAfter(e, resource));
      throw e;
    }
  }

  private static RowFormat<WorkerRow> rowFormat(WorkerOptions options) {
    return WorkerRow.format(options.clocks().chronoTickServer().isPresent());
  }

  private static void closeAfter(RuntimeException fault, AutoCloseable resource) {
    try {
      resource.close();
    } catch (Exception e) {
      fault.addSuppressed(e);
    }
  }

  /** The UDP port that is bound. */
  public int port() {
    return port;
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
    Rehearsal.ofWorker(clock, clocks, rowFormat(options));
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
    options.summaryFile().ifPresent(file -> publish(file, totals.toJson() + "\n"));
    if (fault.get() != null) {
      throw fault.get();
    }
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
    if (!severalRunsSaid && accounting.runs() > 1) {
      severalRunsSaid = true;
      LOG.warn(
          "events of {} runs arrive and stand in one file: name one with --run-id",
          accounting.runs());
    }
  }

  private static void publish(Path file, String text) {
    RunFiles.makeFolder(file.toAbsolutePath().getParent());
    RunFiles.publish(file, text);
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
            file -> file.publish(options.nodeId(), OptionalInt.of(port), options.runId(), now));
  }

  private void receive() {
    try {
      receiver.run(
          new WorkerRecorder(options.nodeId(), clock, clocks, accounting, rows, commitWait));
    } catch (RuntimeException e) {
      fault.set(e);
      stop.request();
    }
  }

  /** What has been done so far. */
  public WorkerTotals totals() {
    return new WorkerTotals(
        options.nodeId(),
        accounting.counts(),
        rows.writtenRows(),
        rows.lostRows(),
        samples.map(RowLog::lostRows).orElse(0L) + commitWaitRows.map(RowLog::lostRows).orElse(0L),
        kernelDrops(),
        receiver.errors(),
        commitWait.map(CommitWait::unmeasured).orElse(0L));
  }

  private OptionalLong kernelDrops() {
    OptionalLong now = socketDrops.ofPort(port);
    if (now.isPresent()) {
      kernelDrops = now;
    }
    return kernelDrops;
  }

  /** Ends receiving, writes everything and closes the files; may be repeated. */
  @Override
  public void close() {
    stop.request();
    receiver.stop();
    joinReceiving();
    kernelDrops();
    commitWait.ifPresent(CommitWait::close);
    clocks.close();
    rows.close();
    commitWaitRows.ifPresent(RowLog::close);
    samples.ifPresent(RowLog::close);
    receiver.close();
  }

  private void joinReceiving() {
    try {
      receiving.join(Duration.ofSeconds(10));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** What a process that did this ends with. */
  public static ExitCode exitCode(WorkerTotals totals) {
    return totals.rowsLost() + totals.sideRowsLost() == 0 ? ExitCode.SUCCESS : ExitCode.SOME_FAILED;
  }
}
