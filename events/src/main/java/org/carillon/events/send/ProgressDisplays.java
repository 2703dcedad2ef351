package org.carillon.events.send;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.PrintStream;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.function.IntSupplier;
import org.carillon.control.view.Screen;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The ways to show progress: a bar, lines in the log, JSON for programs. */
public final class ProgressDisplays {

  private static final Logger LOG = LoggerFactory.getLogger(ProgressDisplays.class);
  private static final JsonMapper MAPPER = new JsonMapper();

  private static final int BAR_WIDTH_MAX = 40;
  private static final int BAR_WIDTH_MIN = 5;

  private ProgressDisplays() {}

  /** A line in the log every ten seconds, and one at the end. */
  public static ProgressDisplay lines() {
    return display(Duration.ofSeconds(10), progress -> LOG.info("Progress: {}", text(progress)));
  }

  /** One JSON object a second on one line each, flushed; docs/formats.md has its keys. */
  public static ProgressDisplay json(PrintStream out) {
    return display(
        Duration.ofSeconds(1),
        progress -> {
          out.println(toJson(progress));
          out.flush();
        });
  }

  /**
   * A bar in the last line of a terminal, redrawn five times a second; the last one stays there.
   *
   * @param screen for it alone
   * @param width columns of the terminal, asked before each drawing
   */
  public static ProgressDisplay bar(Screen screen, IntSupplier width) {
    return display(
        Duration.ofMillis(200),
        progress -> {
          screen.draw(List.of(bar(progress, width.getAsInt())));
          if (progress.isLast()) {
            screen.leave();
          }
        });
  }

  private static ProgressDisplay display(
      Duration interval, java.util.function.Consumer<Progress> show) {
    return new ProgressDisplay() {
      @Override
      public Duration interval() {
        return interval;
      }

      @Override
      public void show(Progress progress) {
        show.accept(progress);
      }
    };
  }

  static String toJson(Progress progress) {
    return MAPPER
        .createObjectNode()
        .put("state", progress.state().name().toLowerCase(Locale.ROOT))
        .put("sent", progress.sent())
        .put("total", progress.total())
        .put("failed_sends", progress.failedSends())
        .put("rate_hz", rounded(progress.rateHz()))
        .put("elapsed_s", rounded(progress.elapsedSeconds()))
        .put("remaining_s", rounded(progress.remainingSeconds()))
        .toString();
  }

  private static double rounded(double value) {
    return Math.round(value * 1_000) / 1_000.0;
  }

  static String text(Progress progress) {
    StringBuilder text = new StringBuilder();
    text.append(progress.sent()).append('/').append(progress.total()).append(" events (");
    text.append(String.format(Locale.ROOT, "%.1f events/s", progress.rateHz()));
    switch (progress.state()) {
      case WARMING_UP -> text.append(", warming up");
      case RUNNING -> text.append(", ~").append(clockText(progress.remainingNs())).append(" left");
      case FINISHED -> text.append(", done in ").append(clockText(progress.elapsedNs()));
      case ABORTED -> text.append(", aborted after ").append(clockText(progress.elapsedNs()));
    }
    text.append(')');
    if (progress.failedSends() > 0) {
      text.append(", ").append(progress.failedSends()).append(" sends failed");
    }
    return text.toString();
  }

  /** Never wider than the terminal, or the redrawing would scroll it. */
  static String bar(Progress progress, int columns) {
    String text = text(progress);
    int room = Math.min(columns - 1 - text.length() - 3, BAR_WIDTH_MAX);
    if (room < BAR_WIDTH_MIN) {
      return text.substring(0, Math.max(0, Math.min(text.length(), columns - 1)));
    }
    int full =
        progress.total() == 0 ? room : (int) ((double) progress.sent() / progress.total() * room);
    return "[" + "#".repeat(full) + " ".repeat(room - full) + "] " + text;
  }

  private static String clockText(long ns) {
    long seconds = Math.round(ns / 1e9);
    return seconds < 3_600
        ? String.format(Locale.ROOT, "%d:%02d", seconds / 60, seconds % 60)
        : String.format(
            Locale.ROOT, "%d:%02d:%02d", seconds / 3_600, seconds / 60 % 60, seconds % 60);
  }
}
