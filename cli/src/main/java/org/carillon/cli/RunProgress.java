package org.carillon.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Locale;
import java.util.function.Consumer;
import org.carillon.core.time.ClockSource;
import org.carillon.events.Progress;
import org.carillon.events.ProgressDisplay;
import org.carillon.events.ProgressDisplays;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Shows the progress that a coordinator elsewhere reports as JSON. */
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

  private final ProgressDisplay display;
  private final ClockSource clock;
  private long dueNs;

  private RunProgress(ProgressDisplay display, ClockSource clock) {
    this.display = display;
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
      case AUTO ->
          new RunProgress(
                  Terminal.isInteractive()
                      ? ProgressDisplays.bar(System.err, Terminal::columns)
                      : ProgressDisplays.lines(),
                  clock)
              ::take;
    };
  }

  private void take(String line) {
    Progress progress;
    try {
      progress = read(JSON.readTree(line));
    } catch (JsonProcessingException | IllegalArgumentException e) {
      LOG.debug("not a line of progress: {}", line, e);
      return;
    }
    if (progress.isLast() || clock.monotonicNs() >= dueNs) {
      dueNs = clock.monotonicNs() + display.interval().toNanos();
      display.show(progress);
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
