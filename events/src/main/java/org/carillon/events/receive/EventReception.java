package org.carillon.events.receive;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.carillon.core.fault.FaultInjector;
import org.carillon.core.fault.FaultyLine;
import org.carillon.core.record.CommitWaitRecord;
import org.carillon.core.record.RecordLog;
import org.carillon.core.time.ClockSource;
import org.carillon.core.udp.Datagram;
import org.carillon.events.Closing;
import org.carillon.events.NodeClocks;

/**
 * Receives events and records them, with all that they are counted by, until {@link #close}. Its
 * counts may be read by any thread, and after the end as well.
 */
final class EventReception implements AutoCloseable {

  private static final Duration END_DEADLINE = Duration.ofSeconds(10);

  private final WorkerOptions options;
  private final FaultInjector faults;
  private final NodeClocks clocks;
  private final EventReceiver receiver;
  private final EventAccounting accounting;
  private final RecordLog rows;
  private final Optional<RecordLog> commitWaitRows;
  private final Optional<CommitWait> commitWait;
  private final ReceptionLog receptionLog;
  private final SocketDrops socketDrops = new SocketDrops();
  private final Thread receiving;
  private volatile OptionalLong kernelDrops = OptionalLong.empty();
  private volatile Optional<RuntimeException> fault = Optional.empty();
  private volatile boolean closed;

  /**
   * Opens the files and begins to receive; what the socket holds already comes first.
   *
   * @param receiver bound; closed with this
   * @param faults what goes wrong, and the clock
   * @param latencies where those of new events are recorded
   * @param failed is run if the socket fails for good
   * @throws org.carillon.core.CarillonException if a file cannot be made; then nothing is open but
   *     the receiver
   */
  EventReception(
      WorkerOptions options,
      EventReceiver receiver,
      FaultInjector faults,
      NodeClocks clocks,
      Optional<TrueTimeLatencies> latencies,
      Runnable failed) {
    ClockSource clock = faults.clock();
    this.options = options;
    this.faults = faults;
    this.receiver = receiver;
    this.clocks = clocks;
    this.accounting = new EventAccounting(options.runId());
    Deque<AutoCloseable> opened = new ArrayDeque<>();
    try {
      this.rows = RecordLog.open(options.output(), options.recordFormat(), faults::delayWrite);
      opened.push(rows);
      this.commitWaitRows =
          options.commitWaits().isEmpty() ? Optional.empty() : Optional.of(commitWaitRows());
      commitWaitRows.ifPresent(opened::push);
      this.receptionLog = ReceptionLog.start(options.receptionFile(), this::looked, clock);
    } catch (RuntimeException e) {
      opened.forEach(resource -> Closing.closeAfter(e, resource));
      throw e;
    }
    this.commitWait =
        commitWaitRows.map(log -> CommitWait.start(options.commitWaits(), clock, clocks, log));
    WorkerRecorder recorder =
        new WorkerRecorder(clock, clocks, accounting, rows, commitWait, latencies, faults::handled);
    this.receiving = Thread.ofPlatform().name("receive").start(() -> receive(recorder, failed));
  }

  private RecordLog commitWaitRows() {
    return RecordLog.open(
        options.commitWaitFile(),
        CommitWaitRecord.format(options.commitWaits()),
        faults::delayWrite);
  }

  private void receive(WorkerRecorder recorder, Runnable failed) {
    // With faults, each event is dealt with before the next: the process may have to die at it.
    Consumer<Datagram> oneByOne =
        datagram -> {
          recorder.accept(datagram);
          recorder.endBatch();
        };
    try (FaultyLine<Datagram> line = faults.incoming(oneByOne)) {
      if (faults.strikesDatagrams()) {
        receiver.run(line::pass, () -> {});
      } else if (faults.text().isEmpty()) {
        receiver.run(recorder, recorder::endBatch);
      } else {
        receiver.run(oneByOne, () -> {});
      }
    } catch (RuntimeException e) {
      fault = Optional.of(e);
      failed.run();
    }
  }

  /** What has been done so far. */
  WorkerTotals totals() {
    return new WorkerTotals(
        options.nodeId(),
        accounting.counts(),
        rows.writtenRows(),
        rows.lostRows(),
        clocks.lostRows()
            + commitWaitRows.map(RecordLog::lostRows).orElse(0L)
            + receptionLog.lostRows(),
        kernelDrops(),
        receiver.errors(),
        commitWait.map(CommitWait::unmeasured).orElse(0L),
        faults.injected());
  }

  private ReceptionLog.Counts looked() {
    return ReceptionLog.Counts.of(accounting.counts(), kernelDrops(), rows.lostRows());
  }

  /**
   * What the socket or the kernel's table of sockets tells: each can know of more than the other.
   */
  private OptionalLong kernelDrops() {
    // Once closed, the port may be somebody else's.
    if (!closed) {
      kernelDrops =
          Stream.of(kernelDrops, receiver.drops(), socketDrops.ofPort(receiver.port()))
              .flatMapToLong(OptionalLong::stream)
              .max();
    }
    return kernelDrops;
  }

  /** How many runs events have come from; at most 8 are told apart. */
  int runs() {
    return accounting.runs();
  }

  /** No event after this one will come; those up to it that have not come count as missing. */
  void expectUpTo(long lastEventId) {
    accounting.expectUpTo(lastEventId);
  }

  /** Whether every event up to the last one has come, or the socket failed for good. */
  boolean isComplete() {
    return fault.isPresent() || accounting.isComplete();
  }

  /** Whether a commit wait is still to be measured. */
  boolean awaitsCommitWaits() {
    return commitWait.isPresent() && !commitWait.get().isIdle();
  }

  /** Why the socket failed for good; empty if it did not. */
  Optional<RuntimeException> fault() {
    return fault;
  }

  /** Takes what the socket still holds, writes everything and closes the files; may be repeated. */
  @Override
  public void close() {
    receiver.stop();
    joinReceiving();
    kernelDrops();
    closed = true;
    commitWait.ifPresent(CommitWait::close);
    rows.close();
    commitWaitRows.ifPresent(RecordLog::close);
    receptionLog.close();
    receiver.close();
  }

  private void joinReceiving() {
    try {
      receiving.join(END_DEADLINE);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
