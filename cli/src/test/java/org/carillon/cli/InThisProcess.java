package org.carillon.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.carillon.core.ExitCode;
import picocli.CommandLine;

/**
 * Executables in this process, for what ends before anything has begun: a hundred times as fast as
 * a process each. That the packaged executables refuse options in the same way is for {@link
 * DistributionIT}.
 */
final class InThisProcess {

  private InThisProcess() {}

  /** Runs an executable with its standard output and error, the log included, taken down. */
  static Program.Result run(String executable, Object... arguments) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    PrintStream realOut = System.out;
    PrintStream realErr = System.err;
    System.setOut(new PrintStream(out, true, StandardCharsets.UTF_8));
    System.setErr(new PrintStream(err, true, StandardCharsets.UTF_8));
    try {
      CommandLine commandLine =
          Executable.commandLine(Executable.command(executable))
              .setOut(new PrintWriter(System.out, true))
              .setErr(new PrintWriter(System.err, true));
      int exitCode =
          commandLine.execute(
              Arrays.stream(arguments).map(Object::toString).toArray(String[]::new));
      return new Program.Result(
          exitCode, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    } catch (ReflectiveOperationException e) {
      throw new AssertionError(e);
    } finally {
      System.setOut(realOut);
      System.setErr(realErr);
      Signals.ended(0); // or the end of this process would wait for the executable's
    }
  }

  /** Requires that arguments are refused in one sentence which contains this. */
  static void requireRefusal(String sentence, String executable, Object... arguments) {
    Program.Result result = run(executable, arguments);
    assertThat(result.exitCode()).as(result.err()).isEqualTo(ExitCode.USAGE.code());
    assertThat(result.out()).isEmpty();
    assertThat(result.err())
        .startsWith(executable + ": ")
        .contains(sentence)
        .doesNotContain("\tat ", "Exception");
    assertThat(result.err().lines().count()).isLessThanOrEqualTo(2);
  }
}
