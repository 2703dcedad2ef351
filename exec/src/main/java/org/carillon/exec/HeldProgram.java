package org.carillon.exec;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.carillon.control.workload.WorkloadSpec;
import org.carillon.core.CarillonException;
import org.carillon.core.ExitCode;

/**
 * A program that is about to run. A shell stands in its place, in a session of its own, and reads
 * its standard input; a line there makes it become the program, which costs no fork. Its end
 * instead makes the shell go away.
 *
 * <p>A guard, another shell, ends the program if this process dies without having done so: the
 * guard's standard input ends then.
 */
final class HeldProgram {

  /** The line is when the program was released; the program itself gets no input. */
  private static final String WAIT =
      "IFS= read -r CARILLON_START_NS || exit 125; export CARILLON_START_NS; exec \"$@\" </dev/null";

  /** Ends a process group, and what left it but has the mark in its environment. */
  private static final String GUARD =
      """
      read -r released
      kill -s KILL -- "-$1"
      for process in /proc/[0-9]*; do
        if grep -qsF -e "$2" "$process/environ"; then kill -s KILL "${process#/proc/}"; fi
      done
      """;

  private final Process process;
  private final Process guard;

  private HeldProgram(Process process, Process guard) {
    this.process = process;
    this.guard = guard;
  }

  /**
   * Checks that the program can be executed and puts the shell in its place.
   *
   * @param added to this process's environment, beside what the command asks for
   * @param mark among these, which no other environment has
   * @throws CarillonException USAGE if there is no such program, or it cannot be started
   */
  static HeldProgram hold(WorkloadSpec.Exec spec, Map<String, String> added, String mark) {
    String name = spec.argv().getFirst();
    try {
      ProcessBuilder builder = new ProcessBuilder();
      Map<String, String> environment = builder.environment();
      environment.putAll(spec.environment());
      environment.putAll(added);
      List<String> command = new ArrayList<>(List.of("setsid", "sh", "-c", WAIT, "sh"));
      command.add(find(name, environment.getOrDefault("PATH", "")).toString());
      command.addAll(spec.argv().subList(1, spec.argv().size()));
      Process process = builder.command(command).start();
      try {
        return new HeldProgram(process, guard(process.pid(), mark));
      } catch (IOException e) {
        process.destroyForcibly();
        throw e;
      }
    } catch (IOException | IllegalArgumentException e) {
      throw new CarillonException(
          ExitCode.USAGE,
          "the command '" + name + "' cannot be started: " + e.getMessage() + ".",
          e);
    }
  }

  private static Process guard(long group, String mark) throws IOException {
    return new ProcessBuilder("setsid", "sh", "-c", GUARD, "sh", Long.toString(group), mark)
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .redirectError(ProcessBuilder.Redirect.DISCARD)
        .start();
  }

  /** As a shell finds it. */
  private static Path find(String name, String path) {
    List<Path> places =
        name.contains("/")
            ? List.of(Path.of(name))
            : Stream.of(path.split(File.pathSeparator)).map(f -> Path.of(f, name)).toList();
    List<Path> files = places.stream().filter(Files::isRegularFile).toList();
    if (files.isEmpty()) {
      throw new CarillonException(
          ExitCode.USAGE,
          "the command '"
              + name
              + "' is not there: "
              + (name.contains("/") ? "no such file" : "no folder of PATH has it: " + path)
              + "; name a program that this node has.");
    }
    return files.stream()
        .filter(Files::isExecutable)
        .findFirst()
        .map(Path::toAbsolutePath)
        .orElseThrow(
            () ->
                new CarillonException(
                    ExitCode.USAGE,
                    "the command '"
                        + name
                        + "' may not be executed: run chmod +x "
                        + files.getFirst()
                        + " on this node, or name its interpreter first."));
  }

  /** The shell, and then the program: it keeps its process id, which is that of its session. */
  Process process() {
    return process;
  }

  /** Lets it go; it finds the moment in CARILLON_START_NS. */
  void release(long startNs) {
    try (OutputStream line = process.getOutputStream()) {
      line.write((startNs + "\n").getBytes(StandardCharsets.US_ASCII));
    } catch (IOException e) {
      // The shell is gone, as its exit code will tell.
    }
  }

  /** It is over: nobody need guard it, and nobody waits for its release. */
  void dismiss() {
    guard.destroyForcibly();
    try {
      process.getOutputStream().close();
    } catch (IOException e) {
      // It was closed before.
    }
  }
}
