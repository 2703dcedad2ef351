package org.carillon.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import org.carillon.core.CarillonException;
import org.carillon.core.ExitCode;
import org.carillon.core.experiment.Experiment;
import org.carillon.core.time.SystemClock;
import org.carillon.ntp.check.FleetReport;
import org.carillon.ssh.HostException;
import org.carillon.ssh.LocalHost;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Many hosts that all are this machine, with a clockcheck that says what it was asked. */
class FleetCheckTest {

  /** Notes its arguments beside it and answers with an offset of 1 µs ± 9 µs. */
  private static final String CLOCKCHECK =
      """
      #!/bin/sh
      printf '%s\\n' "$*" >>"${0%/*}/asked"
      cat <<'END'
      {"format":"carillon-clockcheck","version":1,"node":"n","exit_code":0,
       "checks":[{"name":"bound","verdict":"pass","measured":"9us","limit":"1ms"}],
       "measured":{"assumptions":{"drift_bound_ppm":50},
        "offset":{"lowest_ns":-8000,"best_ns":1000,"highest_ns":10000},
        "moments":[{"time_ns":1000000000,"lowest_ns":-8000,"best_ns":1000,"highest_ns":10000}]}}
      END
      """;

  @TempDir private Path folder;
  private FakeDistribution distribution;
  private final List<String> progress = new ArrayList<>();

  @BeforeEach
  void distribution() {
    distribution = new FakeDistribution(folder);
    distribution.put("clockcheck", CLOCKCHECK);
  }

  private FleetReport check(List<String> servers, String... hosts) {
    return check(new Cancellation(), servers, hosts);
  }

  private FleetReport check(Cancellation cancellation, List<String> servers, String... hosts) {
    SequencedMap<String, Experiment.HostSpec> specs = new LinkedHashMap<>();
    for (String host : hosts) {
      specs.put(host, Experiment.HostSpec.local(Optional.empty()));
    }
    FleetCheck.Request request =
        new FleetCheck.Request(
            specs,
            "~/.carillon",
            Optional.empty(),
            servers,
            List.of("--for", "3s"),
            Duration.ofSeconds(3),
            1_000_000);
    return new FleetCheck(
            request,
            distribution.distribution(),
            (name, spec) -> {
              if (name.equals("away")) {
                throw new HostException(HostException.Kind.UNREACHABLE, name, "does not answer");
              }
              return new LocalHost(name, folder);
            },
            new SystemClock(),
            cancellation)
        .run(progress::add);
  }

  private String asked() throws IOException {
    return Files.readString(folder.resolve("bin/asked"));
  }

  @Test
  void allAreAskedTheSameAndComparedInTheOrderInWhichTheyWereNamed() throws IOException {
    FleetReport report = check(List.of("ntp:123", "[::1]:9"), "b", "a", "c");

    assertThat(report.hosts()).containsOnlyKeys("b", "a", "c");
    assertThat(report.clocks().sequencedKeySet()).containsExactly("b", "a", "c");
    assertThat(report.pairs()).hasSize(3);
    assertThat(report.exitCode()).isEqualTo(ExitCode.SUCCESS);
    assertThat(report.reference()).isEqualTo("ntp:123, [::1]:9");
    assertThat(asked().lines()).hasSize(3).containsOnly("--json --server ntp:123,[::1]:9 --for 3s");
    assertThat(progress).last().isEqualTo("measuring on 3 hosts for 3s");
  }

  @Test
  void withoutAServerThisMachineServesItsClock() throws IOException {
    FleetReport report = check(List.of(), "a");

    assertThat(asked()).matches("--json --server 127\\.0\\.0\\.1:[1-9]\\d* --for 3s\n");
    assertThat(report.reference()).startsWith("this machine's clock");
  }

  @Test
  void aHostThatIsAwayHoldsUpNoOther() {
    FleetReport report = check(List.of("ntp:123"), "a", "away");

    assertThat(report.hosts().get("away"))
        .isEqualTo(new FleetReport.Host.Failed("away: does not answer"));
    assertThat(report.clocks()).containsOnlyKeys("a");
    assertThat(report.exitCode()).isEqualTo(ExitCode.SOME_FAILED);
    assertThat(progress).last().isEqualTo("measuring on 1 host for 3s; 1 host cannot take part");
  }

  @Test
  void aClockcheckThatSaysSomethingElseIsAFailureWithItsComplaint() {
    distribution.put("clockcheck", "#!/bin/sh\necho '{}'\necho 'no such option' >&2\nexit 5\n");

    FleetReport report = check(List.of("ntp:123"), "a");

    assertThat(report.hosts().get("a"))
        .isEqualTo(
            new FleetReport.Host.Failed(
                "a: its clockcheck did not report (exit code 5: no such option)"));
    assertThat(report.exitCode()).isEqualTo(ExitCode.ALL_FAILED);
  }

  @Test
  void whoStopsItIsToldSo() {
    Cancellation cancellation = new Cancellation();
    cancellation.request();
    assertThatThrownBy(() -> check(cancellation, List.of("ntp:123"), "a"))
        .isInstanceOf(CarillonException.class)
        .hasMessageContaining("stopped during")
        .extracting(fault -> ((CarillonException) fault).exitCode())
        .isEqualTo(ExitCode.ABORTED);
  }

  @Test
  void nothingThatWasStartedIsLeftBehindWhenItIsStopped() throws IOException {
    distribution.put("clockcheck", "#!/bin/sh\necho $$ >\"${0%/*}/pid\"\nexec sleep 60\n");
    Path pid = folder.resolve("bin/pid");
    Cancellation cancellation = new Cancellation();
    Thread.ofVirtual()
        .start(
            () -> {
              while (!Files.exists(pid) || pid.toFile().length() == 0) {
                cancellation.await(Duration.ofMillis(10));
              }
              cancellation.request();
            });

    assertThatThrownBy(() -> check(cancellation, List.of("ntp:123"), "a"))
        .hasMessageContaining("stopped during measuring");

    long process = Long.parseLong(Files.readString(pid).strip());
    // It has got its signal; the system takes a moment to take it away.
    ProcessHandle.of(process)
        .ifPresent(one -> assertThat(one.onExit()).succeedsWithin(Duration.ofSeconds(20)));
  }
}
