package org.carillon.deploy.deployable;

import static org.carillon.core.keys.Key.optional;
import static org.carillon.core.keys.Key.required;
import static org.carillon.core.keys.Key.withDefault;

import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import org.carillon.core.keys.Form;
import org.carillon.core.keys.Forms;
import org.carillon.core.keys.Key;
import org.carillon.core.keys.KeyGroup;

/** The group {@code validate}. */
final class ValidateKeys {

  static final KeyGroup GROUP = new KeyGroup();

  private static final String TESTS = "validate.tests.*.";
  private static final String PATTERNS = "validate.patterns.*.";
  private static final String LIMITS = "validate.limits.";

  static final Key<String> TEST_NAME =
      GROUP.add(required(TESTS + "name", Forms.name(), "Names the test in reports."));
  static final Key<List<String>> TEST_COMMAND =
      GROUP.add(
          required(
              TESTS + "command",
              new Form.Words(),
              "Run in `current/` on each host; passes with exit code 0."));
  static final Key<Duration> TEST_DEADLINE =
      GROUP.add(
          withDefault(
              TESTS + "deadline",
              Forms.duration(Duration.ofMillis(100)),
              "10s",
              "Fails if it takes longer."));
  static final Key<List<String>> LOGS =
      GROUP.add(
          withDefault(
              "validate.logs",
              new Form.Many<>(DeployableForms.pathBelow("`root`")),
              "",
              "Logs on each host that the patterns are looked for in."));
  static final Key<String> PATTERN_NAME =
      GROUP.add(required(PATTERNS + "name", Forms.name(), "Names the pattern in reports."));
  static final Key<Pattern> PATTERN_REGEX =
      GROUP.add(
          required(
              PATTERNS + "regex",
              DeployableForms.regex(),
              "Looked for in every line of the logs; what Java and `grep -E` read alike."));
  static final Key<Long> PATTERN_MAX =
      GROUP.add(
          withDefault(
              PATTERNS + "max",
              Forms.integer(0, Long.MAX_VALUE),
              "0",
              "More lines than this since the start are a failure."));
  static final Key<Double> CPU =
      GROUP.add(
          optional(
              LIMITS + "cpu_percent", Forms.decimal(0, 100), "Processor time of the host in use."));
  static final Key<Double> MEMORY =
      GROUP.add(
          optional(LIMITS + "memory_percent", Forms.decimal(0, 100), "Memory of the host in use."));
  static final Key<Double> DISK =
      GROUP.add(
          optional(LIMITS + "disk_percent", Forms.decimal(0, 100), "Disk in use, below `root`."));
  static final Key<Long> OPEN_FILES =
      GROUP.add(
          optional(
              LIMITS + "open_files",
              Forms.integer(1, Long.MAX_VALUE),
              "Files that the service holds open."));
  static final Key<Duration> CLOCK_BOUND =
      GROUP.add(
          optional(
              LIMITS + "clock_bound",
              Forms.duration(Duration.ofNanos(1)),
              "How far a host's clock may be from this machine's, its bound included."));
  static final Key<Duration> RESPONSE_P99 =
      GROUP.add(
          optional(
              LIMITS + "response_p99",
              Forms.duration(Duration.ofNanos(1)),
              "Response time of `service.health.http` that 99 of 100 answers stay below."));
  static final Key<List<Integer>> PORTS =
      GROUP.add(
          withDefault(
              "validate.ports",
              new Form.Many<>(Forms.port()),
              "",
              "TCP ports that must be listened on."));
  static final Key<Boolean> UDP =
      GROUP.add(
          withDefault(
              "validate.connectivity.udp",
              Forms.bool(),
              "true",
              "Whether datagrams are sent between each pair of hosts, both ways; without the group"
                  + " `validate.connectivity`, such as `connectivity: {}`, they are not."));
  static final Key<Long> PROBES =
      GROUP.add(
          withDefault(
              "validate.connectivity.probes",
              Forms.integer(1, 10_000),
              "20",
              "How many in each direction."));
  static final Key<String> EXPERIMENT =
      GROUP.add(
          optional(
              "validate.experiment", Forms.text("path"), "A short experiment that must succeed."));

  private ValidateKeys() {}
}
