package org.carillon.analysis.statistics.quality;

import java.util.Map;
import java.util.Optional;
import org.carillon.analysis.statistics.Clock;
import org.carillon.analysis.statistics.Judgement;

/**
 * How good everything was that a run's answers rest on.
 *
 * @param measured clocks as measurements show them, by node and {@link #COUNTER} or the key of a
 *     {@link Clock}
 * @param claimed clocks as they stand in the rows, by node and clock
 * @param holdover how long clocks were on their own, by node
 * @param network what became of the datagrams, by worker
 * @param sender how the coordinator kept to its schedule; empty if nothing tells
 * @param firstArrivals how far apart the workers had their first common event, by interval clock
 */
public record Quality(
    Map<String, Map<String, MeasuredClock>> measured,
    Map<String, Map<Clock, ClaimedClock>> claimed,
    Map<String, Judgement<Holdover>> holdover,
    Map<String, NetworkQuality> network,
    Optional<SenderQuality> sender,
    Map<Clock, FirstArrivals> firstArrivals) {

  /** The node's free-running counter among its measured clocks. */
  public static final String COUNTER = "counter";

  /** Of a run without events. */
  public static final Quality NONE =
      new Quality(Map.of(), Map.of(), Map.of(), Map.of(), Optional.empty(), Map.of());
}
