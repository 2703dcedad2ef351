package org.carillon.ntp.server;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.carillon.clock.Measurement;
import org.carillon.core.net.HostPort;
import org.carillon.core.time.Moment;
import org.carillon.core.time.Reading;
import org.carillon.ntp.TimeKeeper;

/**
 * The local clock, corrected by a bounded clock that follows upstream servers. The bound that it
 * serves covers the bounded clock's interval.
 *
 * @param keeper polls the upstream servers; whoever made it closes it
 * @param servers as the user named them
 */
public record UpstreamReference(TimeKeeper keeper, List<HostPort> servers)
    implements TimeReference {

  @Override
  public Optional<ServedTime> at(Moment moment) {
    // Two reads: a measurement may come between them. The bound below covers the reading whatever
    // measurement the root delay is of.
    Optional<Measurement> selected = keeper.selected();
    Optional<Reading> reading = keeper.at(moment).reading();
    if (selected.isEmpty() || reading.isEmpty() || selected.get().stratum() >= 15) {
      return Optional.empty();
    }
    return Optional.of(served(moment, selected.get(), reading.get()));
  }

  private static ServedTime served(Moment moment, Measurement selected, Reading reading) {
    long halfWidthNs =
        Math.max(reading.bestNs() - reading.earliestNs(), reading.latestNs() - reading.bestNs());
    return new ServedTime(
        reading.status(),
        selected.leap(),
        selected.stratum() + 1,
        selected.referenceId(),
        moment.localNs() - (moment.rawNs() - selected.rawNs()),
        reading.bestNs() - moment.localNs(),
        selected.rootDelayNs(),
        Math.max(1, halfWidthNs - selected.rootDelayNs() / 2));
  }

  @Override
  public String description() {
    return servers.stream().map(HostPort::toString).collect(Collectors.joining(", ", "NTP ", ""));
  }
}
