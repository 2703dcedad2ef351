package org.carillon.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * An executable of the built distribution, run as a user would. Output goes to files, so that a
 * child which outlives its parent cannot hold a test up.
 */
final class Program {

  /** How a run ended. */
  record Result(int exitCode, String out, String err) {}

  /** A run that goes on. */
  record Running(Process process, Path outFile, Path errFile) implements AutoCloseable {
    String out() {
      return read(outFile);
    }

    String err() {
      return read(errFile);
    }

    /** Waits for the end, which must come within the deadline. */
    Result await(Duration deadline) {
      try {
        if (!process.waitFor(deadline.toMillis(), TimeUnit.MILLISECONDS)) {
          process.destroyForcibly();
          throw new AssertionError("still running after " + deadline + "\n" + out() + "\n" + err());
        }
        return new Result(process.exitValue(), out(), err());
      } catch (InterruptedException e) {
        throw new AssertionError(e);
      }
    }

    /** Sends a signal by its name, such as TERM or KILL. */
    void signal(String name) {
      assertThat(Program.command("kill", "-" + name, String.valueOf(process.pid())).exitCode())
          .isZero();
    }

    @Override
    public void close() {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
    }
  }

  /**
   * What our executables get in {@code CARILLON_JAVA_OPTIONS}, unless a test says otherwise. The
   * second compiler works for a speed that no test looks at; a short run without it takes half the
   * processor time.
   */
  static final String JAVA_OPTIONS = "-XX:TieredStopAtLevel=1";

  private static final Duration DEADLINE = Duration.ofSeconds(300);

  /** Also where the tests run in the background of a script, which ignores SIGINT. */
  private static final List<String> SIGNALS_ARE_HEARD =
      List.of("env", "--default-signal=HUP,INT,QUIT,TERM");

  private final List<String> words = new ArrayList<>();
  private final Map<String, String> environment = new TreeMap<>();
  private Path folder = Path.of("").toAbsolutePath();
  private Path input = Path.of("/dev/null");

  private Program(String first) {
    words.add(first);
  }

  /** An executable of the distribution, by its name. */
  static Program named(String name) {
    return new Program(home().resolve("bin").resolve(name).toString());
  }

  /** Any program of the machine; one that is absent fails the test. */
  static Program of(String name) {
    return new Program(name);
  }

  /** Runs any program of the machine to the end. */
  static Result command(String... commandLine) {
    Program program = of(commandLine[0]);
    program.words.addAll(List.of(commandLine).subList(1, commandLine.length));
    return program.run();
  }

  /** Where scripts/build put the distribution. */
  static Path home() {
    Path home = Path.of(System.getProperty("carillon.home"));
    assertThat(home).as("the distribution; scripts/build makes it").isDirectory();
    return home;
  }

  /** The checkout that these tests belong to. */
  static Path checkout() {
    return Path.of(System.getProperty("carillon.checkout"));
  }

  /** Adds arguments. */
  Program with(Object... arguments) {
    for (Object argument : arguments) {
      words.add(argument.toString());
    }
    return this;
  }

  /** Is run by another program, such as {@code setpriv}, with its options. */
  Program behind(String... other) {
    words.addAll(0, List.of(other));
    return this;
  }

  /** Runs in this folder. */
  Program in(Path newFolder) {
    folder = newFolder;
    return this;
  }

  /** Gets this file as its standard input. */
  Program input(Path file) {
    input = file;
    return this;
  }

  /** Sets an environment variable. */
  Program env(String name, String value) {
    environment.put(name, value);
    return this;
  }

  /** Runs to the end, without a terminal and with an empty standard input. */
  Result run() {
    try (Running running = start()) {
      return running.await(DEADLINE);
    }
  }

  /** Starts, and goes on. */
  Running start() {
    try {
      Path out = Files.createTempFile("carillon-test", ".out");
      Path err = Files.createTempFile("carillon-test", ".err");
      out.toFile().deleteOnExit();
      err.toFile().deleteOnExit();
      List<String> command = new ArrayList<>(SIGNALS_ARE_HEARD);
      command.addAll(words);
      ProcessBuilder builder =
          new ProcessBuilder(command)
              .directory(folder.toFile())
              .redirectInput(input.toFile())
              .redirectOutput(out.toFile())
              .redirectError(err.toFile());
      builder.environment().put("CARILLON_JAVA_OPTIONS", JAVA_OPTIONS);
      builder.environment().putAll(environment);
      return new Running(builder.start(), out, err);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Waits until a condition holds; fails with the description when it does not come true. */
  static void await(String description, Duration deadline, BooleanSupplier condition) {
    long end = System.nanoTime() + deadline.toNanos();
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as("in time: " + description).isLessThan(end);
      try {
        TimeUnit.MILLISECONDS.sleep(20);
      } catch (InterruptedException e) {
        throw new AssertionError(e);
      }
    }
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
