package org.carillon.analysis.input;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import org.carillon.core.CarillonException;
import org.carillon.core.ExitCode;

/**
 * The batches of a file, read by a thread of its own a little ahead of the one that uses them.
 * Closing it early ends that thread.
 */
public final class ReadAhead implements Iterator<RowBatch>, AutoCloseable {

  /** Batches that wait at most. */
  private static final int DEPTH = 4;

  /** What the reading thread hands over: rows, or at the end the account or the fault. */
  private sealed interface Handed {
    record Rows(RowBatch batch) implements Handed {}

    record End(InputFile file) implements Handed {}

    record Fault(RuntimeException cause) implements Handed {}
  }

  private final BlockingQueue<Handed> queue = new ArrayBlockingQueue<>(DEPTH);
  private final RowSource rows;
  private final Thread reader;
  private Handed next;

  /** Begins to read; the rows belong to this from now on. */
  ReadAhead(RowSource rows, String name) {
    this.rows = rows;
    reader = Thread.ofPlatform().name("reads " + name).daemon().start(this::read);
  }

  private void read() {
    try {
      RowBatch batch = rows.next();
      while (batch.size() > 0) {
        queue.put(new Handed.Rows(batch));
        batch = rows.next();
      }
      queue.put(new Handed.End(rows.account()));
    } catch (InterruptedException e) {
      // Closed early: nobody waits for more.
      Thread.currentThread().interrupt();
    } catch (RuntimeException e) {
      handOver(new Handed.Fault(e));
    } catch (OutOfMemoryError e) {
      handOver(
          new Handed.Fault(
              new CarillonException(ExitCode.INTERNAL, "not enough memory to read the run", e)));
    } catch (Error e) {
      // Whoever waits for rows must not wait for ever.
      handOver(new Handed.Fault(new IllegalStateException(e)));
    }
  }

  private void handOver(Handed fault) {
    try {
      queue.put(fault);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private Handed peek() {
    if (next == null) {
      try {
        next = queue.take();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new CarillonException(ExitCode.ABORTED, "stopped while reading the run", e);
      }
    }
    return next;
  }

  @Override
  public boolean hasNext() {
    return switch (peek()) {
      case Handed.Rows rows -> true;
      case Handed.End end -> false;
      case Handed.Fault fault -> throw fault.cause();
    };
  }

  @Override
  public RowBatch next() {
    if (peek() instanceof Handed.Rows(RowBatch batch)) {
      next = null;
      return batch;
    }
    throw new NoSuchElementException();
  }

  /** Whether the file has a column of its table that is read. */
  public boolean has(int column) {
    return rows.has(column);
  }

  /** What became of the file, once all its rows were taken. */
  public InputFile account() {
    if (!hasNext() && next instanceof Handed.End(InputFile file)) {
      return file;
    }
    throw new IllegalStateException("the file was not read to its end");
  }

  @Override
  public void close() {
    reader.interrupt();
    boolean ended = false;
    while (!ended) {
      queue.clear();
      try {
        ended = reader.join(Duration.ofMillis(20));
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
    }
    try {
      rows.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
