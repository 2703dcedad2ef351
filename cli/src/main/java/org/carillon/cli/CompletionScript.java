package org.carillon.cli;

import picocli.AutoComplete;

/** Prints an executable's completion script for bash and zsh; the build puts it into share/. */
final class CompletionScript {

  private CompletionScript() {}

  /** Takes the name of an executable, such as {@code worker}. */
  public static void main(String[] args) throws ReflectiveOperationException {
    String executable = args[0];
    System.out.print(
        AutoComplete.bash(executable, Executable.commandLine(Executable.command(executable))));
  }
}
