package org.carillon.deploy.validate;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import org.carillon.core.time.DurationText;

/** From when on lines of logs count: a fixed moment, or one that goes along with the time. */
public sealed interface Since {

  /** So long before now. */
  record Ago(Duration length) implements Since {}

  /** A moment. */
  record At(Instant moment) implements Since {}

  /** The moment, as of now. */
  default Instant from(Instant now) {
    return switch (this) {
      case Ago(Duration length) -> now.minus(length);
      case At(Instant moment) -> moment;
    };
  }

  /**
   * Reads {@code 10m}, {@code 2026-11-22T10:00:00Z}, {@code 2026-11-22T10:00} or {@code
   * 2026-11-22}, the last two in the time zone of this machine.
   *
   * @throws IllegalArgumentException with a sentence if it is none of them
   */
  static Since parse(String text, ZoneId zone) {
    if (text.matches("\\d.*[a-z]")) {
      return new Ago(DurationText.parse(text));
    }
    String iso = text.strip().replace(' ', 'T');
    try {
      if (iso.endsWith("Z")) {
        return new At(Instant.parse(iso));
      }
      return new At(
          iso.contains("T")
              ? LocalDateTime.parse(iso).atZone(zone).toInstant()
              : LocalDate.parse(iso).atStartOfDay(zone).toInstant());
    } catch (DateTimeException e) {
      throw new IllegalArgumentException(
          "'"
              + text
              + "' is no time: write how long ago, such as 10m, or 2026-11-22T10:00:00Z, or"
              + " 2026-11-22T10:00 for this machine's time zone",
          e);
    }
  }
}
