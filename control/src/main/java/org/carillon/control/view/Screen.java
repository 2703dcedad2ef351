package org.carillon.control.view;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * The last lines of a terminal, drawn again and again, with room above them for a log. Between two
 * drawings the cursor stands at the beginning of the first of these lines, so that whatever else
 * writes to the terminal, and a shell after a sudden end, begins at the margin.
 */
public final class Screen {

  private static final String ERASE_BELOW = "\033[J";

  private final PrintStream terminal;
  private List<String> lines = List.of();

  /**
   * @param terminal on which nothing else is written; see {@link #above()}
   */
  public Screen(PrintStream terminal) {
    this.terminal = terminal;
  }

  /**
   * Draws lines in place of those drawn before.
   *
   * @param drawn none wider, and all together lower, than the terminal
   */
  public synchronized void draw(List<String> drawn) {
    lines = List.copyOf(drawn);
    StringBuilder text = new StringBuilder(ERASE_BELOW);
    text.append(String.join("\r\n", lines)).append('\r');
    if (lines.size() > 1) {
      text.append("\033[").append(lines.size() - 1).append('A');
    }
    terminal.print(text);
    terminal.flush();
  }

  /** Leaves the lines where they are and the cursor below them. */
  public synchronized void leave() {
    if (!lines.isEmpty()) {
      terminal.print("\r\n".repeat(lines.size()));
      terminal.flush();
      lines = List.of();
    }
  }

  /** Takes the lines away. */
  public synchronized void clear() {
    if (!lines.isEmpty()) {
      draw(List.of());
    }
  }

  private synchronized void writeAbove(byte[] text) {
    if (lines.isEmpty()) {
      terminal.writeBytes(text);
      terminal.flush();
    } else {
      terminal.print(ERASE_BELOW);
      terminal.writeBytes(text);
      draw(lines);
    }
  }

  /** For a log: what is written there, line by line, appears above. */
  public PrintStream above() {
    return new PrintStream(new Above(), true, StandardCharsets.UTF_8);
  }

  private final class Above extends OutputStream {
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();

    @Override
    public synchronized void write(int octet) {
      line.write(octet);
      if (octet == '\n') {
        writeAbove(line.toByteArray());
        line.reset();
      }
    }
  }
}
