package org.carillon.events;

import java.net.URI;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.carillon.core.net.HostPort;
import org.carillon.ntp.TimeKeeper;

/**
 * What a node's clock is measured with.
 *
 * @param ntpServers may be empty: then there is no NTP offset and no bounded clock
 * @param chronoTickServer of the ChronoTick clock, if there is one
 * @param settings how NTP servers are asked, and how far the local clock is trusted in between
 */
public record ClockOptions(
    List<HostPort> ntpServers, Optional<URI> chronoTickServer, TimeKeeper.Settings settings) {

  /** A clock that nothing is known about. */
  public static final ClockOptions NONE =
      new ClockOptions(List.of(), Optional.empty(), TimeKeeper.Settings.defaults());

  public ClockOptions {
    ntpServers = List.copyOf(ntpServers);
    Objects.requireNonNull(chronoTickServer);
    Objects.requireNonNull(settings);
  }
}
