package org.carillon.events;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.carillon.core.event.WireFormat;
import org.carillon.core.net.HostPort;

/**
 * What a coordinator is to do.
 *
 * @param workers whom to send to, at least one, none twice
 * @param events how many events to send, ≥ 0
 * @param schedule when
 * @param wire the form of the datagrams
 * @param payloadBytes size of the payload; {@code event_N} if empty
 * @param runId stands in every binary datagram
 * @param clocks what the clock is measured with
 * @param output the CSV file of the events
 * @param warmup how long the clock is measured before the first event
 * @param startDelay how long after the warm-up the first event is due
 * @param readyFile appears when the first event is about to be due
 */
public record CoordinatorOptions(
    List<HostPort> workers,
    long events,
    Schedule schedule,
    WireFormat wire,
    OptionalInt payloadBytes,
    long runId,
    ClockOptions clocks,
    Path output,
    Duration warmup,
    Duration startDelay,
    Optional<Path> readyFile) {

  public CoordinatorOptions {
    if (workers.isEmpty()) {
      throw new IllegalArgumentException("there must be at least one worker");
    }
    if (workers.stream().distinct().count() < workers.size()) {
      throw new IllegalArgumentException("a worker is named twice in " + workers);
    }
    if (events < 0) {
      throw new IllegalArgumentException("the number of events must not be negative");
    }
    requireEnd(schedule, events);
    if (payloadBytes.isPresent()) {
      requirePayload(payloadBytes.getAsInt(), wire);
    }
    if (warmup.isNegative() || startDelay.isNegative()) {
      throw new IllegalArgumentException("warm-up and start delay must not be negative");
    }
    workers = List.copyOf(workers);
  }

  /**
   * A payload's size in an int, for {@link #payloadBytes}.
   *
   * @throws IllegalArgumentException if it does not fit a datagram of this form
   */
  public static int requirePayload(long bytes, WireFormat wire) {
    int bytesMax = Payload.bytesMax(wire);
    if (bytes < 0 || bytes > bytesMax) {
      throw new IllegalArgumentException("a payload has 0 to " + bytesMax + " bytes, not " + bytes);
    }
    return (int) bytes;
  }

  private static void requireEnd(Schedule schedule, long events) {
    try {
      schedule.offsetNs(events);
    } catch (ArithmeticException e) {
      throw new IllegalArgumentException(events + " events would take more than 292 years", e);
    }
  }
}
