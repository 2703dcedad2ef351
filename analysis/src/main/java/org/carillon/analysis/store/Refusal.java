package org.carillon.analysis.store;

import java.sql.SQLException;
import java.util.List;
import org.carillon.core.CarillonException;
import org.carillon.core.ExitCode;

/** What it means that the database refused a statement. */
final class Refusal {

  static final String OUT_OF_MEMORY = "Out of Memory Error";

  /** As the operating system says it, and as the database does where a write stopped halfway. */
  private static final List<String> DISK_FULL =
      List.of("No space left on device", "Disk quota exceeded", "Could not write all bytes");

  private Refusal() {}

  /** An exception for the user where memory or disk were too small, else a fault of ours. */
  static RuntimeException of(SQLException e) {
    String message = String.valueOf(e.getMessage());
    if (DISK_FULL.stream().anyMatch(message::contains)) {
      return new CarillonException(
          ExitCode.USAGE,
          "the disk is full where results go, and with them what memory has no room for; make room,"
              + " or name another folder with --out ("
              + firstLine(message)
              + ").",
          e);
    }
    if (message.contains(OUT_OF_MEMORY)) {
      return new CarillonException(
          ExitCode.USAGE,
          "this run needs more memory than it may use; give it more with --memory, or results a"
              + " folder with more room with --out ("
              + firstLine(message)
              + ").",
          e);
    }
    return new IllegalStateException("the database refused a statement: " + message, e);
  }

  private static String firstLine(String message) {
    return message.lines().findFirst().orElse("");
  }
}
