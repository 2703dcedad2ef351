package org.carillon.cli.deploy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.carillon.cli.Terminal;
import org.carillon.control.view.Screen;
import org.carillon.core.time.ClockSource;
import org.carillon.core.time.DurationText;
import org.carillon.deploy.ProgressListener;
import org.carillon.events.send.Progress;
import org.carillon.events.send.ProgressDisplay;
import org.carillon.events.send.ProgressDisplays;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Shows the progress that a coordinator elsewhere reports as JSON: what is waited for until the
 * common start, then the events sent, or how many commands have ended.
 */
final class RunProgress implements ProgressListener {

  /** How it is shown. */
  enum Form {
    AUTO,
    JSON,
    NONE
  }

  private static final Logger LOG = LoggerFactory.getLogger(RunProgress.class);
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final double NS_PER_SECOND = 1e9;

  private final Optional<Screen> screen;
  private final ProgressDisplay display;
  private final ClockSource clock;
  private String phase = "";
  private long dueNs;
  private boolean isOver;

  /**
   * @param screen of a terminal; without one, progress goes to the log
   */
  RunProgress(Optional<Screen> screen, ClockSource clock) {
    this.screen = screen;
    this.display =
        screen
            .map(terminal -> ProgressDisplays.bar(terminal, Terminal::columns))
            .orElseGet(ProgressDisplays::lines);
    this.clock = clock;
    this.dueNs = clock.monotonicNs();
  }

  /** What takes the coordinator's lines. */
  static ProgressListener of(Form form, ClockSource clock) {
    return switch (form) {
      case NONE -> line -> {};
      case JSON ->
          line -> {
            System.out.println(line);
            System.out.flush();
          };
      case AUTO ->
          new RunProgress(
              Terminal.isInteractive() ? Optional.of(Terminal.screen()) : Optional.empty(), clock);
    };
  }

  @Override
  public void line(String line) {
    if (isOver) {
      return;
    }
    try {
      JsonNode json = JSON.readTree(line);
      Progress progress = read(json);
      isOver = progress.isLast();
      boolean isNews = !json.path("phase").asText().equals(phase);
      if (progress.isLast() || isNews || clock.monotonicNs() >= dueNs) {
        phase = json.path("phase").asText();
        dueNs = clock.monotonicNs() + display.interval().toNanos();
        if (json.has("total") && progress.state() != Progress.State.WARMING_UP) {
          display.show(progress);
        } else {
          say(sentence(json), progress.isLast());
        }
      }
    } catch (JsonProcessingException | IllegalArgumentException e) {
      LOG.debug("not a line of progress: {}", line, e);
    }
  }

  /** What was shown last is true no more, unless it was said to be the last. */
  @Override
  public void over() {
    isOver = true;
    screen.ifPresent(Screen::clear);
  }

  /** Of a run without events to count, or before there are any. */
  static String sentence(JsonNode json) {
    String waitingFor = json.path("waiting_for").asText().replaceAll("\\p{Cntrl}", "?");
    if (!waitingFor.isEmpty()) {
      return waitingFor;
    }
    int ended = 0;
    for (JsonNode worker : json.path("workers")) {
      String state = worker.path("state").asText();
      ended +=
          state.equals("completed") || state.equals("failed") || state.equals("aborted") ? 1 : 0;
    }
    double elapsedS = json.path("elapsed_s").asDouble();
    return elapsedS == 0
        ? json.path("phase").asText().replace('_', ' ')
        : "%d of %d workers have ended, %s after the start"
            .formatted(
                ended,
                json.path("workers").size(),
                DurationText.rounded(Duration.ofSeconds(Math.round(elapsedS))));
  }

  private void say(String sentence, boolean isLast) {
    screen.ifPresentOrElse(
        terminal -> {
          int width = Math.max(0, Terminal.columns() - 1);
          terminal.draw(List.of(sentence.substring(0, Math.min(sentence.length(), width))));
          if (isLast) {
            terminal.leave();
          }
        },
        () -> LOG.info("Progress: {}", sentence));
  }

  private static Progress read(JsonNode json) {
    return new Progress(
        Progress.State.valueOf(json.path("state").asText().toUpperCase(Locale.ROOT)),
        json.path("sent").asLong(),
        json.path("total").asLong(),
        json.path("failed_sends").asLong(),
        Math.round(json.path("elapsed_s").asDouble() * NS_PER_SECOND),
        Math.round(json.path("remaining_s").asDouble() * NS_PER_SECOND));
  }
}
