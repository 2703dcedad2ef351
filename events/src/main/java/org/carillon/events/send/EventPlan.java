package org.carillon.events.send;

import java.util.OptionalInt;
import org.carillon.core.event.Event;
import org.carillon.core.event.WireFormat;

/**
 * What is to be sent.
 *
 * @param events how many, ≥ 0
 * @param schedule when
 * @param wire the form of the datagrams
 * @param payloadBytes size of the payload; {@code event_N} if empty
 * @param runId stands in every binary datagram
 * @param sending how the schedule is kept
 */
public record EventPlan(
    long events,
    Schedule schedule,
    WireFormat wire,
    OptionalInt payloadBytes,
    long runId,
    SendingOptions sending) {

  /** What the JSON form adds to a payload at most: keys, quotes and three 64-bit numbers. */
  private static final int JSON_OVERHEAD_BYTES = 160;

  public EventPlan {
    if (events < 0) {
      throw new IllegalArgumentException("the number of events must not be negative");
    }
    requireEvents(schedule, events);
    requireEnd(schedule, events);
    if (payloadBytes.isPresent()) {
      requirePayload(payloadBytes.getAsInt(), wire);
    }
  }

  /** With the usual way to keep the schedule. */
  public EventPlan(
      long events, Schedule schedule, WireFormat wire, OptionalInt payloadBytes, long runId) {
    this(events, schedule, wire, payloadBytes, runId, SendingOptions.USUAL);
  }

  private static void requireEvents(Schedule schedule, long events) {
    schedule
        .events()
        .ifPresent(
            there -> {
              if (events > there) {
                throw new IllegalArgumentException(
                    "%d events cannot be sent %s, which has %d"
                        .formatted(events, schedule.peculiarity(), there));
              }
            });
  }

  private static void requireEnd(Schedule schedule, long events) {
    try {
      schedule.expectedOffsetNs(events);
    } catch (ArithmeticException e) {
      throw new IllegalArgumentException(events + " events would take more than 292 years", e);
    }
  }

  /**
   * A payload's size in an int, for {@link #payloadBytes}.
   *
   * @throws IllegalArgumentException if it does not fit a datagram of this form
   */
  public static int requirePayload(long bytes, WireFormat wire) {
    int bytesMax = payloadBytesMax(wire);
    if (bytes < 0 || bytes > bytesMax) {
      throw new IllegalArgumentException("a payload has 0 to " + bytesMax + " bytes, not " + bytes);
    }
    return (int) bytes;
  }

  /** The largest payload that fits a datagram of this form, in bytes. */
  static int payloadBytesMax(WireFormat wire) {
    return switch (wire) {
      case BINARY -> Event.PAYLOAD_BYTES_MAX;
      case JSON -> Event.PAYLOAD_BYTES_MAX - JSON_OVERHEAD_BYTES;
    };
  }

  /** When the last event is due, or is expected to be, ns after the first. */
  public long lastDueNs() {
    return schedule.expectedOffsetNs(Math.max(0, events - 1));
  }

  /** Whether to ask the kernel when each event left. */
  boolean asksForTransmitTimes() {
    return sending.asksForTransmitTimes(schedule.meanRateHz());
  }
}
