package org.carillon.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What standard error is connected to. */
final class Terminal {

  private static final int COLUMNS_USUAL = 80;
  private static final int COLUMNS_MIN = 20;

  private Terminal() {}

  /** Whether standard error is a terminal that can redraw its last line. */
  static boolean isInteractive() {
    if ("dumb".equals(System.getenv("TERM")) || System.getenv("TERM") == null) {
      return false;
    }
    try {
      // Console.isTerminal() would ask about standard input and output, which may be redirected.
      Path device = Files.readSymbolicLink(Path.of("/proc/self/fd/2"));
      return device.startsWith("/dev/pts")
          || device.toString().startsWith("/dev/tty")
          || device.equals(Path.of("/dev/console"));
    } catch (IOException e) {
      return false;
    }
  }

  /** Columns of the terminal: what the shell exports as COLUMNS, or 80. */
  static int columns() {
    String columns = System.getenv("COLUMNS");
    if (columns == null || !columns.matches("[0-9]{1,4}")) {
      return COLUMNS_USUAL;
    }
    return Math.max(COLUMNS_MIN, Integer.parseInt(columns));
  }
}
