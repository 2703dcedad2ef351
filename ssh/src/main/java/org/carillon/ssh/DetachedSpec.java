package org.carillon.ssh;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A process to be started on a host that shall outlive the connection.
 *
 * @param folder where it runs and where its pid and rc files are; made (0750) if absent
 * @param name of the process, unique within the folder: letters, digits, {@code . _ -}
 * @param argv the program and its arguments; a program with a slash is relative to the folder
 * @param environment set for it on top of the account's; never shown by {@code ps}
 * @param standardInput what it reads, then end of file; handed on without standing in an argument,
 *     an environment or a file of the host; empty for none
 * @param standardOutput file that its output is appended to, relative to the folder
 * @param standardError likewise; may be the same file
 */
public record DetachedSpec(
    String folder,
    String name,
    List<String> argv,
    Map<String, String> environment,
    Optional<Secret> standardInput,
    String standardOutput,
    String standardError) {
  static final Pattern NAME = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_.-]{0,63}");
  private static final Pattern VARIABLE = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

  public DetachedSpec {
    requireName(name);
    if (folder.isEmpty() || standardOutput.isEmpty() || standardError.isEmpty()) {
      throw new IllegalArgumentException(name + " needs a folder and files for its output");
    }
    if (argv.isEmpty() || argv.getFirst().isEmpty()) {
      throw new IllegalArgumentException(name + " needs a program to run");
    }
    argv = List.copyOf(argv);
    environment = Map.copyOf(environment);
    for (String variable : environment.keySet()) {
      if (!VARIABLE.matcher(variable).matches()) {
        throw new IllegalArgumentException(
            "'" + variable + "' cannot be the name of an environment variable");
      }
    }
  }

  static void requireName(String name) {
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException(
          "'"
              + name
              + "' cannot name a process: use up to 64 letters, digits, '.', '_' and '-', with a"
              + " letter, digit or '_' first");
    }
  }
}
