package org.carillon.deploy.backup;

import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.regex.Pattern;
import org.carillon.core.run.TimedFolder;
import org.carillon.core.time.ClockSource;

/**
 * The name of a backup, the same on all hosts of one action: the second in which that began, and
 * four random digits.
 *
 * @param text such as {@code 2026-11-22T10-15-30Z-3fa1}
 */
public record BackupId(String text) implements Comparable<BackupId> {

  private static final Pattern FORM =
      Pattern.compile("\\d{4}-\\d\\d-\\d\\dT\\d\\d-\\d\\d-\\d\\dZ-[0-9a-f]{4}");

  private static final SecureRandom RANDOM = new SecureRandom();

  public BackupId {
    if (!isId(text)) {
      throw new IllegalArgumentException(
          "'" + text + "' is not the ID of a backup, such as 2026-11-22T10-15-30Z-3fa1");
    }
  }

  /** Whether a text has the form of an ID. */
  static boolean isId(String text) {
    return FORM.matcher(text).matches();
  }

  /** A new one. */
  public static BackupId create(ClockSource clock) {
    byte[] bits = new byte[2];
    RANDOM.nextBytes(bits);
    return new BackupId(
        TimedFolder.name(clock.realtimeNs()) + "-" + HexFormat.of().formatHex(bits));
  }

  @Override
  public int compareTo(BackupId other) {
    return text.compareTo(other.text);
  }

  @Override
  public String toString() {
    return text;
  }
}
