package org.carillon.events.receive;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.function.Supplier;
import org.carillon.core.record.CsvAppender;
import org.carillon.core.record.OutputFile;
import org.carillon.core.record.ReceptionRow;
import org.carillon.core.record.WriterThread;
import org.carillon.core.time.ClockSource;
import org.carillon.events.StopRequest;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks once a second at what came and what was lost, on a thread of its own: writes it into
 * reception_NODE.csv, and warns of losses while something can still be done about them.
 */
final class ReceptionLog implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(ReceptionLog.class);

  private static final long LOOK_INTERVAL_NS = Duration.ofSeconds(1).toNanos();

  /**
   * Counts from the beginning on.
   *
   * @param kernelDrops empty where the kernel does not tell
   */
  record Counts(
      long received, long malformed, long foreign, OptionalLong kernelDrops, long rowsLost) {

    static final Counts NONE = new Counts(0, 0, 0, OptionalLong.empty(), 0);

    static Counts of(EventCounts counts, OptionalLong kernelDrops, long rowsLost) {
      return new Counts(
          counts.received(), counts.malformedTotal(), counts.foreign(), kernelDrops, rowsLost);
    }

    /** What came in between. */
    ReceptionRow since(Counts before, long localNs) {
      return new ReceptionRow(
          localNs,
          received - before.received,
          malformed - before.malformed,
          foreign - before.foreign,
          kernelDrops.isPresent()
              ? OptionalLong.of(kernelDrops.getAsLong() - before.kernelDrops.orElse(0))
              : OptionalLong.empty(),
          rowsLost - before.rowsLost);
    }
  }

  private final Supplier<Counts> counts;
  private final ClockSource clock;
  private final Path path;
  private final CsvAppender file;
  private final LossWarning warning;
  private final StopRequest stop = new StopRequest();
  private final Thread thread = Thread.ofPlatform().name("reception").daemon().unstarted(this::run);
  private Counts last = Counts.NONE;
  private boolean failing;
  private volatile long lostRows;

  private ReceptionLog(Path path, Supplier<Counts> counts, ClockSource clock) {
    this.path = path;
    this.counts = counts;
    this.clock = clock;
    this.file = CsvAppender.create(path, ReceptionRow.FORMAT.columns());
    this.warning = new LossWarning(clock.monotonicNs());
  }

  /**
   * Makes the file and begins to look.
   *
   * @param counts as they are when asked for
   * @throws org.carillon.core.CarillonException if the file cannot be made
   */
  static ReceptionLog start(Path path, Supplier<Counts> counts, ClockSource clock) {
    ReceptionLog log = new ReceptionLog(path, counts, clock);
    log.thread.start();
    return log;
  }

  /** Rows of the file that are lost. */
  long lostRows() {
    return lostRows;
  }

  private void run() {
    long dueNs = clock.monotonicNs();
    do {
      look();
      // On a grid of its own, which a look that came late does not move.
      dueNs = Math.max(dueNs + LOOK_INTERVAL_NS, clock.monotonicNs());
    } while (!stop.await(Duration.ofNanos(dueNs - clock.monotonicNs())));
  }

  private void look() {
    Counts now = counts.get();
    ReceptionRow row = now.since(last, clock.nowNs());
    last = now;
    warning.after(now, clock.monotonicNs()).ifPresent(LOG::warn);
    if (!row.isQuiet()) {
      write(row);
    }
  }

  private void write(ReceptionRow row) {
    file.append(ReceptionRow.FORMAT.cells().apply(row));
    try {
      file.flush();
      failing = false;
    } catch (IOException e) {
      complain(e);
    }
    lostRows = file.lostRows();
  }

  private void complain(IOException fault) {
    if (!failing) {
      failing = true;
      LOG.error("cannot write {}: {}", path, OutputFile.reason(fault));
    }
  }

  /** Looks a last time and closes the file; may be repeated. */
  @Override
  public void close() {
    if (stop.requested()) {
      return;
    }
    stop.request();
    WriterThread.awaitEnd(thread);
    look();
    try {
      file.close();
    } catch (IOException e) {
      complain(e);
    }
    lostRows = file.lostRows();
  }
}
