package org.carillon.ssh;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * A command for a host: a text for a POSIX {@code sh}, whatever the account's login shell is.
 *
 * @param shellText a script, of any length, without NUL
 * @param standardInput what the command reads, then end of file; empty for none
 * @param deadline how long it may take from the call to its end, above 0
 * @param silence how long it may go without writing a byte; empty if it may be silent
 * @param label how messages call it instead of by its text, which may hold a secret
 */
public record Command(
    String shellText,
    byte[] standardInput,
    Duration deadline,
    Optional<Duration> silence,
    Optional<String> label) {
  private static final byte[] NOTHING = {};

  public Command {
    if (shellText.isBlank()) {
      throw new IllegalArgumentException("a command has a text");
    }
    if (shellText.indexOf(0) >= 0) {
      throw new IllegalArgumentException("a command cannot hold a NUL character");
    }
    standardInput = standardInput.clone();
    requirePositive(deadline);
    silence.ifPresent(Command::requirePositive);
  }

  private static void requirePositive(Duration duration) {
    if (duration.isNegative() || duration.isZero()) {
      throw new IllegalArgumentException("a deadline lies after the start, not " + duration);
    }
  }

  /** A script. Words from elsewhere must stand in it quoted: see {@link ShellWords}. */
  public static Command script(String shellText, Duration deadline) {
    return new Command(shellText, NOTHING, deadline, Optional.empty(), Optional.empty());
  }

  /** A program and its arguments, each passed on as it stands. */
  public static Command of(List<String> argv, Duration deadline) {
    if (argv.isEmpty()) {
      throw new IllegalArgumentException("a command has a first word");
    }
    return script(ShellWords.join(argv), deadline);
  }

  /** The same command with something to read. */
  public Command withInput(byte[] input) {
    return new Command(shellText, input, deadline, silence, label);
  }

  /** The same command with a text to read, in UTF-8. */
  public Command withInput(String input) {
    return withInput(input.getBytes(StandardCharsets.UTF_8));
  }

  /** The same command, which has failed if it writes nothing for that long. */
  public Command withSilence(Duration limit) {
    return new Command(shellText, standardInput, deadline, Optional.of(limit), label);
  }

  /** The same command, called so in messages. */
  public Command labelled(String name) {
    return new Command(shellText, standardInput, deadline, silence, Optional.of(name));
  }

  @Override
  public byte[] standardInput() {
    return standardInput.clone();
  }

  /** The label, or the beginning of the text on one line; never the standard input. */
  public String summary() {
    String line = label.orElse(shellText).strip().replaceAll("\\s+", " ");
    return line.length() <= 80 ? line : line.substring(0, 77) + "…";
  }

  @Override
  public String toString() {
    return summary();
  }
}
