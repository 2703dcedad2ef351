package org.carillon.core.fault;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.regex.Pattern;
import org.carillon.core.time.DurationText;

/** The faults that can be asked for by name, and how each value is read. */
enum FaultKind {
  CLOCK_SKEW("clock-skew", "clock-skew=5ms", false, Timing.NONE) {
    @Override
    Fault make(String value, Duration at) {
      return new Fault.ClockSkew(DurationText.parseNs(value));
    }
  },
  CLOCK_STEP("clock-step", "clock-step=3ms@10s", true, Timing.REQUIRED) {
    @Override
    Fault make(String value, Duration at) {
      return new Fault.ClockStep(DurationText.parseNs(value), at);
    }
  },
  CLOCK_DRIFT("clock-drift", "clock-drift=20ppm or clock-drift=20ppm@10s", true, Timing.OPTIONAL) {
    @Override
    Fault make(String value, Duration at) {
      return new Fault.ClockDrift(parsePpm(value), at);
    }
  },
  LOSS("loss", "loss=1%", false, Timing.NONE) {
    @Override
    Fault make(String value, Duration at) {
      return new Fault.Loss(Share.parse(value));
    }
  },
  DELAY("delay", "delay=2ms or delay=2ms..5ms", false, Timing.NONE) {
    @Override
    Fault make(String value, Duration at) {
      String[] bounds = value.split("\\.\\.", 2);
      return new Fault.Delay(
          DurationText.parse(bounds[0]), DurationText.parse(bounds[bounds.length - 1]));
    }
  },
  DUPLICATE("duplicate", "duplicate=0.5%", false, Timing.NONE) {
    @Override
    Fault make(String value, Duration at) {
      return new Fault.Duplicate(Share.parse(value));
    }
  },
  REORDER("reorder", "reorder=1%", false, Timing.NONE) {
    @Override
    Fault make(String value, Duration at) {
      return new Fault.Reorder(Share.parse(value));
    }
  },
  DIE_AT_EVENT("die-at-event", "die-at-event=500", false, Timing.NONE) {
    @Override
    Fault make(String value, Duration at) {
      if (!value.matches("\\d{1,18}")) {
        throw new IllegalArgumentException("'" + value + "' is not the number of an event");
      }
      return new Fault.DieAtEvent(Long.parseLong(value));
    }
  },
  STALL_CONTROL("stall-control", "stall-control=15s@10s", true, Timing.REQUIRED) {
    @Override
    Fault make(String value, Duration at) {
      return new Fault.StallControl(DurationText.parse(value), at);
    }
  },
  SLOW_DISK("slow-disk", "slow-disk=50ms", false, Timing.NONE) {
    @Override
    Fault make(String value, Duration at) {
      return new Fault.SlowDisk(DurationText.parse(value));
    }
  };

  /** Whether {@code @TIME} follows the value. */
  enum Timing {
    NONE,
    OPTIONAL,
    REQUIRED
  }

  private static final Pattern PPM = Pattern.compile("([+-]?\\d{1,6}(?:\\.\\d{1,9})?)ppm");

  private final String word;
  private final String form;
  private final boolean repeatable;
  private final Timing timing;

  FaultKind(String word, String form, boolean repeatable, Timing timing) {
    this.word = word;
    this.form = form;
    this.repeatable = repeatable;
    this.timing = timing;
  }

  /** Its name. */
  String word() {
    return word;
  }

  /** Whether it makes sense more than once. */
  boolean repeatable() {
    return repeatable;
  }

  /**
   * Reads what stands behind the {@code =}.
   *
   * @throws IllegalArgumentException with a sentence if it is wrong
   */
  Fault parse(String text) {
    int mark = text.indexOf('@');
    boolean timed = mark >= 0;
    if (timed && timing == Timing.NONE) {
      throw new IllegalArgumentException(word + " takes no @TIME: write " + form);
    }
    if (!timed && timing == Timing.REQUIRED) {
      throw new IllegalArgumentException(word + " needs a time after an @: write " + form);
    }
    try {
      return timed
          ? make(text.substring(0, mark), DurationText.parse(text.substring(mark + 1)))
          : make(text, Duration.ZERO);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(word + ": " + e.getMessage() + "; write " + form, e);
    }
  }

  abstract Fault make(String value, Duration at);

  private static BigDecimal parsePpm(String text) {
    var matcher = PPM.matcher(text);
    if (!matcher.matches()) {
      throw new IllegalArgumentException("'" + text + "' is not a frequency error");
    }
    return new BigDecimal(matcher.group(1));
  }
}
