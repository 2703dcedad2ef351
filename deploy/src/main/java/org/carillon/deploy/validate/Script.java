package org.carillon.deploy.validate;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.carillon.ssh.Command;
import org.carillon.ssh.ShellWords;

/** A script of ours for a POSIX sh, and the words that it finds in {@code $1} and so on. */
enum Script {
  FACTS,
  RESOURCES,
  SERVICE,
  LOGS,
  MARKS,
  PORTS,
  PAIRS;

  private final String text =
      read("lines.sh") + read(name().toLowerCase(java.util.Locale.ROOT) + ".sh");

  /** The command that runs it. */
  Command command(List<String> words, Duration deadline) {
    return command(words, "", deadline);
  }

  /** The command that runs it, and then calls of its functions. */
  Command command(List<String> words, String calls, Duration deadline) {
    return Command.script("set -- " + ShellWords.join(words) + "\n" + text + calls, deadline)
        .labelled("its script " + name().toLowerCase(java.util.Locale.ROOT));
  }

  private static String read(String name) {
    try (InputStream in = Script.class.getResourceAsStream(name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("the distribution lacks " + name, e);
    }
  }
}
