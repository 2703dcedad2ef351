package org.carillon.deploy.deployable;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.carillon.core.CarillonException;
import org.carillon.ssh.Detached;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DeployableLoaderTest {

  private static final String SMALL =
      """
      name: echo
      hosts: "bell[1-8]"
      release: {files: build/echo}
      """;

  private static final String WHOLE =
      """
      name: echo
      hosts: "bell[1-8]"
      ssh: {config: site/ssh, user: runner, host_keys: accept-new}
      root: ".carillon/services/echo"
      release:
        files: build/echo
        version: "1.4"
        shared: [data, logs]
        keep: 3
      service:
        start: [bin/echo, --port, "7070"]
        stop: {signal: SIGINT, deadline: 5s}
        health: {http: "http://127.0.0.1:7070/health", window: 20s, interval: 200ms}
      backup: {paths: [shared/data], retention: 30d, keep: 10}
      rollout: {batch: "10%", canary: 2, max_fail: "5%"}
      validate:
        tests:
          - {name: answers, command: [bin/check, "a, b"], deadline: 3s}
          - name: again
            command: [bin/check]
        logs: [shared/logs/echo.log]
        patterns: [{name: errors, regex: "ERROR|FATAL: '.*'", max: 2}]
        limits: {cpu_percent: 90, open_files: 1000, clock_bound: 5ms, response_p99: 100ms}
        ports: [7070]
        connectivity: {probes: 5}
        experiment: short.yaml
      """;

  @TempDir private Path folder;

  private DeployableLoader.Loaded load(String yaml, String... settings) throws IOException {
    Path file = Files.writeString(folder.resolve("echo.yaml"), yaml);
    return DeployableLoader.load(file, List.of(settings), folder);
  }

  @Test
  void aSmallFileHasDefaultsForTheRest() throws IOException {
    Deployable deployable = load(SMALL).deployable();
    assertThat(deployable.root()).isEqualTo(".carillon/services/echo");
    assertThat(deployable.release().files()).isEqualTo(folder.resolve("build/echo"));
    assertThat(deployable.release().version()).isEqualTo("echo");
    assertThat(deployable.reports()).isEqualTo(folder.resolve("reports"));
    assertThat(deployable.service()).isEmpty();
    assertThat(deployable.rollout().maxFail().atMostOf(1000)).isZero();
    assertThat(deployable.validate().connectivity()).isEmpty();
  }

  @Test
  void everySectionIsRead() throws IOException {
    Deployable deployable = load(WHOLE).deployable();
    Deployable.Service service = deployable.service().orElseThrow();
    assertThat(service.start())
        .isEqualTo(new Deployable.Start.Program(List.of("bin/echo", "--port", "7070")));
    assertThat(service.stop())
        .isEqualTo(new Deployable.Stop(Detached.Signal.INT, Duration.ofSeconds(5)));
    assertThat(service.health().interval()).isEqualTo(Duration.ofMillis(200));
    assertThat(deployable.release().shared()).containsExactly("data", "logs");
    assertThat(deployable.backup().retention()).isEqualTo(Duration.ofDays(30));
    assertThat(deployable.validate().tests())
        .containsExactly(
            new Deployable.Test("answers", List.of("bin/check", "a, b"), Duration.ofSeconds(3)),
            new Deployable.Test("again", List.of("bin/check"), Duration.ofSeconds(10)));
    assertThat(deployable.validate().patterns().getFirst().max()).isEqualTo(2);
    assertThat(deployable.validate().connectivity()).contains(new Deployable.Connectivity(true, 5));
    assertThat(deployable.validate().experiment()).contains(folder.resolve("short.yaml"));
  }

  @Test
  void theResolvedFileReadsBackAsTheSame() throws IOException {
    String resolved = load(WHOLE, "release.keep=7").resolvedYaml();
    assertThat(load(resolved).resolvedYaml()).isEqualTo(resolved).contains("keep: 7");
  }

  @Test
  void someHostsMayBeNamedButNoStrangers() throws IOException {
    Deployable deployable = load(SMALL).deployable();
    try (Fleet fleet = Fleet.of(deployable, Optional.of("bell[2-3]"))) {
      assertThat(fleet.names().names()).containsExactly("bell2", "bell3");
    }
    assertThatThrownBy(() -> Fleet.of(deployable, Optional.of("bell[8-9]")))
        .isInstanceOf(CarillonException.class)
        .hasMessage("bell9 is not one of the hosts of echo, which are bell[1-8].");
  }

  @Test
  void aCommandLineAboutHostsCanBePastedIntoAShell() throws IOException {
    Path file = Files.writeString(folder.resolve("my echo.yaml"), SMALL);
    Deployable deployable =
        DeployableLoader.load(file, List.of("description=it's"), folder).deployable();
    try (Fleet all = Fleet.of(deployable, Optional.empty());
        Fleet some = all.limitedTo(List.of("bell1", "bell2"))) {
      assertThat(all.command("deploy resume", "--undo"))
          .isEqualTo("`deploy resume '%s' --undo --set 'description=it'\\''s'`".formatted(file));
      assertThat(some.command("validate")).endsWith("'\\''s' --limit 'bell[1-2]'`");
      assertThat(some.limitedTo(List.of("bell2")).command("validate")).endsWith(" --limit bell2`");
    }
  }

  @Test
  void anExperimentIsNamedForWhatItIs() {
    assertThatThrownBy(() -> load("nodes: {a: }\nworkload: {events: 5}\n"))
        .hasMessageEndingWith(
            "echo.yaml is no deployable file but an experiment file, which deploy runs by itself.");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "release.kepe=3                          | release.kepe: unknown key; did you mean 'keep'?",
        "hosts=bell[1-                           | --set hosts=bell[1-: hosts: ",
        "validate.tests=[{name: a}]              | validate.tests.1.command: is missing",
        "validate.tests={a: {name: a}}           | validate.tests: needs a list of groups",
        "validate.patterns=[{name: a, regex: (}] | validate.patterns.1.regex: '(' is not a regular",
        "rollout.batch=101%                      | rollout.batch: '101%' is not a number of hosts",
        "root=../elsewhere                       | root: '../elsewhere' is not a path",
        "release.shared=[a/b]                    | release.shared: 'a/b' is not a name",
        "backup.paths=[../x]                     | backup.paths: '../x' is not a path",
        "service.stop.signal=STOP                | 'STOP' is not a signal",
        "service.stop.deadline=1s                | service.start: is missing",
        "validate.limits.response_p99=1s         | needs service.health.http",
        "name=Echo                               | name: 'Echo' is not a name",
      })
  void everyFaultIsNamed(String setting, String complaint) {
    assertThatThrownBy(() -> load(SMALL, setting))
        .isInstanceOf(CarillonException.class)
        .hasMessageContaining(complaint);
  }

  @ParameterizedTest
  @CsvSource({"10%, 8, 1, 0", "50%, 8, 4, 4", "3, 8, 3, 3", "0, 8, 1, 0", "100%, 7, 7, 7"})
  void aBatchIsRoundedUpAndWhatIsToleratedDown(String text, int hosts, int batch, int tolerated) {
    Share share = Share.parse(text);
    assertThat(share.atLeastOneOf(hosts)).isEqualTo(batch);
    assertThat(share.atMostOf(hosts)).isEqualTo(tolerated);
  }
}
