package org.carillon.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.carillon.core.ExitCode;
import org.junit.jupiter.api.Test;

class ValuesTest {
  private static final Duration SECOND = Duration.ofSeconds(1);

  private static void isRefused(ThrowingCallable call, String reason) {
    assertThatThrownBy(call)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(reason);
  }

  private static DetachedSpec spec(String name, List<String> argv, Map<String, String> variables) {
    return new DetachedSpec("runs", name, argv, variables, Optional.empty(), "out", "err");
  }

  @Test
  void commandsHaveATextAndADeadline() {
    isRefused(() -> Command.script(" ", SECOND), "has a text");
    isRefused(() -> Command.script("a\0b", SECOND), "NUL");
    isRefused(() -> Command.script("a", Duration.ZERO), "deadline");
    isRefused(() -> Command.of(List.of(), SECOND), "first word");
    isRefused(() -> Command.script("a", SECOND).withSilence(SECOND.negated()), "deadline");
  }

  @Test
  void commandsAreNamedBriefly() {
    assertThat(Command.script("echo  a\n\techo b", SECOND).summary()).isEqualTo("echo a echo b");
    assertThat(Command.script("x".repeat(200), SECOND).summary()).hasSize(78).endsWith("…");
    assertThat(Command.script("echo secret", SECOND).labelled("sending the key"))
        .hasToString("sending the key");
  }

  @Test
  void commandsKeepTheirInputToThemselves() throws IOException {
    byte[] input = {1, 2, 3};
    Command command = Command.script("cat", SECOND).withInput(input);
    input[0] = 9;
    assertThat(command.input().open().readAllBytes()).containsExactly(1, 2, 3);
  }

  @Test
  void resultsSayWhyInOneLine() {
    assertThat(new CommandResult(2, "ignored\n", "first\nlast reason\n\n").complaint())
        .isEqualTo("exit code 2: last reason");
    assertThat(new CommandResult(1, "only output\n", "").complaint())
        .isEqualTo("exit code 1: only output");
    assertThat(new CommandResult(1, "", " \n").complaint()).isEqualTo("exit code 1");
    isRefused(() -> new CommandResult(-1, "", ""), "exit code");
  }

  @Test
  void detachedProcessesHavePlainNamesAndVariables() {
    for (String name : List.of("", "a b", "-a", "../a", ".a", "a/b", "a\n", "a".repeat(65))) {
      isRefused(() -> spec(name, List.of("true"), Map.of()), "cannot name a process");
    }
    isRefused(() -> spec("a", List.of(), Map.of()), "needs a program");
    isRefused(() -> spec("a", List.of("true"), Map.of("A=B", "c")), "environment variable");
  }

  @Test
  void onlyPidsOfProcessesOfOursAreTaken() {
    String boot = "00000000-0000-4000-8000-000000000000";
    String nonce = "0".repeat(32);
    for (long pid : new long[] {-1, 0, 1}) {
      isRefused(() -> new DetachedProcess("f", "n", pid, 5, boot, nonce), "is not the pid");
    }
    String line = "4711 5 " + boot + " " + nonce + " 4710 4";
    assertThat(DetachedProcess.parse("f", "n", line + "\n"))
        .isEqualTo(new DetachedProcess("f", "n", 4711, 5, boot, nonce));
    for (String bad :
        List.of("", "4711", line + " 1", line.replace("4711", "x"), line.replace('-', '!'))) {
      isRefused(() -> DetachedProcess.parse("f", "n", bad), "");
    }
  }

  @Test
  void targetsAreNoOptions() {
    isRefused(() -> SshTarget.of("a", "-oProxyCommand=x"), "is not the address");
    isRefused(() -> SshTarget.of("a", "a b"), "is not the address");
    isRefused(() -> SshTarget.of(" ", "a"), "has a name");
  }

  @Test
  void everyKindOfFailureHasAnExitCode() {
    assertThat(new HostException(HostException.Kind.TIMEOUT, "n1", "was slow"))
        .hasMessage("n1: was slow")
        .extracting(HostException::exitCode)
        .isEqualTo(ExitCode.TIMEOUT);
    assertThat(new HostException(HostException.Kind.HOST_KEY, "n1", "x").exitCode())
        .isEqualTo(ExitCode.CONNECTION);
    assertThat(new HostException(HostException.Kind.SETTINGS, "n1", "x").exitCode())
        .isEqualTo(ExitCode.USAGE);
  }
}
