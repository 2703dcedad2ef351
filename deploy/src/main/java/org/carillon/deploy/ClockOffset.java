package org.carillon.deploy;

import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import org.carillon.core.time.ClockSource;
import org.carillon.ssh.Command;
import org.carillon.ssh.CommandResult;
import org.carillon.ssh.Host;

/**
 * Bounds how far a host's clock is from this machine's by reading it between two looks at ours: the
 * host's reading fell between them, so host − head lies between reading − after and reading −
 * before. The shortest of three round trips gives the narrowest bound.
 */
public final class ClockOffset {

  private static final int TRIES = 3;
  private static final Duration DEADLINE = Duration.ofSeconds(10);
  private static final double NS_PER_MS = 1e6;

  /** Certificates, logs and file times become confusing beyond this. */
  private static final long SURPRISING_NS = 1_000_000_000L;

  private final ClockSource clock;

  /**
   * @param clock of this machine
   */
  public ClockOffset(ClockSource clock) {
    this.clock = clock;
  }

  /**
   * Host minus head, both by their own system clocks.
   *
   * @param earliestNs lower bound
   * @param latestNs upper bound
   */
  public record Bounds(long earliestNs, long latestNs) {
    /** From edge to edge. */
    public long widthNs() {
      return latestNs - earliestNs;
    }

    @Override
    public String toString() {
      return String.format(
          Locale.ROOT,
          "%+.3f ms ± %.3f ms",
          (earliestNs / 2 + latestNs / 2) / NS_PER_MS,
          widthNs() / 2 / NS_PER_MS);
    }
  }

  /** Measures; empty if the host's {@code date} has no nanoseconds. */
  public Optional<Bounds> measure(Host host) {
    Optional<Bounds> best = Optional.empty();
    for (int i = 0; i < TRIES; i++) {
      long beforeNs = clock.realtimeNs();
      CommandResult result = host.run(Command.script("date +%s%N", DEADLINE));
      long afterNs = clock.realtimeNs();
      if (!result.text().matches("\\d{19}")) {
        return Optional.empty();
      }
      long hostNs = Long.parseLong(result.text());
      Bounds bounds = new Bounds(hostNs - afterNs, hostNs - beforeNs);
      if (best.isEmpty() || bounds.widthNs() < best.get().widthNs()) {
        best = Optional.of(bounds);
      }
    }
    return best;
  }

  Check check(Site site) {
    if (site.isLocal()) {
      return Check.pass("clock", "this machine's own");
    }
    return measure(site.host())
        .map(ClockOffset::judge)
        .orElse(Check.unknown("clock", "its date command has no nanoseconds", "warm-up will tell"));
  }

  static Check judge(Bounds bounds) {
    boolean far = bounds.earliestNs() > SURPRISING_NS || bounds.latestNs() < -SURPRISING_NS;
    String sentence = "system clock is " + bounds + " from this machine's";
    return far
        ? Check.warn("clock", sentence, "let a time service set it; the run itself copes")
        : Check.pass("clock", sentence);
  }
}
