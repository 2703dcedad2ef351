package org.carillon.core.record;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.carillon.core.time.ClockSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes rows to a CSV file on a thread of its own, so that whoever records never waits for a disk.
 *
 * <p>Every row is with the operating system at most 100 ms after it was offered, whatever becomes
 * of the process then. The memory is bounded: rows that find the queue full, because the disk
 * cannot keep up, are counted and lost; so are rows that a failing disk does not take. A failure is
 * logged once, and once more when it has passed.
 *
 * @param <R> the kind of row
 */
public final class RowLog<R> implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(RowLog.class);

  /** Half of the 100 ms that are promised; the other half is for the scheduler. */
  private static final long FLUSH_INTERVAL_NS = Duration.ofMillis(50).toNanos();

  private static final int QUEUE_ROWS = 1 << 16;

  /** What {@link #close} offers, to wake a writer that waits for a row. */
  private static final Object WAKE = new Object();

  private final Path path;
  private final RowFormat<R> format;
  private final ClockSource clock;
  private final CsvAppender appender;
  private final Runnable beforeWrite;
  private final BlockingQueue<Object> queue;
  private final AtomicLong overflowed = new AtomicLong();
  private final Thread writer;

  private volatile boolean closing;
  private volatile long writtenRows;
  private volatile long refusedRows;
  private final WriteFailure failure;

  private RowLog(
      Path path,
      RowFormat<R> format,
      ClockSource clock,
      CsvAppender appender,
      Runnable beforeWrite,
      int queueRows) {
    this.path = path;
    this.failure = new WriteFailure(path);
    this.format = format;
    this.clock = clock;
    this.appender = appender;
    this.beforeWrite = beforeWrite;
    this.queue = new ArrayBlockingQueue<>(queueRows);
    this.writer = Thread.ofPlatform().name("write " + path.getFileName()).unstarted(this::write);
  }

  /**
   * Makes the file, with its header line, and starts writing.
   *
   * @throws org.carillon.core.CarillonException if the file cannot be made
   */
  public static <R> RowLog<R> open(Path path, RowFormat<R> format, ClockSource clock) {
    return open(path, format, clock, () -> {});
  }

  /**
   * As above.
   *
   * @param beforeWrite run on the writing thread before each write to the file; may take its time,
   *     as a slow disk does
   */
  public static <R> RowLog<R> open(
      Path path, RowFormat<R> format, ClockSource clock, Runnable beforeWrite) {
    return open(path, format, clock, beforeWrite, QUEUE_ROWS);
  }

  static <R> RowLog<R> open(
      Path path, RowFormat<R> format, ClockSource clock, Runnable beforeWrite, int queueRows) {
    CsvAppender appender = CsvAppender.create(path, format.columns());
    RowLog<R> log = new RowLog<>(path, format, clock, appender, beforeWrite, queueRows);
    log.writer.start();
    return log;
  }

  /**
   * Takes a row without waiting; from any thread.
   *
   * @return false if the queue is full: the row is lost and counted
   */
  public boolean offer(R row) {
    if (closing || !queue.offer(row)) {
      overflowed.incrementAndGet();
      return false;
    }
    return true;
  }

  /** Rows that the operating system has taken so far. */
  public long writtenRows() {
    return writtenRows;
  }

  /** Rows lost so far: offered, and neither in the file nor on their way to it. */
  public long lostRows() {
    return overflowed.get() + refusedRows;
  }

  /** The file. */
  public Path path() {
    return path;
  }

  private void write() {
    long flushedNs = clock.monotonicNs();
    while (true) {
      boolean last = closing;
      Object taken = next(last, flushedNs + FLUSH_INTERVAL_NS - clock.monotonicNs());
      if (taken != null && taken != WAKE) {
        appender.append(cells(taken));
      }
      if (clock.monotonicNs() - flushedNs >= FLUSH_INTERVAL_NS || appender.isBatchFull()) {
        flush();
        // From its end: after a slow write there are many rows to gather, not one.
        flushedNs = clock.monotonicNs();
      }
      if (taken == null && last) {
        break;
      }
    }
    finish();
    overflowed.addAndGet(queue.size());
  }

  /** What comes next; or null, if nothing does before it is time to flush or, at last, at all. */
  private Object next(boolean last, long untilFlushNs) {
    if (last) {
      return queue.poll();
    }
    try {
      // Without rows that a flush could write, there is nothing to get up for.
      return appender.hasPending() ? queue.poll(untilFlushNs, TimeUnit.NANOSECONDS) : queue.take();
    } catch (InterruptedException e) {
      // Nobody has a reason to interrupt this thread; the rows are worth more than the request.
      LOG.debug("the writer of {} was interrupted and goes on", path, e);
      return null;
    }
  }

  @SuppressWarnings("unchecked") // There is nothing else in the queue.
  private List<?> cells(Object row) {
    return format.cells().apply((R) row);
  }

  private void flush() {
    prepareWrite();
    try {
      appender.flush();
      failure.over(lostRows());
    } catch (IOException e) {
      failure.noted(e);
    }
    publish();
  }

  private void prepareWrite() {
    if (appender.hasPending()) {
      beforeWrite.run();
    }
  }

  private void finish() {
    prepareWrite();
    try {
      appender.close();
    } catch (IOException e) {
      failure.noted(e);
    }
    publish();
  }

  private void publish() {
    writtenRows = appender.writtenRows();
    refusedRows = appender.lostRows();
  }

  /** Writes what was offered before, and closes the file; later rows are lost. */
  @Override
  public void close() {
    closing = true;
    queue.offer(WAKE); // A full queue does not take it; then nobody waits for it.
    WriterThread.awaitEnd(writer);
  }
}
