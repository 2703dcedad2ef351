package org.carillon.control.agent;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.carillon.control.statistics.LatencyHistogram;
import org.carillon.control.wire.Progress;
import org.carillon.control.wire.Running;
import org.carillon.control.wire.StatusMessage;

/**
 * Keeps the statuses of a run until they are acknowledged, so that a lost stream loses none. If too
 * many wait, the two oldest Running that were never sent become one; no count and no latency is
 * lost or double by that. For one thread.
 */
final class Outbox {

  /** Two minutes at one status a second. */
  static final int KEPT_MAX = 120;

  /** How many are sent without an acknowledgement; the others wait, and can be merged. */
  static final int WINDOW = 60;

  /**
   * @param intervals how many statuses it stands for
   */
  private record Kept(StatusMessage message, int intervals) {
    long sequence() {
      return message.getSequence();
    }
  }

  private final List<Kept> kept = new ArrayList<>();
  private long lastSent;

  /** A status that was sent once may have arrived, so it must never change again. */
  private long highestSent;

  void add(StatusMessage message) {
    kept.add(new Kept(message, 1));
    if (kept.size() > KEPT_MAX) {
      mergeOldest();
    }
  }

  /** Statuses up to this one have arrived. */
  void forget(long sequence) {
    kept.removeIf(status -> status.sequence() <= sequence);
  }

  /** Those after this one are due again. */
  void sendAgain(long sequence) {
    forget(sequence);
    lastSent = sequence;
  }

  /** Sends what is due, in order, while the other side takes it and acknowledges enough of it. */
  void send(BooleanSupplier ready, Consumer<StatusMessage> stream) {
    for (Kept status : kept.subList(0, Math.min(WINDOW, kept.size()))) {
      if (status.sequence() > lastSent) {
        if (!ready.getAsBoolean()) {
          return;
        }
        stream.accept(status.message);
        lastSent = status.sequence();
        highestSent = Math.max(highestSent, lastSent);
      }
    }
  }

  private void mergeOldest() {
    for (int i = 0; i + 1 < kept.size(); i++) {
      if (kept.get(i).sequence() > highestSent
          && kept.get(i).message.hasRunning()
          && kept.get(i + 1).message.hasRunning()) {
        kept.set(i, merged(kept.get(i), kept.remove(i + 1)));
        return;
      }
    }
  }

  /** Under the number of the newer, so that numbers go on growing; the older one's is left out. */
  private static Kept merged(Kept older, Kept newer) {
    Progress before = older.message.getRunning().getProgress();
    Progress.Builder progress = newer.message.getRunning().getProgress().toBuilder();
    int intervals = older.intervals + newer.intervals;
    progress.setRateHz(
        (before.getRateHz() * older.intervals + progress.getRateHz() * newer.intervals)
            / intervals);
    LatencyHistogram latency = LatencyHistogram.EMPTY;
    if (before.hasLatency()) {
      latency = latency.plus(Messages.histogram(before.getLatency()));
    }
    if (progress.hasLatency()) {
      latency = latency.plus(Messages.histogram(progress.getLatency()));
    }
    if (latency.count() > 0) {
      progress.setLatency(Messages.latency(latency));
    }
    return new Kept(
        newer.message.toBuilder().setRunning(Running.newBuilder().setProgress(progress)).build(),
        intervals);
  }
}
