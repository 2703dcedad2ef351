package org.carillon.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Values of options that cannot be, each refused in one sentence. */
@Timeout(60) // what is not refused would run
class BadOptionTest {

  @TempDir private Path folder;

  @ParameterizedTest
  @CsvSource({
    "--listen-port, 70000, 70000 is not a port",
    "--listen-port, nine, --listen-port",
    "--node-id, a/b, 'a/b' is not a node id",
    "--warmup, 3, '3' is not a duration",
    "--warmup, -3s, must not be negative",
    "--commit-wait, 0s, a commit wait must be longer than 0",
    "--run-id, xyz, 'xyz' is not a run id",
    "--ntp-server, host:99999, 99999 is not a port",
    "--ntp-server, '', name is empty",
    "--ntp-server, ',,,', name is empty",
    "--ntp-server, 'a,', name is empty",
    "--ntp-server, 'a,,b', name is empty",
    "--chronotick-server, ftp://x, 'ftp://x' is not an address",
    "--clock, atomic, 'atomic' is not a clock",
    "--receive-buffer, 0, the receive buffer must have at least 1 byte",
    "--receive-buffer, many, 'many' is not a size",
    "--receive-cpu, -1, there is no processor -1",
    "--receive-cpu, first, 'first'",
    "--drift-bound-ppm, -1, drift",
    "--wander-bound-ppm-per-s, 0, wander",
    "--poll-interval, 0s, poll interval",
    "--log-level, LOUD, LOUD",
    "--log-file, /proc/no/such.log, cannot write the log file",
    "--log-file, /, it is a folder",
    "--ready-file, /proc/no/ready, cannot write /proc/no/ready",
    "--ready-file, /, it is a folder",
    "--summary, /proc/no/summary, cannot write /proc/no/summary",
    "--summary, /, it is a folder",
    "--output, /proc/no/such.csv, cannot write /proc/no",
    "--output, /, it is a folder"
  })
  void ofAWorker(String option, String value, String sentence) {
    requireRefusal(
        sentence,
        "worker",
        Map.of(
            "--node-id",
            "n1",
            "--listen-port",
            "0",
            "--warmup",
            "0s",
            "--output",
            folder.resolve("worker.csv").toString()),
        option,
        value);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--workers | n1 | 'n1' has no port",
        "--workers | n1:0 | 0 is not a port",
        "--workers | a:1,a:1 | a worker is named twice",
        "--num-events | -1 | must not be negative",
        "--num-events | 1e3 | --num-events",
        "--pattern | slow,quick | 'quick' is no delay of a pattern",
        "--rate | 0 | a rate must be above 0",
        "--rate | fast | 'fast' is not a decimal number",
        "--target-duration | -5 | '-5' is not a duration",
        "--target-duration | 0 | a duration above 0 is needed",
        "--wire | xml | --wire",
        "--payload-size | 66KB | a payload has 0 to",
        "--payload-size | 10GiB | bytes, not 10737418240",
        "--progress | loud | --progress",
        "--config | none.yaml | none.yaml does not exist",
        "--num-events | 9000000000000000000 | 292 years",
        "--output | / | it is a folder"
      })
  void ofACoordinator(String option, String value, String sentence) {
    requireRefusal(
        sentence,
        "coordinator",
        Map.of("--workers", "127.0.0.1:1", "--output", folder.resolve("sent.csv").toString()),
        option,
        value);
  }

  private static void requireRefusal(
      String sentence,
      String executable,
      Map<String, String> options,
      String option,
      String value) {
    Map<String, String> all = new TreeMap<>(options);
    all.put(option, value);
    InThisProcess.requireRefusal(
        sentence,
        executable,
        all.entrySet().stream().flatMap(it -> Stream.of(it.getKey(), it.getValue())).toArray());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "num-event: 5 | :1:1: num-event: unknown key; did you mean 'num-events'?",
        "num-events: many | :1:1: Invalid value for option '--num-events'",
        "rate: [1, 2] | :1:1: Invalid value for option '--rate'",
        "config: other.yaml | unknown key",
        "just text | expected options",
        "workers: {a: 1} | expected a value or a list"
      })
  void inAFileOfOptions(String yaml, String sentence) throws IOException {
    Path config = Files.writeString(folder.resolve("bad.yaml"), yaml + "\n");
    aFileOfOptionsThatCannotBeRead(config.toString(), sentence);
  }

  @ParameterizedTest
  @CsvSource({"/nowhere/options.yaml, does not exist", "/dev/zero, 1 MiB is the most"})
  void aFileOfOptionsThatCannotBeRead(String config, String sentence) {
    InThisProcess.requireRefusal(
        sentence,
        "coordinator",
        "--config",
        config,
        "--workers",
        "a:1",
        "--output",
        folder.resolve("sent.csv"));
  }

  @ParameterizedTest(name = "{0} says {1}")
  @CsvSource({
    "'', Missing required argument",
    "--local-stratum 8 --upstream a, mutually exclusive",
    "--local-stratum 0, --local-stratum takes a number from 1 to 15",
    "--local-stratum 16, --local-stratum takes a number from 1 to 15",
    "--local-stratum x, 'x' is not an int",
    "--upstream a:b, 'b' in 'a:b' is not a port",
    "--local-stratum 8 --port 65536, --port takes a number from 0 to 65535",
    "--local-stratum 8 --http-port -1, --http-port takes a number from 0 to 65535",
    "--local-stratum 8 --bind no-such-host.invalid, --bind takes addresses of this machine",
    "--local-stratum 8 --rate-limit -1, is not a decimal number",
    "--local-stratum 8 --rate-limit NaN, is not a decimal number",
    "--local-stratum 8 --clock wrong, 'wrong' is not a clock",
    "--upstream a --poll-interval 1, '1' is not a duration",
    "--upstream a --poll-interval 0, the poll interval must lie between",
    "--upstream a --drift-bound-ppm 0, a drift bound lies above 0",
    "--upstream a --wander-bound-ppm-per-s 0, a wander bound lies above 0",
    "--local-stratum 8 --bind 203.0.113.7, check --bind",
  })
  void ofATimeserver(String arguments, String sentence) {
    InThisProcess.requireRefusal(
        sentence,
        "timeserver",
        (Object[]) (arguments.isEmpty() ? new String[0] : arguments.split(" ")));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "los=1%|'los' is no fault that can be injected; did you mean 'loss'?",
        "loss=1|loss: '1' is not a share: write a percentage such as 1% or 0.5%; write loss=1%",
        "seed=7|no fault is named: write one such as loss=1%",
        "die-at-event=0|die-at-event: events count from 1"
      })
  void aFaultThatCannotBe(String faults, String sentence) {
    Path output = folder.resolve("file.csv");
    InThisProcess.requireRefusal(
        "--inject: " + sentence,
        "worker",
        "--node-id",
        "n1",
        "--listen-port",
        0,
        "--output",
        output,
        "--inject",
        faults);
    InThisProcess.requireRefusal(
        "--inject: " + sentence,
        "coordinator",
        "--workers",
        "127.0.0.1:9",
        "--output",
        output,
        "--inject",
        faults);
  }

  @ParameterizedTest
  @CsvSource({
    "--windows 50, 50",
    "--windows 0s, --windows",
    "--windows -1ms, --windows",
    "--format gif, gif",
    "/no/such/folder, /no/such/folder",
    "'', RUN_DIR",
    "--fail-if a>, 'a>' is no condition: character 3: expected a path",
    "--fail-if a>baseline, 'a>baseline' needs --baseline",
    "--fail-if-file /no/such/file, cannot read /no/such/file",
    "--baseline /no/such/run, /no/such/run does not exist",
    "--metric a, --metric has no effect without --compare",
    "--seed 1, --seed has no effect without --compare",
    "--tolerance-percent 5, --tolerance-percent has no effect without --compare",
    "--compare --tolerance-percent -1, --tolerance-percent takes a number of 0 or more",
    "--compare --baseline x, --baseline has no effect with --compare",
    "--compare --latex, --latex has no effect with --compare",
    "--memory 100MiB, an analysis needs 512MiB of memory or more",
    "--memory lots, 'lots' is not a size",
    "--threads 0, an analysis needs a thread",
    "--partial 3, '3' is no share; write it as K/N",
    "--partial 3/2, of 2 shares there is none with number 3",
    "--partial 1/2 --merge x, --partial and --merge are two steps",
    "--partial 1/2 --latex, --latex has no effect with --partial",
    "--partial 1/2 --fail-if a>1, --fail-if has no effect with --partial",
    "--merge x --compare, --merge is for one run",
    "/no/such/folder /other, one RUN_DIR is analysed at a time",
    "/no/such/folder --compare, no run can be read: /no/such/folder does not exist"
  })
  void ofAnAnalysis(String arguments, String sentence) {
    String run = arguments.startsWith("--") ? arguments + " " + folder : arguments;
    InThisProcess.requireRefusal(
        sentence, "analyze", (Object[]) (run.isEmpty() ? new String[0] : run.split(" ")));
  }
}
