package org.carillon.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import org.carillon.core.ExitCode;
import org.carillon.core.net.FreePort;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The executable {@code hosts}; all of its hosts n1, n2, … are one real sshd. */
class HostsIT {
  private static final Duration SOON = Duration.ofSeconds(180);

  @TempDir private static Path keys;
  private static PrivateSshd sshd;
  private static Path config;

  @TempDir private Path folder;

  @BeforeAll
  static void start() throws IOException {
    // Hundreds of logins: what the account's shell does at its start is not to be waited for.
    sshd = PrivateSshd.start(keys);
    config =
        Files.writeString(
            keys.resolve("config"),
            """
            Host n*
              Port %d
            Host dead*
              Port %d
            Host *
              HostName 127.0.0.1
              IdentityFile %s/id
              IdentityAgent none
              UserKnownHostsFile %s/known_hosts
            """
                .formatted(sshd.port(), FreePort.next(), keys, keys));
  }

  @AfterAll
  static void stop() {
    sshd.close();
  }

  private static Program hosts(String what, Object... arguments) {
    return Program.named("hosts").with(what, "-F", config).with(arguments);
  }

  @Test
  void equalAnswersAreFoldedAndCounted() {
    assertThat(hosts("run", "-w", "n[1-3]", "--", "echo", "a  b; $HOME").run())
        .isEqualTo(new Program.Result(0, "n[1-3] (3): a  b; $HOME\n", "3 hosts: ok\n"));
  }

  @Test
  void oneWordIsALineForAShellAndLinesMayBearTheirHosts() {
    Program.Result result =
        hosts("run", "--prefix", "--quiet", "-w", "n2", "echo one; echo two").run();
    assertThat(result).isEqualTo(new Program.Result(0, "n2: one\nn2: two\n", ""));
  }

  @Test
  void whatTheCommandReadsComesFromAFile() throws IOException {
    Path input = Files.writeString(folder.resolve("in put"), "to be read");
    assertThat(hosts("run", "-w", "n1", "--input", input, "cat").run().out())
        .isEqualTo("n1: to be read\n");
    assertThat(hosts("run", "-w", "n1", "cat").run().out()).isEmpty();
  }

  @Test
  void thoseThatFailedAreFedBack() throws IOException {
    Path failed = folder.resolve("failed");
    Program.Result some =
        hosts("run", "-w", "n[1-2],dead1", "--failed-to", failed, "--", "true").run();
    assertThat(some.exitCode()).isEqualTo(ExitCode.SOME_FAILED.code());
    assertThat(some.err())
        .startsWith("2 of 3 hosts: ok\ndead1: unreachable: ")
        .contains("refuses connections");
    assertThat(Files.readString(failed)).startsWith("dead1 # unreachable: dead1: ").hasLineCount(1);
    Program.Result again = hosts("run", "--hosts-from", failed, "--", "true").run();
    assertThat(again.exitCode()).isEqualTo(ExitCode.CONNECTION.code());
    assertThat(hosts("run", "-w", "n1", "--failed-to", failed, "--", "true").run().exitCode())
        .isZero();
    assertThat(failed).isEmptyFile();
    Files.writeString(failed, "of an earlier turn");
    Program.Result none = hosts("run", "-w", "n1", "-x", "n1", "--failed-to", failed, "true").run();
    assertThat(none.exitCode()).isEqualTo(ExitCode.NO_DATA.code());
    assertThat(failed).isEmptyFile();
  }

  @Test
  void aTenthOf256HostsThatIsDeadIsNamedAndTheRestHasDoneItsWork() throws IOException {
    // It takes connections and says nothing, so that only a deadline ends the wait for it.
    try (ServerSocket silent = new ServerSocket(0, 256, InetAddress.getLoopbackAddress())) {
      Path all =
          Files.writeString(
              folder.resolve("config"),
              "Host mute*\n  Port %d\n".formatted(silent.getLocalPort())
                  + Files.readString(config));
      Program.Result result =
          Program.named("hosts")
              .with("run", "-F", all, "-w", "n[001-230],dead[01-13],mute[01-13]")
              .with("--width", "32", "--", "echo", "done")
              .run();
      assertThat(result.exitCode()).as(result.err()).isEqualTo(ExitCode.SOME_FAILED.code());
      assertThat(result.out()).isEqualTo("n[001-230] (230): done\n");
      assertThat(result.err())
          .contains("230 of 256 hosts: ok\n")
          .containsPattern("dead\\[01-13] \\(13\\): unreachable: ")
          .containsPattern("mute\\[01-13] \\(13\\): ");
    }
  }

  @Test
  void anotherExitCodeIsARemoteExit() {
    Program.Result result = hosts("run", "-w", "n[1-2]", "echo sorry >&2; exit 3").run();
    assertThat(result.exitCode()).isEqualTo(ExitCode.ALL_FAILED.code());
    assertThat(result.err())
        .contains("n[1-2] (2): sorry\n", "0 of 2 hosts: ok\n")
        .contains("n[1-2] (2): remote-exit: ")
        .contains("exit code 3: sorry");
  }

  @Test
  void everyHostIsAJsonObject() throws IOException {
    Program.Result result = hosts("run", "--json", "-w", "n1,dead1", "echo hello; exit 4").run();
    List<JsonNode> lines =
        result
            .out()
            .lines()
            .map(HostsIT::json)
            .sorted((a, b) -> host(a).compareTo(host(b)))
            .toList();
    assertThat(lines).extracting(HostsIT::host).containsExactly("dead1", "n1");
    assertThat(lines.getFirst().path("outcome").asText()).isEqualTo("unreachable");
    assertThat(lines.getLast().path("outcome").asText()).isEqualTo("remote-exit");
    assertThat(lines.getLast().path("exit_code").asInt()).isEqualTo(4);
    assertThat(lines.getLast().path("out").asText()).isEqualTo("hello\n");
  }

  private static String host(JsonNode line) {
    return line.path("host").asText();
  }

  private static JsonNode json(String line) {
    try {
      return new ObjectMapper().readTree(line);
    } catch (IOException e) {
      throw new AssertionError(line, e);
    }
  }

  @Test
  void aCommandThatTakesTooLongIsKilledAndSaysSo() {
    Program.Result result = hosts("run", "-w", "n1", "--timeout", "0.5", "--", "sleep", "60").run();
    assertThat(result.exitCode()).isEqualTo(ExitCode.TIMEOUT.code());
    assertThat(result.err()).contains("n1: timeout: `sleep 60` did not end within 500ms");
  }

  @Test
  void controlCEndsWhatWasBegunAndTellsWhatWasDone() throws IOException {
    Path began = folder.resolve("began");
    try (Program.Running running =
        hosts(
                "run",
                "--width",
                "1",
                "-w",
                "n1,n2,n3",
                "if [ -e %1$s ]; then echo $$ >>%1$s; exec sleep 60; else : >%1$s; fi"
                    .formatted(began))
            .start()) {
      Program.await("the second one sleeps", SOON, () -> began.toFile().length() > 1);
      running.signal("INT");
      Program.Result result = running.await(SOON);
      assertThat(result.exitCode()).isEqualTo(ExitCode.ABORTED.code());
      assertThat(result.err())
          .contains("1 of 3 hosts: ok\n", "the command was under way", "the command was not begun");
    }
    String pid = Files.readString(began).strip();
    Program.await("it was killed", SOON, () -> !Files.exists(Path.of("/proc", pid)));
  }

  @Test
  void aFolderIsCopiedWithItsModesAndNamesOfAnyBytesAndFetchedAgain() throws Exception {
    Path source = Files.createDirectories(folder.resolve("a b/it's $HOME"));
    Files.writeString(source.resolve("new\nline \"x\" \\ *"), "one");
    Files.setPosixFilePermissions(
        Files.writeString(source.resolve("-program"), "#!/bin/sh\n"),
        PosixFilePermissions.fromString("rwxr-x--x"));
    Files.createSymbolicLink(folder.resolve("a b/latest"), Path.of("it's $HOME"));
    Program.Result result =
        hosts("copy", "-w", "n1", folder.resolve("a b"), folder + "/new folder/").run();
    assertThat(result).isEqualTo(new Program.Result(0, "", "1 host: ok\n"));
    Path copy = folder.resolve("new folder/a b");
    assertThat(same(folder.resolve("a b"), copy)).isZero();

    // Bytes that are no UTF-8 only the shell can make.
    assertThat(
            Program.command("sh", "-c", "printf x >\"$1/$(printf '\\377')\"", "", source.toString())
                .exitCode())
        .isZero();
    Files.writeString(source.resolve("-program"), "#!/bin/sh\nexit 1\n");
    Files.writeString(copy.resolve("stays"), "");
    assertThat(
            hosts("copy", "-w", "n1", folder.resolve("a b"), folder + "/new folder/")
                .run()
                .exitCode())
        .isZero();
    assertThat(copy.resolve("stays")).exists();
    assertThat(same(source, copy.resolve("it's $HOME"))).isZero();
    assertThat(copy.resolve("it's $HOME/-program")).isExecutable();
    assertThat(Files.list(folder.resolve("new folder"))).hasSize(1);

    Files.createSymbolicLink(copy.resolve("link"), Path.of("/etc"));
    assertThat(
            Program.command(
                    "sh", "-c", "rm -f \"$1\"/*/*\"$(printf '\\377')\"", "", copy.toString())
                .exitCode())
        .isZero();
    Program.Result fetched = hosts("fetch", "-w", "n[1-2]", copy, folder.resolve("home")).run();
    assertThat(fetched.exitCode()).as(fetched.err()).isZero();
    assertThat(fetched.err()).startsWith("4 links and special files were left out\n");
    Files.delete(copy.resolve("link"));
    Files.delete(copy.resolve("latest"));
    for (String host : List.of("n1", "n2")) {
      assertThat(same(copy, folder.resolve("home").resolve(host).resolve("a b"))).isZero();
    }
    assertThat(folder.resolve("home/n2/a b/it's $HOME/-program")).isExecutable();

    Path here = Files.createDirectory(folder.resolve("here"));
    Path program = copy.resolve("it's $HOME/-program");
    assertThat(hosts("fetch", "-w", "n1", program, ".").in(here).run().exitCode()).isZero();
    assertThat(here.resolve("n1/-program")).hasSameTextualContentAs(program);
  }

  private static int same(Path one, Path other) {
    return Program.command("diff", "-r", one.toString(), other.toString()).exitCode();
  }

  @Test
  void aCopyThatCannotBeMadeLeavesNothingAndNamesHostAndReason() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "new");
    Files.createDirectories(folder.resolve("there/file"));
    Program.Result result = hosts("copy", "-w", "n1", file, folder + "/there/").run();
    assertThat(result.exitCode()).isEqualTo(ExitCode.ALL_FAILED.code());
    assertThat(result.err()).contains("n1: remote-exit: the copy to ", "./file is a folder");
    assertThat(Files.list(folder.resolve("there"))).hasSize(1);
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      value = {
        "list -w n[1-3]!n2 | 0 | n1 n3 |",
        "list --fold -w n3,n1,n2 -x n9 | 0 | n[1-3] |",
        "list --count -w n[1-99] | 0 | 99 |",
        "list -w n1 -x n1 | 7 | |",
        "list -w n[1- | 5 | | at character 5",
        "list -w @gpu | 5 | | there is no group @gpu",
        "list -w @gpu --groups nosuch | 5 | | there is no such file or folder",
        "run -w n1 | 5 | | name a command",
        "run -- true | 5 | | name hosts with -w",
        "run -w n1 --width 0 -- true | 5 | | not 0",
        "copy -w n1 nosuch there | 5 | | there is no readable file or folder nosuch",
        "fetch -w n1 .. here | 5 | | does not end in the name of a file",
      })
  void setsAreListedAndWhatMakesNoSenseIsRefused(
      String arguments, int exitCode, String out, String complaint) {
    Program.Result result = Program.named("hosts").with((Object[]) arguments.split(" ")).run();
    assertThat(result.exitCode()).as(result.err()).isEqualTo(exitCode);
    assertThat(result.out().replace('\n', ' ').strip()).isEqualTo(out == null ? "" : out);
    assertThat(result.err()).contains(complaint == null ? "" : complaint);
  }
}
