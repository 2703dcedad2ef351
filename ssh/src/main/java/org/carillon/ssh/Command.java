package org.carillon.ssh;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A command for a host: a text for a POSIX {@code sh}, whatever the account's login shell is.
 *
 * @param shellText a script, of any length, without NUL
 * @param input what the command reads, then end of file
 * @param deadline how long it may take from the call to its end, above 0
 * @param silence how long it may go without writing or being fed a byte; empty if it may be silent
 * @param label how messages call it instead of by its text, which may hold a secret
 */
public record Command(
    String shellText,
    CommandInput input,
    Duration deadline,
    Optional<Duration> silence,
    Optional<String> label) {

  private static final Pattern BLANKS = Pattern.compile("\\s+");

  public Command {
    if (shellText.isBlank()) {
      throw new IllegalArgumentException("a command has a text");
    }
    if (shellText.indexOf(0) >= 0) {
      throw new IllegalArgumentException("a command cannot hold a NUL character");
    }
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
    return new Command(
        shellText, CommandInput.NOTHING, deadline, Optional.empty(), Optional.empty());
  }

  /** A program and its arguments, each passed on as it stands. */
  public static Command of(List<String> argv, Duration deadline) {
    if (argv.isEmpty()) {
      throw new IllegalArgumentException("a command has a first word");
    }
    return script(ShellWords.join(argv), deadline);
  }

  /** The same command with something to read. */
  public Command withInput(CommandInput newInput) {
    return new Command(shellText, newInput, deadline, silence, label);
  }

  /** The same command with some bytes to read. */
  public Command withInput(byte[] bytes) {
    return withInput(CommandInput.of(bytes));
  }

  /** The same command with a text to read, in UTF-8. */
  public Command withInput(String text) {
    return withInput(text.getBytes(StandardCharsets.UTF_8));
  }

  /** The same command, which has failed if it writes nothing for that long. */
  public Command withSilence(Duration limit) {
    return new Command(shellText, input, deadline, Optional.of(limit), label);
  }

  /** The same command, called so in messages. */
  public Command labelled(String name) {
    return new Command(shellText, input, deadline, silence, Optional.of(name));
  }

  /** The label, or the beginning of the text on one line; never the standard input. */
  public String summary() {
    String line = label.orElse(shellText).strip();
    line = BLANKS.matcher(line).replaceAll(" ");
    return line.length() <= 80 ? line : line.substring(0, 77) + "…";
  }

  @Override
  public String toString() {
    return summary();
  }
}
