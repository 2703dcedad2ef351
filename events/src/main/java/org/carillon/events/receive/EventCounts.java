package org.carillon.events.receive;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a worker has received so far. {@code received} is the events of the run, duplicates
 * included; {@code received}, {@code foreign} and the malformed add up to all datagrams.
 *
 * @param received events of the run
 * @param duplicates of these: events whose id had been seen
 * @param undecided of these: events too old to tell whether their id had been seen
 * @param outOfOrder of these: events that came first after an event with a higher id
 * @param missing ids between 1 and the highest seen, or the last one sent where that is known, that
 *     have not come, yet
 * @param highestEventId the highest id seen, or 0
 * @param foreign events of another run; they are not recorded
 * @param malformed datagrams that are no events, by reason
 */
public record EventCounts(
    long received,
    long duplicates,
    long undecided,
    long outOfOrder,
    long missing,
    long highestEventId,
    long foreign,
    Map<String, Long> malformed) {

  public EventCounts {
    malformed = Collections.unmodifiableMap(new TreeMap<>(malformed));
  }

  /** All datagrams that are no events. */
  public long malformedTotal() {
    return malformed.values().stream().mapToLong(Long::longValue).sum();
  }

  /** One line for the log. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    text.append(received).append(" events received (");
    text.append(duplicates).append(" duplicates, ");
    if (undecided > 0) {
      text.append(undecided).append(" perhaps duplicates, ");
    }
    text.append(outOfOrder).append(" out of order), ");
    text.append(missing).append(" missing up to event ").append(highestEventId).append(", ");
    text.append(foreign).append(" foreign, ").append(malformedTotal()).append(" malformed");
    if (!malformed.isEmpty()) {
      text.append(' ').append(malformed);
    }
    return text.toString();
  }
}
