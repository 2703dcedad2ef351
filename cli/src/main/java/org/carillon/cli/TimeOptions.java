package org.carillon.cli;

import java.net.URI;
import java.util.List;
import java.util.Optional;
import org.carillon.core.net.HostPort;
import org.carillon.core.net.PathAsymmetry;
import org.carillon.core.time.ClockSource;
import org.carillon.core.time.ClockSpec;
import org.carillon.events.ClockOptions;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Which clock a node has, and what it is measured with. */
final class TimeOptions {

  @Option(
      names = "--ntp-server",
      paramLabel = "HOST[:PORT]",
      split = Converters.OfNtpServer.SPLIT,
      splitSynopsisLabel = ",",
      converter = Converters.OfNtpServer.class,
      description =
          "NTP servers to measure the clock with, separated by commas. Without one nothing is"
              + " known about its error, and the ntp_ and bc_ cells stay empty.")
  private List<HostPort> ntpServers = List.of();

  @Option(
      names = "--ntp-asymmetry",
      paramLabel = "HOST[:PORT]=DURATION[+-DURATION]",
      split = ",",
      splitSynopsisLabel = ",",
      converter = Converters.OfAsymmetry.class,
      description =
          "How much longer the way to an NTP server is than the way back, such as ntp1=200us, for a"
              + " better estimate. With its uncertainty, such as ntp1=200us+-20us, it also narrows the"
              + " interval, which then holds under that assumption too.")
  private List<PathAsymmetry> asymmetries = List.of();

  @Option(
      names = "--chronotick-server",
      paramLabel = "URL",
      converter = Converters.OfHttpUri.class,
      description = "ChronoTick service to ask as well, such as http://localhost:8124.")
  private URI chronoTickServer;

  @Option(
      names = "--clock",
      paramLabel = "CLOCK",
      defaultValue = "system",
      converter = Converters.OfClock.class,
      description =
          "system, or simulated:offset=3ms,drift_ppm=20,wander_ppm=0.01,seed=7 for a clock with"
              + " known errors (default: ${DEFAULT-VALUE}).")
  private String clock;

  @Mixin private PollingOptions polling;

  /** The node's clock. */
  ClockSource clock() {
    return ClockSpec.parse(clock);
  }

  /** Whether there is what the bounded clock is made from. */
  boolean isMeasuredByNtp() {
    return !ntpServers.isEmpty();
  }

  /** Whether there is anything to measure the clock with. */
  boolean isMeasured() {
    return !ntpServers.isEmpty() || chronoTickServer != null;
  }

  /**
   * What the clock is measured with.
   *
   * @throws IllegalArgumentException with a sentence if a number is out of range
   */
  ClockOptions toClockOptions() {
    for (PathAsymmetry asymmetry : asymmetries) {
      if (!ntpServers.contains(asymmetry.server())) {
        throw new IllegalArgumentException(
            "--ntp-asymmetry is about " + asymmetry.server() + ", which is no --ntp-server");
      }
    }
    return new ClockOptions(
        ntpServers, Optional.ofNullable(chronoTickServer), polling.toSettings(asymmetries));
  }
}
