package org.carillon.cli;

import java.util.List;
import org.carillon.clock.Assumptions;
import org.carillon.clock.DriftBound;
import org.carillon.clock.WanderBound;
import org.carillon.core.net.PathAsymmetry;
import org.carillon.core.time.PollInterval;
import org.carillon.ntp.TimeKeeper;
import picocli.CommandLine.Option;

/** How often NTP servers are asked, and what is assumed of the counter in between. */
final class PollingOptions {

  @Option(
      names = "--poll-interval",
      paramLabel = "DURATION|FROM..TO|auto",
      converter = Converters.OfPollInterval.class,
      description =
          "How often each NTP server is asked: a fixed interval, or one that adapts between two"
              + " limits to what another answer is worth. auto is 1s..64s, and 16s at least for a"
              + " server more than 10 ms away (default: ${DEFAULT-VALUE}).")
  private PollInterval pollInterval = PollInterval.ADAPTIVE;

  @Option(
      names = "--drift-bound-ppm",
      paramLabel = "PPM",
      description =
          "The most that this machine's counter is assumed to gain or lose, which is how fast bounds"
              + " widen between answers (default: ${DEFAULT-VALUE}).")
  private double driftBoundPpm = Assumptions.defaults().drift().ppm();

  @Option(
      names = "--wander-bound-ppm-per-s",
      paramLabel = "PPM",
      description =
          "The most that the rate of this machine's counter, which no daemon steers, is assumed to"
              + " change in a second; 1000000 for no bound at all (default: ${DEFAULT-VALUE}).")
  private double wanderBoundPpmPerS = Assumptions.defaults().wander().ppmPerSecond();

  /**
   * What all of this says.
   *
   * @throws IllegalArgumentException with a sentence if a number is out of range
   */
  TimeKeeper.Settings toSettings(List<PathAsymmetry> asymmetries) {
    return new TimeKeeper.Settings(
        pollInterval,
        TimeKeeper.Settings.defaults().timeout(),
        new Assumptions(new DriftBound(driftBoundPpm), new WanderBound(wanderBoundPpmPerS)),
        asymmetries);
  }

  /** The options that say the same to another program. */
  List<String> arguments() {
    return List.of(
        "--poll-interval",
        pollInterval.toString(),
        "--drift-bound-ppm",
        String.valueOf(driftBoundPpm),
        "--wander-bound-ppm-per-s",
        String.valueOf(wanderBoundPpmPerS));
  }
}
