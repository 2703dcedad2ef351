package org.carillon.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Duration;
import java.util.Locale;
import java.util.function.Consumer;
import org.carillon.core.time.ClockSource;
import org.carillon.core.time.DurationText;
import org.carillon.events.Progress;
import org.carillon.events.ProgressDisplay;
import org.carillon.events.ProgressDisplays;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Shows the progress that a coordinator elsewhere reports as JSON: what is waited for until the
 * common start, then the events sent, or how many commands have ended.
 */
final class RunProgress {

  /** How it is shown. */
  enum Form {
    AUTO,
    JSON,
    NONE
  }

  private static final Logger LOG = LoggerFactory.getLogger(RunProgress.class);
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final double NS_PER_SECOND = 1e9;

  private final boolean interactive;
  private final ProgressDisplay display;
  private final ClockSource clock;
  private String phase = "";
  private long dueNs;

  private RunProgress(boolean interactive, ClockSource clock) {
    this.interactive = interactive;
    this.display =
        interactive
            ? ProgressDisplays.bar(System.err, Terminal::columns)
            : ProgressDisplays.lines();
    this.clock = clock;
    this.dueNs = clock.monotonicNs();
  }

  /** What takes the coordinator's lines. */
  static Consumer<String> of(Form form, ClockSource clock) {
    return switch (form) {
      case NONE -> line -> {};
      case JSON ->
          line -> {
            System.out.println(line);
            System.out.flush();
          };
      case AUTO -> new RunProgress(Terminal.isInteractive(), clock)::take;
    };
  }

  private void take(String line) {
    try {
      JsonNode json = JSON.readTree(line);
      Progress progress = read(json);
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
    if (interactive) {
      String cut =
          sentence.substring(0, Math.max(0, Math.min(sentence.length(), Terminal.columns() - 1)));
      System.err.print("\033[K" + cut + (isLast ? System.lineSeparator() : "\r"));
      System.err.flush();
    } else {
      LOG.info("Progress: {}", sentence);
    }
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
