package org.carillon.ntp.check;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * A process that keeps time.
 *
 * @param pid as seen from here
 * @param steers whether it sets the system clock, as far as its command line and its capabilities
 *     tell
 */
public record TimeDaemon(Kind kind, long pid, boolean steers) {

  /** The programs that are known here. */
  public enum Kind {
    CHRONYD("chronyd", "chronyd"),
    NTPD("ntpd", "ntpd"),
    NTPD_RS("ntpd-rs", "ntp-daemon"),
    TIMESYNCD("systemd-timesyncd", "systemd-timesyn"),
    PTP4L("ptp4l", "ptp4l"),
    PHC2SYS("phc2sys", "phc2sys");

    private final String text;
    private final String comm;

    Kind(String text, String comm) {
      this.text = text;
      this.comm = comm;
    }

    /** The program's name. */
    public String text() {
      return text;
    }

    /**
     * The program that a process runs.
     *
     * @param comm as in {@code /proc/PID/comm}, where the kernel keeps 15 characters
     */
    static Optional<Kind> ofComm(String comm) {
      return Arrays.stream(values()).filter(kind -> kind.comm.equals(comm)).findFirst();
    }

    /** Whether it sets the system clock when started so, and is allowed to. */
    boolean steersWith(List<String> arguments) {
      return switch (this) {
        // -x: never touch the clock; -Q: print the offset only. Both may follow other flags.
        case CHRONYD -> arguments.stream().noneMatch(word -> word.matches("-[46dmnpqrRsU]*[xQ].*"));
        case NTPD, NTPD_RS, TIMESYNCD -> true;
        // It steers the network card's clock; without one (-S), the system's.
        case PTP4L -> arguments.contains("-S");
        case PHC2SYS -> phc2sysSteers(arguments);
      };
    }

    /** Not if it only tells another daemon, or serves another clock than the system's. */
    private static boolean phc2sysSteers(List<String> arguments) {
      boolean automatic = arguments.contains("-a");
      return valueOf("-E", arguments).filter(Kind::onlyTells).isEmpty()
          && valueOf("-c", arguments).filter(clock -> !clock.equals("CLOCK_REALTIME")).isEmpty()
          && (!automatic || arguments.stream().anyMatch(word -> word.matches("-r+")));
    }

    private static boolean onlyTells(String servo) {
      return servo.equals("ntpshm") || servo.equals("refclock_sock");
    }

    private static Optional<String> valueOf(String option, List<String> arguments) {
      int at = arguments.indexOf(option);
      return at >= 0 && at + 1 < arguments.size()
          ? Optional.of(arguments.get(at + 1))
          : Optional.empty();
    }
  }

  public TimeDaemon {
    Objects.requireNonNull(kind);
  }

  @Override
  public String toString() {
    return kind.text() + " (process " + pid + ")";
  }
}
