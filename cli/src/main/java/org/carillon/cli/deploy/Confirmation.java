package org.carillon.cli.deploy;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Set;
import java.util.function.Supplier;
import org.carillon.cli.Terminal;
import org.carillon.core.CarillonException;
import org.carillon.core.ExitCode;

/** Asks before something is changed. */
final class Confirmation {

  private static final Set<String> YES = Set.of("y", "yes");

  private Confirmation() {}

  /**
   * Returns if the user agrees.
   *
   * @param given whether {@code --yes} was, so that nobody is asked
   * @param question without its end: {@code Go back on 8 hosts?}
   * @throws CarillonException USAGE if there is nobody to ask, ABORTED if the answer is no
   */
  static void require(boolean given, String question) {
    require(given, () -> question);
  }

  /** As above, with a question that takes time to find. */
  static void require(boolean given, Supplier<String> question) {
    if (given) {
      return;
    }
    if (!Terminal.isInputInteractive() || !Terminal.isInteractive()) {
      throw new CarillonException(
          ExitCode.USAGE,
          "nothing was changed: there is no terminal to ask on; --yes answers in advance.");
    }
    System.err.print(question.get() + " [y/N] ");
    System.err.flush();
    if (!YES.contains(answer().strip().toLowerCase(Locale.ROOT))) {
      throw new CarillonException(ExitCode.ABORTED, "nothing was changed.");
    }
  }

  private static String answer() {
    try {
      // Not closed: it is the process's own input.
      String line =
          new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8)).readLine();
      return line == null ? "" : line;
    } catch (IOException e) {
      return "";
    }
  }
}
