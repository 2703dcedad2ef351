package org.carillon.ssh;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Real shells, to which a connection brings a script whole or cut. */
class ShellBootstrapTest {
  @TempDir private Path folder;

  /** What the shell wrote, once it has read those bytes and then the end. */
  private String out(String shell, ShellBootstrap bootstrap, byte[] input)
      throws IOException, InterruptedException {
    Path fed = Files.write(folder.resolve("fed"), input);
    Path out = folder.resolve("out");
    ProcessBuilder builder = new ProcessBuilder(shell, "-c", bootstrap.launcher());
    builder.environment().compute("PATH", (name, path) -> folder + ":" + path);
    builder
        .redirectInput(fed.toFile())
        .redirectOutput(out.toFile())
        .redirectErrorStream(true)
        .start()
        .waitFor();
    return Files.readString(out);
  }

  private static byte[] withRest(ShellBootstrap bootstrap) {
    byte[] rest = "to be read\n".getBytes(StandardCharsets.UTF_8);
    byte[] script = bootstrap.script();
    byte[] fed = Arrays.copyOf(script, script.length + rest.length);
    System.arraycopy(rest, 0, fed, script.length, rest.length);
    return fed;
  }

  @ParameterizedTest
  @ValueSource(strings = {"sh", "bash"})
  void aScriptThatWasCutAnywhereRunsNothing(String shell) throws Exception {
    ShellBootstrap bootstrap = ShellBootstrap.of("echo one\necho 'ü\n}'; exit 3\n");
    byte[] script = bootstrap.script();
    for (int length = 0; length < script.length; length++) {
      assertThat(out(shell, bootstrap, Arrays.copyOf(script, length)))
          .as("of its first %d bytes", length)
          .isEmpty();
    }
    assertThat(out(shell, bootstrap, script)).isEqualTo("one\nü\n}\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"sh", "bash"})
  void aLineThatWasCutAnywhereRunsNothingEither(String shell) throws Exception {
    ShellBootstrap bootstrap =
        ShellBootstrap.of("echo one; ", " echo 'ü  \\n}'; exit 3 # as ever ");
    byte[] script = bootstrap.script();
    for (int length = 0; length < script.length; length++) {
      assertThat(out(shell, bootstrap, Arrays.copyOf(script, length)))
          .as("of its first %d bytes", length)
          .isEqualTo("one\n");
    }
    assertThat(bootstrap.launcher()).doesNotContain("dd ");
    assertThat(out(shell, bootstrap, script)).startsWith("one\nü  ");
  }

  @ParameterizedTest
  @ValueSource(strings = {"sh", "bash"})
  void aLineRunsAsItStandsAndLeavesTheRestToTheCommand(String shell) throws Exception {
    ShellBootstrap bootstrap =
        ShellBootstrap.of(
            "echo \"$# [$CARILLON_PRELUDE$CARILLON_SCRIPT]\"; printf '%s\\n' 'a\tb'; cat");
    assertThat(out(shell, bootstrap, withRest(bootstrap))).isEqualTo("0 []\na\tb\nto be read\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"for", "for\n"})
  void thePreludeRunsBeforeWhatIsNoShellText(String text) throws Exception {
    ShellBootstrap bootstrap = ShellBootstrap.of("echo begun; ", text);
    assertThat(out("sh", bootstrap, bootstrap.script())).startsWith("begun\n").contains("yntax");
  }

  @ParameterizedTest
  @ValueSource(strings = {"sh", "bash"})
  void aWholeScriptRunsAsItStandsAndLeavesTheRestToTheCommand(String shell) throws Exception {
    ShellBootstrap bootstrap =
        ShellBootstrap.of("echo \"$# [$CARILLON_SCRIPT]\"; cat; cat <<END\nwithout its last line");
    assertThat(out(shell, bootstrap, withRest(bootstrap)).lines())
        .filteredOn(line -> !line.contains("here-document"))
        .containsExactly("0 []", "to be read", "without its last line");
  }

  @Test
  void whereDdKnowsNoFullBlocksItTakesExactlyTheScriptAllTheSame() throws Exception {
    Path dd =
        Files.writeString(
            folder.resolve("dd"),
            """
            #!/bin/sh
            case "$*" in *fullblock*) exit 1 ;; esac
            PATH=${PATH#*:} exec dd "$@"
            """);
    Files.setPosixFilePermissions(dd, PosixFilePermissions.fromString("rwxr-xr-x"));
    ShellBootstrap bootstrap = ShellBootstrap.of("echo one\ncat");
    assertThat(out("sh", bootstrap, withRest(bootstrap))).isEqualTo("one\nto be read\n");
  }
}
