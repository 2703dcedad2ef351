package org.carillon.cli;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.carillon.control.view.Screen;
import org.carillon.core.time.DurationText;
import org.carillon.ntp.check.ClockMeasuring;

/** How far a measuring is, in the last line of a terminal; elsewhere nothing is shown. */
final class MeasuringProgress implements AutoCloseable {

  private final Duration length;
  private final Optional<Screen> screen;

  private MeasuringProgress(Duration length, Optional<Screen> screen) {
    this.length = length;
    this.screen = screen;
  }

  /** Of a measuring of this length. */
  static MeasuringProgress of(Duration length) {
    return new MeasuringProgress(
        length, Terminal.isInteractive() ? Optional.of(Terminal.screen()) : Optional.empty());
  }

  void show(ClockMeasuring.Progress progress) {
    screen.ifPresent(
        terminal -> {
          String line = text(progress, length);
          terminal.draw(
              List.of(line.substring(0, Math.min(line.length(), Terminal.columns() - 1))));
        });
  }

  static String text(ClockMeasuring.Progress progress, Duration length) {
    String left =
        DurationText.rounded(Duration.ofSeconds(length.minus(progress.elapsed()).toSeconds()));
    return "measuring, "
        + left
        + " left, "
        + progress.exchanges()
        + (progress.exchanges() == 1 ? " exchange" : " exchanges")
        + progress
            .offset()
            .map(
                offset ->
                    ", offset "
                        + DurationText.signed(offset.bestNs())
                        + ", bound ±"
                        + DurationText.rounded(Duration.ofNanos(offset.halfWidthNs())))
            .orElse(", no usable answer yet");
  }

  /** Takes the line away. */
  @Override
  public void close() {
    screen.ifPresent(Screen::clear);
  }
}
