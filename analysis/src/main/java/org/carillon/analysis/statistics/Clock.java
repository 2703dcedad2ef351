package org.carillon.analysis.statistics;

/** The clocks that an event may have been stamped with at either end. */
public enum Clock {
  /** The node's own clock as it is. */
  SYSTEM("system", "system clock", false),
  /** The node's clock corrected by its measured NTP offset. */
  NTP("ntp", "NTP", false),
  /** A learned clock with bounds. */
  CHRONOTICK("chronotick", "ChronoTick", true),
  /** Our bounded clock. */
  BOUNDED("bounded", "bounded clock", true),
  /** Our bounded clock, as it is known after the run. */
  HINDSIGHT("hindsight", "hindsight", true);

  private final String key;
  private final String title;
  private final boolean interval;

  Clock(String key, String title, boolean interval) {
    this.key = key;
    this.title = title;
    this.interval = interval;
  }

  /** The name in files. */
  public String key() {
    return key;
  }

  /** The name in sentences and figures. */
  public String title() {
    return title;
  }

  /** Its bounds, in sentences. */
  public String bounds() {
    return this == HINDSIGHT ? "bounds in hindsight" : title + "'s bounds";
  }

  /** Whether it gives bounds, rather than points only. */
  public boolean isInterval() {
    return interval;
  }

  /** The clock of a key. */
  public static Clock ofKey(String key) {
    for (Clock clock : values()) {
      if (clock.key.equals(key)) {
        return clock;
      }
    }
    throw new IllegalArgumentException("no clock " + key);
  }
}
