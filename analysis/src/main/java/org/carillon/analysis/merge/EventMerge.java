package org.carillon.analysis.merge;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.LongPredicate;
import org.carillon.analysis.input.RowBatch;

/**
 * Each event of a run with what every worker recorded of it, in the order of the events. Several
 * threads may take turns.
 */
public final class EventMerge {

  /**
   * The rows of one worker.
   *
   * @param file the index of its file
   * @param node its name, which nearly all rows have
   * @param rows the file's rows, in its order
   */
  public record Worker(int file, String node, Iterator<RowBatch> rows) {}

  /**
   * Events one after the other.
   *
   * @param size how many
   * @param sent their rows in coordinator.csv; each has one
   * @param received for each worker, its rows
   */
  public record Events(int size, Slice sent, List<Slice> received) {}

  private final SentEvents events;
  private final LongPredicate wanted;
  private final List<WorkerRows> workers = new ArrayList<>();
  private final List<SetAside> setAside = new ArrayList<>();
  private boolean ended;

  /**
   * Of a run.
   *
   * @param wanted which event ids are handed on; every row is judged in any case, so that what is
   *     found of the others too is the same whichever are wanted
   */
  public EventMerge(Iterator<RowBatch> coordinator, List<Worker> workers, LongPredicate wanted) {
    events = new SentEvents(coordinator);
    this.wanted = wanted;
    for (Worker worker : workers) {
      this.workers.add(new WorkerRows(worker.file(), worker.node(), worker.rows(), setAside));
    }
  }

  /**
   * The next wanted events, at most {@link RowBatch#CAPACITY}; none at the end.
   *
   * @throws OutOfReach if the rows are too far out of order
   */
  public synchronized Events next() {
    Slice sent = Slice.empty();
    List<Slice> received = workers.stream().map(worker -> Slice.empty()).toList();
    int size = 0;
    while (size < RowBatch.CAPACITY && events.any()) {
      for (WorkerRows worker : workers) {
        worker.readBeyond(events);
      }
      long event = events.begin();
      boolean isWanted = wanted.test(events.firstAtHand());
      for (int i = 0; i < workers.size(); i++) {
        workers.get(i).pass(event, received.get(i), size);
      }
      events.pass(sent, size);
      if (isWanted) {
        size++;
      }
    }
    if (size == 0 && !ended) {
      ended = true;
      workers.forEach(worker -> worker.finish(events));
    }
    return new Events(size, sent, received);
  }

  /** When the events were sent, those that are not wanted too. */
  public synchronized Span span() {
    return events.span();
  }

  /** The rows that do not count, by file and in the order in which they were found. */
  public synchronized List<SetAside> setAside() {
    return List.copyOf(setAside);
  }

  /** For each worker, how many of its rows count and came after one of a later event. */
  public synchronized List<Long> outOfOrder() {
    return workers.stream().map(WorkerRows::outOfOrder).toList();
  }
}
