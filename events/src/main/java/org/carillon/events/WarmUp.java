package org.carillon.events;

import java.time.Duration;
import java.util.Locale;
import org.carillon.core.record.ClockCells;
import org.carillon.core.time.ClockSource;
import org.carillon.core.time.Moment;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Gives the clocks time to be measured, and says every ten seconds how they stand. */
public final class WarmUp {

  private static final Logger LOG = LoggerFactory.getLogger(WarmUp.class);
  private static final Duration LINE_INTERVAL = Duration.ofSeconds(10);

  private final ClockSource clock;
  private final NodeClocks clocks;

  public WarmUp(ClockSource clock, NodeClocks clocks) {
    this.clock = clock;
    this.clocks = clocks;
  }

  /**
   * Waits for the duration.
   *
   * @return false if a stop was requested meanwhile
   */
  public boolean await(Duration duration, StopRequest stop) {
    long startNs = clock.monotonicNs();
    long endNs = startNs + duration.toNanos();
    while (true) {
      long remainingNs = endNs - clock.monotonicNs();
      if (remainingNs <= 0) {
        return !stop.requested();
      }
      if (stop.await(Duration.ofNanos(Math.min(remainingNs, LINE_INTERVAL.toNanos())))) {
        return false;
      }
      LOG.info(
          "Warm-up [{}s of {}s]: {}",
          Duration.ofNanos(clock.monotonicNs() - startNs).toSeconds(),
          duration.toSeconds(),
          describe(now()));
    }
  }

  /** What the clocks say now. */
  public ClockCells now() {
    return clocks.at(Moment.now(clock));
  }

  /** A few words for the log. */
  public static String describe(ClockCells clocks) {
    StringBuilder text = new StringBuilder();
    text.append(
        clocks
            .ntp()
            .map(
                ntp ->
                    String.format(
                        Locale.ROOT,
                        "NTP offset %+.3f ms ± %.3f ms",
                        ntp.offsetNs() / 1e6,
                        ntp.uncertaintyNs() / 1e6))
            .orElse("no NTP offset"));
    text.append(", clock ").append(clocks.status().text());
    clocks
        .chronoTick()
        .ifPresent(
            offset ->
                text.append(
                    String.format(
                        Locale.ROOT,
                        ", ChronoTick offset %+.3f ms ± %.3f ms",
                        offset.offsetNs() / 1e6,
                        offset.uncertaintyNs() / 1e6)));
    return text.toString();
  }
}
