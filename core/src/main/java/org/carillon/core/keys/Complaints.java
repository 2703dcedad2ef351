package org.carillon.core.keys;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.carillon.core.CarillonException;
import org.carillon.core.ExitCode;

/** Gathers the faults of a file, so that all of them are reported at once. */
public final class Complaints {

  /** More than this many helps nobody; the rest is counted. */
  private static final int SHOWN_MAX = 50;

  /** Longer values are cut when quoted, so that garbage cannot flood the terminal. */
  private static final int LENGTH_MAX = 300;

  private final String subject;
  private final List<String> lines = new ArrayList<>();
  private final Set<String> paths = new HashSet<>();

  /**
   * @param subject what kind of file it is about
   */
  public Complaints(String subject) {
    this.subject = subject;
  }

  /**
   * Adds a fault.
   *
   * @param path the key's dotted path, empty for the whole file
   * @param sentence what is wrong and what would be right
   */
  public void add(Location at, String path, String sentence) {
    paths.add(path);
    String line = at + ": " + (path.isEmpty() ? "" : path + ": ") + printable(sentence);
    lines.add(line.length() > LENGTH_MAX ? line.substring(0, LENGTH_MAX) + "…" : line);
  }

  /** Whether something is wrong with this key already. */
  public boolean areAbout(String path) {
    return paths.contains(path);
  }

  public boolean isEmpty() {
    return lines.isEmpty();
  }

  /** Fails if anything was added, with one line per fault. */
  public void throwIfAny() {
    if (lines.isEmpty()) {
      return;
    }
    StringBuilder message = new StringBuilder();
    if (lines.size() > 1) {
      message.append(lines.size()).append(" faults in the ").append(subject).append(":\n");
    }
    message.append(String.join("\n", lines.subList(0, Math.min(SHOWN_MAX, lines.size()))));
    if (lines.size() > SHOWN_MAX) {
      message.append("\n… and ").append(lines.size() - SHOWN_MAX).append(" more");
    }
    throw new CarillonException(ExitCode.USAGE, message.toString());
  }

  private static String printable(String text) {
    return text.codePoints()
        .map(point -> Character.isISOControl(point) ? '?' : point)
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }
}
