package org.carillon.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.carillon.control.identity.RunIdentity;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Options that do not go together, refused before anything is opened. */
@Timeout(60) // what is not refused would run
class RefusedOptionsTest {

  private static final String WORKER = "--node-id a --output /proc/none/worker.csv ";
  private static final String COORDINATOR =
      "--output /proc/none/sent.csv --control-without-identity --ntp-server localhost --agents ";

  @TempDir private Path folder;

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
    assertRefused("worker", WORKER + options, sentence);
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
    assertRefused("coordinator", COORDINATOR + options, sentence);
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
        "coordinator",
        COORDINATOR + "localhost:1 " + option + " -- true",
        option.split(" ")[0] + " is for events, and a command stands in place of them");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--for 999ms --server localhost | --for takes a duration from 1s to 1d",
        "--max-bound 0 | --max-bound takes a duration above 0",
        "--max-loss-percent 101 | --max-loss-percent takes a number from 0 to 100",
        "--for 5s | --for has no effect without --server or --hosts",
        "--drift-bound-ppm -1 | ",
        "--poll-interval 1ms | the poll interval must lie between",
      })
  void ofClockcheck(String options, String sentence) {
    assertRefused("clockcheck", options, sentence == null ? "" : sentence);
  }

  @ParameterizedTest
  @CsvSource({
    "worker, --run-id 5, --run-id is the coordinator's to say",
    "worker, --warmup 5s, --warmup is the coordinator's to say",
    "worker, --commit-wait 5s, --commit-wait is the coordinator's to say",
    "worker, --control-without-identity, exclude each other",
    "worker, --control nowhere, 'nowhere' has no port",
    "coordinator, --workers 127.0.0.1:9, --workers and --agents exclude each other",
    "coordinator, --warmup 5s, --worker-warmup",
    "coordinator, --summary sum.json, --summary is for --workers",
    "coordinator, --control-without-identity, exclude each other",
    "coordinator, --run-policy most, 'most'",
    "coordinator, --agents =a:1, '=a:1' is not a control port",
    "coordinator, --agents a:1@, 'a:1@' is not a control port",
    "coordinator, --rate 0, a rate must be above 0"
  })
  void ofTheControlStream(String executable, String arguments, String sentence) throws IOException {
    Path identity = folder.resolve("run.pem");
    RunIdentity.create().write(identity);
    String common = " --ntp-server localhost --identity " + identity;
    String options =
        executable.equals("worker")
            ? WORKER + "--listen-port 0 --control 127.0.0.1:0" + common
            : "--output /proc/none/sent.csv --agents 127.0.0.1:9 --worker-warmup 0s" + common;
    InThisProcess.requireRefusal(
        sentence, executable, (Object[]) (options + " " + arguments).split(" +"));
  }

  @ParameterizedTest
  @CsvSource({
    "worker, --node-id a --output w.csv --listen-port 0 --allow-exec, --allow-exec needs --control",
    "coordinator, --output s.csv --workers a:1 --fast-start, --fast-start needs --agents",
    "coordinator, --output s.csv --agents a:1 --control-without-identity, --ntp-server is missing",
    "coordinator, --output s.csv --agents a:1 --ntp-server a, --identity is missing",
    "coordinator, --workers a:1, --output is missing",
    "coordinator, --output s.csv, --workers is missing",
    "coordinator, --output s.csv --workers a:1 --rate 1 --target-duration 1,"
        + " --rate and --target-duration exclude each other"
  })
  void withoutWhatTheyNeed(String executable, String arguments, String sentence) {
    InThisProcess.requireRefusal(sentence, executable, (Object[]) arguments.split(" "));
  }

  private static void assertRefused(String executable, String arguments, String sentence) {
    List<String> words = Stream.of(arguments.split(" +")).filter(it -> !it.isEmpty()).toList();
    InThisProcess.requireRefusal(": " + sentence, executable, words.toArray());
  }
}
