package org.carillon.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.stream.Stream;
import org.carillon.core.ExitCode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** Options that do not go together, refused before anything is opened. */
class RefusedOptionsTest {

  private static final String WORKER = "--node-id a --output /proc/none/worker.csv ";
  private static final String COORDINATOR =
      "--output /proc/none/sent.csv --control-without-identity --ntp-server localhost --agents ";

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'' | --listen-port is missing: name the UDP port",
        "--control localhost:0 --control-without-identity | --ntp-server is missing: a common",
        "--control localhost:0 --identity /proc/none/run.pem --ntp-server localhost --allow-exec"
            + " | cannot read the identity from /proc/none/run.pem",
      })
  void ofAWorker(String options, String sentence) {
    assertRefused(new WorkerCommand(), WORKER + options, sentence);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "localhost:7171,localhost:7171 | --agents has localhost:7171 twice",
        "a=localhost:1,b=localhost:2,a=localhost:3 | --agents has a twice",
        "localhost:1 --exec-timeout 3s | --exec-timeout needs a command, which stands behind --",
        "localhost:1 --exec-env A=b | --exec-env needs a command",
        "localhost:1 --exec-output-limit 3KiB | --exec-output-limit needs a command",
      })
  void ofACoordinator(String options, String sentence) {
    assertRefused(new CoordinatorCommand(), COORDINATOR + options, sentence);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--rate 5",
        "--num-events 5",
        "--pattern fast",
        "--target-duration 5s",
        "--payload-size 100",
        "--wire json",
        "--settle 1s",
        "--commit-wait 1s",
      })
  void ofEventsBesideACommand(String option) {
    assertRefused(
        new CoordinatorCommand(),
        COORDINATOR + "localhost:1 " + option + " -- true",
        option.split(" ")[0] + " is for events, and a command stands in place of them");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--for 999ms | --for takes a duration from 1s to 1d",
        "--max-bound 0 | a limit of nothing is never kept",
        "--max-loss-percent 101 | a share lies between 0 and 1",
        "--drift-bound-ppm -1 | ",
        "--poll-interval 1ms | the poll interval must lie between",
      })
  void ofClockcheck(String options, String sentence) {
    assertRefused(new ClockcheckCommand(), options, sentence == null ? "" : sentence);
  }

  private static void assertRefused(Object command, String arguments, String sentence) {
    StringWriter err = new StringWriter();
    CommandLine commandLine = Executable.commandLine(command).setErr(new PrintWriter(err, true));
    List<String> words = Stream.of(arguments.split(" +")).filter(it -> !it.isEmpty()).toList();
    int exitCode = commandLine.execute(words.toArray(String[]::new));
    assertThat(err.toString()).contains(": " + sentence);
    assertThat(exitCode).isEqualTo(ExitCode.USAGE.code());
  }
}
