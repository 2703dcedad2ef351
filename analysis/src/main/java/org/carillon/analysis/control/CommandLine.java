package org.carillon.analysis.control;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The command of a run of commands.
 *
 * @param argv the program and its arguments
 * @param timeoutNs how long it may have run
 */
public record CommandLine(List<String> argv, long timeoutNs) {

  private static final int MAX_TEXT = 500;
  private static final Pattern PLAIN = Pattern.compile("[\\w%+,./:=@^-]+");

  public CommandLine {
    argv = List.copyOf(argv);
  }

  /** The words as a shell takes them, cut if there are very many. */
  String text() {
    String text = argv.stream().map(CommandLine::quoted).collect(Collectors.joining(" "));
    return text.length() <= MAX_TEXT ? text : text.substring(0, MAX_TEXT) + "…";
  }

  private static String quoted(String word) {
    return PLAIN.matcher(word).matches() ? word : "'" + word.replace("'", "'\\''") + "'";
  }
}
