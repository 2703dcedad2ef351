package org.carillon.cli;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.slf4j.LoggerFactory;

/** What a coordinator is told of its schedule and cannot be, refused before anything is opened. */
@Timeout(60) // what is not refused would run
class ScheduleOptionsTest {

  private static final String COORDINATOR = "--output /proc/none/sent.csv --workers 127.0.0.1:9 ";

  @TempDir private Path folder;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--rate 5 --target-duration 5s | --rate and --target-duration exclude each other",
        "--arrivals poisson | --arrivals poisson needs a --rate",
        "--arrivals poisson --target-duration 5s | --arrivals poisson needs a --rate",
        "--arrivals often | Invalid value for option '--arrivals'",
        "--burst 2 | --burst needs a --rate",
        "--burst 0 --rate 5 | a burst has at least 1 event, not 0",
        "--seed 2 --rate 5 | --seed is for --arrivals poisson",
        "--seed x --rate 5 --arrivals poisson | Invalid value for option '--seed'",
        "--replay none.csv | there is no file none.csv",
        "--replay none.csv --rate 5 | --replay says when events are due, and so does --rate",
        "--replay none.csv --pattern fast | and so does --pattern",
        "--replay none.csv --target-duration 5s | and so does --target-duration",
        "--spin 5us --no-spin | --spin and --no-spin exclude each other",
        "--spin 5 | '5' is not a duration",
        "--send-cpu -1 | processors count from 0, not -1",
        "--max-lateness soon | 'soon' is not a duration",
        "--transmit-times maybe | Invalid value for option '--transmit-times'",
        "--transmit-times maybe | expected one of auto, on, off, not 'maybe'",
        "--arrivals often | expected one of constant, poisson, not 'often'",
        "--wire xml | expected one of binary, json, not 'xml'",
        "--progress some | expected one of auto, bar, lines, json, none, not 'some'",
        "--log-level loud | expected one of debug, info, warning, error, not 'loud'",
      })
  void isRefused(String options, String sentence) {
    InThisProcess.requireRefusal(
        sentence,
        "coordinator",
        Stream.of((COORDINATOR + options).split(" ")).map(Object.class::cast).toArray());
  }

  @Test
  void aRecordingThatIsMissingIsComplainedOfWithoutATrace() {
    Logger logger = (Logger) LoggerFactory.getLogger(Executable.class);
    ListAppender<ILoggingEvent> traces = new ListAppender<>();
    traces.start();
    logger.setLevel(Level.DEBUG); // as before a command line says otherwise
    logger.addAppender(traces);
    isRefused("--replay none.csv --log-level ERROR", "there is no file none.csv");
    assertThat(traces.list).isEmpty();
  }

  @Test
  void moreEventsThanARecordingHasAreRefused() throws IOException {
    Path file = Files.writeString(folder.resolve("old.csv"), "send_time_ns\n1\n2\n");
    isRefused("--replay " + file + " --num-events 3", "old.csv, which has 2");
  }

  @Test
  void soIsTheSameInAFileOfOptions() throws IOException {
    Path file = Files.writeString(folder.resolve("options.yaml"), "burst: 3\nno_spin: true\n");
    isRefused("--config " + file, "--burst needs a --rate");
  }

  @ParameterizedTest
  @CsvSource({"--spin 5ms", "--burst 2", "--max-lateness 1ms", "--catch-up"})
  void aCommandHasNoSchedule(String options) {
    InThisProcess.requireRefusal(
        options.split(" ")[0] + " is for events, and a command stands in place of them",
        "coordinator",
        Stream.concat(
                Stream.of(
                        "--output /proc/none/sent.csv --control-without-identity --ntp-server"
                            .split(" "))
                    .map(Object.class::cast),
                Stream.of(("localhost --agents localhost:1 " + options + " -- true").split(" ")))
            .toArray());
  }
}
