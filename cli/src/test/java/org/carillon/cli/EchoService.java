package org.carillon.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** A copy of examples/service, to be released to hosts of a laboratory. */
final class EchoService {

  /** Below the home folder of the account. */
  static final String ROOT = ".carillon/services/echo";

  private final Lab lab;
  private final Path folder;
  private int changes;

  /**
   * Copies it.
   *
   * @param folder that is not there yet
   */
  EchoService(Lab lab, Path folder) {
    this.lab = lab;
    this.folder = folder;
    Path example = Program.checkout().resolve("examples/service");
    assertThat(Program.command("cp", "-r", example.toString(), folder.toString()).exitCode())
        .isZero();
  }

  Path file() {
    return folder.resolve("echo.yaml");
  }

  /** A program of the service. */
  Path program(String name) {
    return folder.resolve("echo/bin").resolve(name);
  }

  Path folder() {
    return folder;
  }

  static List<String> bells(int count) {
    return IntStream.rangeClosed(1, count).mapToObj(number -> "bell" + number).toList();
  }

  /** One of our executables, for these hosts. */
  Program ask(String executable, List<String> hosts, Object... arguments) {
    return Program.named(executable)
        .with(arguments)
        .with(file(), "--set", "ssh.config=" + lab.config())
        .with("--set", "hosts=" + String.join(",", hosts));
  }

  /** {@code deploy} with a verb and further options, which asks nobody and is content at once. */
  Program deploy(String verb, List<String> hosts, Object... arguments) {
    return ask("deploy", hosts, verb)
        .with("--yes", "--set", "rollout.soak=300ms", "--set", "service.health.window=60s")
        .with(arguments);
  }

  /** To all hosts at once, with no canary. */
  Program releaseAtOnce(List<String> hosts) {
    return deploy("release", hosts, "--canary", "0", "--batch", "100%");
  }

  /** The link to the release in use. */
  String current(String host) {
    return lab.on(host, "readlink " + ROOT + "/current").strip();
  }

  /**
   * What is in use on each host: the release, names, kinds, modes, targets and contents of its
   * files, and what the service says.
   */
  List<String> there(List<String> hosts) {
    return hosts.parallelStream()
        .map(
            host ->
                lab.on(
                    host,
                    "readlink %1$s/current; cd -P %1$s/current && find . -path ./.state -prune -o"
                            .formatted(ROOT)
                        + " -printf '%y %m %p %l\\n' -type f -exec sha256sum {} \\; | LC_ALL=C sort;"
                        + " ls -A ../../ | grep -v '^backups$';"
                        + " curl -s http://127.0.0.1:7070/alive"))
        .toList();
  }

  /** Makes the next release another one, with a line at the end of its check. */
  void change(String line) {
    try {
      changes++;
      Files.writeString(
          program("check"), line + "\n# " + changes + "\n", StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Makes the next release run another program. */
  void serve(String text) throws IOException {
    Files.writeString(program("echo"), text);
  }

  /** The folders of the reports. */
  List<Path> reports() {
    try (Stream<Path> all = Files.list(folder.resolve("reports"))) {
      return all.filter(Files::isDirectory).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
