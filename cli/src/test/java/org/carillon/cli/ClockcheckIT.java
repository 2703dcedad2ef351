package org.carillon.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Supplier;
import org.carillon.core.ExitCode;
import org.carillon.core.LongEnough;
import org.carillon.core.net.FreePort;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** clockcheck against a real chronyd that serves this machine's clock. */
class ClockcheckIT {

  private static final Duration SOON = Duration.ofSeconds(90);

  @TempDir private Path folder;

  private static JsonNode json(Program.Result result) throws IOException {
    return new ObjectMapper().readTree(result.out());
  }

  private static String verdict(JsonNode report, String name) {
    for (JsonNode check : report.path("checks")) {
      if (check.path("name").asText().equals(name)) {
        return check.path("verdict").asText();
      }
    }
    throw new AssertionError("no check " + name + " in " + report);
  }

  @Test
  void aClockIsJudgedByAServerThatKnowsItsErrorAndTheDaemonIsSeen() throws IOException {
    int port = FreePort.next();
    try (Program.Running chronyd = Chronyd.serving(folder, port, 4)) {
      String server = "127.0.0.1:" + port;

      Program.Result right =
          measured(
              () ->
                  Program.named("clockcheck")
                      .with("--server", server, "--json", "--max-bound", "100ms")
                      .with("--max-offset", "100ms", "--max-loss-percent", "50"));
      Program.Result wrong =
          measured(
              () ->
                  Program.named("clockcheck")
                      .with("--server", server, "--clock", "simulated:offset=250ms"));

      assertThat(right.exitCode()).as(right.err() + right.out()).isZero();
      assertThat(right.err()).isEmpty();
      JsonNode report = json(right);
      assertThat(report.at("/measured/offset/lowest_ns").asLong()).isNegative();
      assertThat(report.at("/measured/offset/highest_ns").asLong()).isPositive();
      assertThat(report.at("/measured/servers/0/stratum").asInt()).isEqualTo(4);
      assertThat(verdict(report, "bound")).isEqualTo("pass");
      assertThat(verdict(report, "answers")).isEqualTo("pass");
      assertThat(report.path("daemons").findValuesAsText("pid"))
          .contains(String.valueOf(chronyd.process().pid()));
      assertThat(wrong.exitCode()).as(wrong.err() + wrong.out()).isEqualTo(8);
      assertThat(wrong.out())
          .containsPattern("FAIL +offset +-2[2-7]\\d")
          .contains("ahead; let a time daemon set it")
          .contains("(exit code 8: clocks not good enough)")
          .doesNotContain("\033");
    }
  }

  /** For as long as it takes until there are answers. */
  private static Program.Result measured(Supplier<Program> clockcheck) {
    return LongEnough.deadline(
        length -> clockcheck.get().with("--for", length.plusSeconds(4).toSeconds() + "s").run(),
        it -> it.exitCode() != ExitCode.CONNECTION.code());
  }

  @Test
  void ctrlCPrintsWhatIsKnownByThen() throws IOException {
    int port = FreePort.next();
    try (Program.Running chronyd = Chronyd.serving(folder, port, 4);
        Program.Running running =
            Program.named("clockcheck")
                .with("--server", "127.0.0.1:" + port, "--for", "1h", "--log-level", "INFO")
                .start()) {
      Program.await("an answer", SOON, () -> running.err().contains(" answers: "));
      running.signal("INT");

      Program.Result result = running.await(SOON);

      assertThat(result.exitCode()).as(result.err()).isEqualTo(3);
      assertThat(result.out()).contains(" of 1h (stopped) against 1 server").contains("bound  ");
      assertThat(chronyd.process().isAlive()).as(chronyd.err()).isTrue();
    }
  }

  @Test
  void whereNobodyAnswersTheKernelIsStillLookedAt() throws IOException {
    Program.Result silent =
        Program.named("clockcheck")
            .with("--server", "127.0.0.1:" + FreePort.next(), "--for", "1s", "--json")
            .run();
    assertThat(silent.exitCode()).as(silent.err()).isEqualTo(4);
    assertThat(json(silent).path("checks").findValuesAsText("name"))
        .containsSequence("bound", "answers", "kernel");

    Program.Result unnamed = Program.named("clockcheck").run();
    assertThat(unnamed.exitCode()).as(unnamed.err()).isIn(0, 7, 8);
    assertThat(unnamed.out()).contains("not measured, since no server is named", "kernel: ");
  }

  @Test
  void hostsAreMeasuredTogetherAgainstThisMachineAndComparedAndOneThatIsAwayIsNamed()
      throws IOException {
    try (PrivateSshd sshd = PrivateSshd.start(Files.createDirectory(folder.resolve("keys")))) {
      String hosts = "127.0.0.1:%1$d,local,127.0.0.2:%1$d,127.0.0.3:%1$d".formatted(sshd.port());

      Program.Result result =
          Program.named("clockcheck")
              .with("--hosts", hosts, "--for", "10s", "--json")
              .with("--max-bound", "100ms", "--max-difference", "100ms", "--max-loss-percent", "50")
              .with("--ssh-config", sshd.keys().resolve("empty_config"))
              .with("--ssh-identity", sshd.keys().resolve("id"))
              .with("--known-hosts", sshd.keys().resolve("known_hosts"))
              .run();

      assertThat(result.exitCode()).as(result.err() + result.out()).isEqualTo(2);
      JsonNode report = json(result);
      assertThat(report.path("hosts").findValuesAsText("host")).containsExactly(hosts.split(","));
      assertThat(report.at("/hosts/3/error").asText()).startsWith("127.0.0.3:");
      assertThat(report.path("reference").asText()).startsWith("this machine's clock");
      assertThat(report.path("differences")).hasSize(3);
      report
          .path("differences")
          .forEach(
              pair -> {
                // They are one machine, which has one clock.
                assertThat(pair.path("lowest_ns").asLong()).isNotPositive();
                assertThat(pair.path("highest_ns").asLong()).isNotNegative();
                assertThat(pair.path("verdict").asText()).isEqualTo("pass");
              });
    }
  }
}
