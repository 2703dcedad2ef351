package org.carillon.events.receive;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.carillon.core.record.ReceptionRow;

/**
 * Says what was lost since it said so before, and what helps: at most every ten seconds, however
 * long it goes on. A pure function of what it is told.
 */
final class LossWarning {

  private static final long INTERVAL_NS = Duration.ofSeconds(10).toNanos();

  private ReceptionLog.Counts told = ReceptionLog.Counts.NONE;
  private long quietUntilNs;

  /**
   * @param monotonicNs now
   */
  LossWarning(long monotonicNs) {
    this.quietUntilNs = monotonicNs;
  }

  /**
   * What is to be said now, if anything.
   *
   * @param counts from the beginning on
   * @param monotonicNs now
   */
  Optional<String> after(ReceptionLog.Counts counts, long monotonicNs) {
    ReceptionRow lost = counts.since(told, 0);
    long drops = lost.kernelDrops().orElse(0);
    if (monotonicNs - quietUntilNs < 0 || drops == 0 && lost.rowsLost() == 0) {
      return Optional.empty();
    }
    told = counts;
    quietUntilNs = monotonicNs + INTERVAL_NS;
    List<String> sentences = new ArrayList<>();
    if (drops > 0) {
      sentences.add(
          drops
              + " datagrams were dropped by the kernel since the socket's buffer was full: give it"
              + " more with --receive-buffer, which sysctl net.core.rmem_max limits, or send less");
    }
    if (lost.rowsLost() > 0) {
      sentences.add(
          lost.rowsLost()
              + " rows of events were lost since the disk was full or slower than events came: make"
              + " room, name another disk with --output, or send less");
    }
    return Optional.of(String.join("; ", sentences));
  }
}
