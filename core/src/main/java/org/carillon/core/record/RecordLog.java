package org.carillon.core.record;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes records to a CSV file on a thread of its own, as {@link RowLog} does with rows, for what
 * comes many times in a millisecond: handing a record over takes no lock and makes no object, and
 * wakes nobody. The writing thread looks by itself, often enough that every row is with the
 * operating system at most 100 ms after it was published, whatever becomes of the process then.
 *
 * <p>The memory is bounded: records that find the ring full, because the disk cannot keep up or is
 * full, are counted and lost. A failure is logged once, and once more when it has passed.
 *
 * <p>For one thread that records: {@link #claim}, fill the record, and {@link #publish} once for as
 * many as came together.
 */
public final class RecordLog implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(RecordLog.class);

  /** A sixth of a second of 400,000 records a second. */
  private static final int RING_PLACES = 1 << 16;

  /** Half of the 100 ms that are promised; the other half is for the scheduler. */
  private static final long NAP_NS = Duration.ofMillis(50).toNanos();

  /** While many come: the fewer at once, the shorter others wait for the processor. */
  private static final long SHORT_NAP_NS = Duration.ofMillis(10).toNanos();

  private static final int MANY = 256;

  private final Path path;
  private final RecordFormat format;
  private final RecordRing ring;
  private final LineAppender lines;
  private final Runnable beforeWrite;
  private final CountDownLatch closing = new CountDownLatch(1);
  private final AtomicLong overflowed = new AtomicLong();
  private final Thread writer;

  private volatile long writtenRows;
  private volatile long refusedRows;
  private volatile boolean finished;
  private final WriteFailure failure;
  private long overflowedWhileFailing;
  private boolean overflowSaid;

  private RecordLog(Path path, RecordFormat format, Runnable beforeWrite, int ringPlaces) {
    this.path = path;
    this.failure = new WriteFailure(path);
    this.format = format;
    this.beforeWrite = beforeWrite;
    this.ring = new RecordRing(ringPlaces, format.recordLongs());
    this.lines = new LineAppender(OutputFile.create(path), CsvText.header(format.columns()));
    this.writer = Thread.ofPlatform().name("write " + path.getFileName()).unstarted(this::write);
  }

  /**
   * Makes the file, with its header line, and starts writing.
   *
   * @param beforeWrite run on the writing thread before each write to the file; may take its time,
   *     as a slow disk does
   * @throws org.carillon.core.CarillonException if the file cannot be made
   */
  public static RecordLog open(Path path, RecordFormat format, Runnable beforeWrite) {
    return open(path, format, beforeWrite, RING_PLACES);
  }

  /**
   * As above.
   *
   * @param ringPlaces how many records may wait to be written, a power of two; the usual 65,536
   *     take some 8 MiB
   */
  public static RecordLog open(
      Path path, RecordFormat format, Runnable beforeWrite, int ringPlaces) {
    RecordLog log = new RecordLog(path, format, beforeWrite, ringPlaces);
    log.writer.start();
    return log;
  }

  /** Where the next record begins in {@link #records}, or −1: then it is lost and counted. */
  public int claim() {
    int at = isClosing() ? -1 : ring.claim();
    if (at < 0) {
      overflowed.incrementAndGet();
    }
    return at;
  }

  /** Where claimed records are to be written. */
  public long[] records() {
    return ring.values();
  }

  /** Something to go with the record that was claimed last; see {@link RecordFormat}. */
  public void note(Object note) {
    ring.note(note);
  }

  /** Hands over all that was claimed. */
  public void publish() {
    ring.publish();
  }

  /** Rows that the operating system has taken so far. */
  public long writtenRows() {
    return writtenRows;
  }

  /** Rows lost so far: neither in the file nor on their way to it. */
  public long lostRows() {
    return overflowed.get() + refusedRows + (finished ? ring.waiting() : 0);
  }

  /** The file. */
  public Path path() {
    return path;
  }

  private boolean isClosing() {
    return closing.getCount() == 0;
  }

  private void write() {
    try {
      writeUntilClosed();
    } catch (RuntimeException e) {
      // A fault of ours. What is formatted is worth having; all that comes now counts as lost.
      LOG.error("nothing more can be written to {}: {}", path, e.toString(), e);
    }
    finish();
  }

  private void writeUntilClosed() {
    boolean many;
    do {
      many = ring.waiting() >= MANY;
      drain();
      complainOfOverflow();
    } while (!closesWithin(many && !failure.isPresent() ? SHORT_NAP_NS : NAP_NS));
    drain();
  }

  private boolean closesWithin(long napNs) {
    try {
      return closing.await(napNs, TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      // Nobody has a reason to interrupt this thread; the rows are worth more than the request.
      LOG.debug("the writer of {} was interrupted and goes on", path, e);
      return isClosing();
    }
  }

  /** Writes all that waits, or as much as the disk takes. */
  private void drain() {
    boolean writable = true;
    while (writable && ring.hasNext()) {
      if (lines.isBlockFull()) {
        writable = flush();
      } else {
        byte[] into = lines.room(format.lineBytesMax());
        lines.appended(format.format(ring.values(), ring.at(), ring.note(), into, lines.end()));
        ring.take();
      }
    }
    if (writable) {
      flush();
    }
  }

  /** Whether there is nothing left to write. */
  private boolean flush() {
    // Before the disk takes its time: what is taken is in memory, and its places are free.
    ring.release();
    if (lines.pendingBytes() > 0) {
      beforeWrite.run();
      try {
        lines.flush();
        if (failure.isPresent()) {
          overflowedWhileFailing = overflowed.get();
          failure.over(lostRows());
        }
      } catch (IOException e) {
        failure.noted(e);
      }
      count();
    }
    return !failure.isPresent();
  }

  private void finish() {
    ring.release();
    if (lines.pendingBytes() > 0) {
      beforeWrite.run();
    }
    try {
      lines.close();
    } catch (IOException e) {
      failure.noted(e);
    }
    count();
    finished = true;
  }

  private void count() {
    writtenRows = lines.writtenRows();
    refusedRows = lines.lostRows();
  }

  private void complainOfOverflow() {
    if (failure.isPresent()) {
      overflowedWhileFailing = overflowed.get(); // for another reason, which has been told
    } else if (!overflowSaid && !isClosing() && overflowed.get() > overflowedWhileFailing) {
      overflowSaid = true;
      LOG.error(
          "{} is not written as fast as rows come; those that find the memory for them full are"
              + " lost and counted: write to a faster disk, or lower the rate",
          path);
    }
  }

  /** Writes what was published before, and closes the file; later records are lost. */
  @Override
  public void close() {
    closing.countDown();
    WriterThread.awaitEnd(writer);
  }
}
