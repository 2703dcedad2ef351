package org.carillon.cli;

import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;

/**
 * Loads what the named executables load at their start, so that the build can record it in an
 * ahead-of-time cache: each command is made, parsed and asked for its help in one process.
 */
final class AotTraining {

  private AotTraining() {}

  /** Takes the names of executables, such as {@code worker coordinator}. */
  public static void main(String[] executables) throws ReflectiveOperationException {
    PrintWriter nowhere =
        new PrintWriter(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
    for (String executable : executables) {
      Object command = Executable.command(executable);
      Executable.commandLine(command).setOut(nowhere).setErr(nowhere).execute("--help");
      Executable.commandLine(command).setOut(nowhere).setErr(nowhere).execute("--version");
      Executable.commandLine(command).setOut(nowhere).setErr(nowhere).execute("--no-such-option");
      new LogOptions().apply();
    }
  }
}
