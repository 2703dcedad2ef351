package org.carillon.ntp.check;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.carillon.clock.Assumptions;
import org.carillon.core.time.KernelClock;

/**
 * What was found out about a node's system clock; nothing here is judged.
 *
 * @param node its name
 * @param time what NTP servers say of it; empty if none was named
 * @param kernel what the kernel says of it; empty if it does not say
 * @param counter the hardware that the kernel counts with, such as {@code tsc}; empty if unknown
 * @param daemons that run and are seen from here
 */
public record ClockFindings(
    String node,
    Optional<Measured> time,
    Optional<KernelClock> kernel,
    Optional<String> counter,
    List<TimeDaemon> daemons) {

  /**
   * The clock as NTP servers see it.
   *
   * @param wanted how long to measure
   * @param measured how long it was measured; less if somebody stopped it
   * @param servers in the order in which they were named, at least one
   * @param offset at the end; empty without a server that could be believed
   * @param moments the offset about once a second, by time; left out while it was not known
   * @param assumptions on the node's counter that the bounds rest on
   * @param broken how often answers showed that an assumption does not hold; suspends, which break
   *     them too, are among the disturbances
   * @param lastBroken in words
   * @param disturbances steps of the clock, suspends of the machine and pauses of the process, in
   *     words
   */
  public record Measured(
      Duration wanted,
      Duration measured,
      List<ServerFindings> servers,
      Optional<OffsetBounds> offset,
      List<TimedOffset> moments,
      Assumptions assumptions,
      long broken,
      Optional<String> lastBroken,
      List<String> disturbances) {

    public Measured {
      servers = List.copyOf(servers);
      moments = List.copyOf(moments);
      disturbances = List.copyOf(disturbances);
      if (servers.isEmpty()) {
        throw new IllegalArgumentException("nobody was asked");
      }
    }

    /** How much the clock gained on true time. */
    public Optional<DriftBounds> drift() {
      return DriftBounds.between(moments);
    }

    /** Whether anybody answered, be it with something that is of no use. */
    public boolean isAnswered() {
      return servers.stream().anyMatch(server -> server.answered() > 0);
    }
  }

  public ClockFindings {
    Objects.requireNonNull(node);
    daemons = List.copyOf(daemons);
  }
}
