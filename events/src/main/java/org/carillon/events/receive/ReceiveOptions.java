package org.carillon.events.receive;

import java.util.Objects;
import java.util.OptionalInt;

/**
 * How a worker receives.
 *
 * @param bufferBytes what to ask the kernel to keep while the worker does not fetch, at least 1; it
 *     may give less
 * @param processor on which the receiving thread runs alone, from 0; any if empty
 * @param busyPoll whether that thread asks again and again and never sleeps, which takes a whole
 *     processor
 */
public record ReceiveOptions(int bufferBytes, OptionalInt processor, boolean busyPoll) {

  /** 32 MiB: at 100,000 events/s half a second. */
  public static final int BUFFER_BYTES = 32 << 20;

  /** On any processor, asleep while nothing comes. */
  public static final ReceiveOptions DEFAULTS =
      new ReceiveOptions(BUFFER_BYTES, OptionalInt.empty(), false);

  public ReceiveOptions {
    Objects.requireNonNull(processor);
    if (bufferBytes < 1) {
      throw new IllegalArgumentException("the receive buffer must have at least 1 byte");
    }
    if (processor.isPresent() && processor.getAsInt() < 0) {
      throw new IllegalArgumentException(
          "there is no processor " + processor.getAsInt() + ": they count from 0");
    }
  }

  /** The defaults, with a buffer that may be given. */
  static ReceiveOptions withBuffer(OptionalInt bufferBytes) {
    return new ReceiveOptions(bufferBytes.orElse(BUFFER_BYTES), OptionalInt.empty(), false);
  }
}
