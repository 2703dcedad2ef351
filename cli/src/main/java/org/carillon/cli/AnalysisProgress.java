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
 * How far an analysis is: in the last line of a terminal the step, and while files are read a bar;
 * without a terminal a line in the log now and then while files are read. What is done sooner than
 * that shows nothing.
 */
final class AnalysisProgress implements Effort.Reading, AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(AnalysisProgress.class);
  private static final long BAR_INTERVAL_NS = 200_000_000;
  private static final long LINE_INTERVAL_NS = 10_000_000_000L;
  private static final int BAR_WIDTH = 40;

  private final Optional<Screen> screen;
  private final ClockSource clock;
  private final long intervalNs;
  private final long startNs;
  private long beginNs;
  private long shownNs;
  private long totalBytes;
  private long readBytes;

  /**
   * @param quiet whether nobody looks
   */
  static AnalysisProgress shown(boolean quiet) {
    return new AnalysisProgress(
        quiet,
        Terminal.isInteractive() ? Optional.of(Terminal.screen()) : Optional.empty(),
        new SystemClock());
  }

  AnalysisProgress(boolean quiet, Optional<Screen> screen, ClockSource clock) {
    this.screen = quiet ? Optional.empty() : screen;
    this.clock = clock;
    this.intervalNs =
        quiet ? Long.MAX_VALUE : screen.isPresent() ? BAR_INTERVAL_NS : LINE_INTERVAL_NS;
    this.startNs = clock.monotonicNs();
  }

  /** Says what is done next, in a few words. */
  synchronized void step(String step) {
    LOG.debug("{}", step);
    if (clock.monotonicNs() - startNs >= intervalNs) {
      screen.ifPresent(terminal -> terminal.draw(List.of(fitting(step))));
    }
  }

  /** Takes the last line back. */
  @Override
  public void close() {
    screen.ifPresent(Screen::clear);
  }

  @Override
  public synchronized void total(long bytes) {
    totalBytes = bytes;
    readBytes = 0;
    beginNs = clock.monotonicNs();
    shownNs = beginNs;
  }

  @Override
  public synchronized void read(long bytes) {
    readBytes += bytes;
    long nowNs = clock.monotonicNs();
    boolean isOver = readBytes >= totalBytes;
    if (isOver) {
      screen.ifPresent(Screen::clear);
    } else if (nowNs - shownNs >= intervalNs) {
      shownNs = nowNs;
      show(text(readBytes, totalBytes, nowNs - beginNs));
    }
  }

  private void show(String text) {
    screen.ifPresentOrElse(
        terminal -> {
          int full = (int) ((double) readBytes / totalBytes * BAR_WIDTH);
          String bar = "[" + "#".repeat(full) + " ".repeat(BAR_WIDTH - full) + "] " + text;
          terminal.draw(List.of(fitting(bar)));
        },
        () -> LOG.info("Reading: {}", text));
  }

  private static String fitting(String line) {
    return line.substring(0, Math.min(line.length(), Terminal.columns() - 1));
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
