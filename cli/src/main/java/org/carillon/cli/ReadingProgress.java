package org.carillon.cli;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.carillon.analysis.Effort;
import org.carillon.control.view.Screen;
import org.carillon.core.time.ClockSource;
import org.carillon.core.time.SystemClock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How much of the run's files was read: a bar in the last line of a terminal, and without one a
 * line in the log now and then. What is done sooner than that shows nothing.
 */
final class ReadingProgress implements Effort.Reading {

  private static final Logger LOG = LoggerFactory.getLogger(ReadingProgress.class);
  private static final long BAR_INTERVAL_NS = 200_000_000;
  private static final long LINE_INTERVAL_NS = 10_000_000_000L;
  private static final int BAR_WIDTH = 40;

  private final Optional<Screen> screen;
  private final ClockSource clock;
  private final long intervalNs;
  private long beginNs;
  private long dueNs;
  private long totalBytes;
  private long readBytes;

  ReadingProgress() {
    this(
        Terminal.isInteractive() ? Optional.of(Terminal.screen()) : Optional.empty(),
        new SystemClock());
  }

  ReadingProgress(Optional<Screen> screen, ClockSource clock) {
    this.screen = screen;
    this.clock = clock;
    this.intervalNs = screen.isPresent() ? BAR_INTERVAL_NS : LINE_INTERVAL_NS;
  }

  @Override
  public synchronized void total(long bytes) {
    totalBytes = bytes;
    beginNs = clock.monotonicNs();
    dueNs = beginNs + intervalNs;
  }

  @Override
  public synchronized void read(long bytes) {
    readBytes += bytes;
    long nowNs = clock.monotonicNs();
    boolean isOver = readBytes >= totalBytes;
    if (isOver) {
      screen.ifPresent(Screen::clear);
    } else if (nowNs >= dueNs) {
      dueNs = nowNs + intervalNs;
      show(text(readBytes, totalBytes, nowNs - beginNs));
    }
  }

  private void show(String text) {
    screen.ifPresentOrElse(
        terminal -> {
          int full = (int) ((double) readBytes / totalBytes * BAR_WIDTH);
          String bar = "[" + "#".repeat(full) + " ".repeat(BAR_WIDTH - full) + "] " + text;
          terminal.draw(List.of(bar.substring(0, Math.min(bar.length(), Terminal.columns() - 1))));
        },
        () -> LOG.info("Reading: {}", text));
  }

  static String text(long readBytes, long totalBytes, long elapsedNs) {
    double share = (double) readBytes / totalBytes;
    long leftS = Math.round(elapsedNs / 1e9 * (1 - share) / share);
    return String.format(
        Locale.ROOT,
        "%.1f of %.1f MB read, ~%d:%02d left",
        readBytes / 1e6,
        totalBytes / 1e6,
        leftS / 60,
        leftS % 60);
  }
}
