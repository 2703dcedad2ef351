package org.carillon.cli;

import java.util.OptionalInt;
import org.carillon.events.receive.ReceiveOptions;
import picocli.CommandLine.Option;

/** How a worker receives. */
final class ReceivingOptions {

  @Option(
      names = "--receive-buffer",
      paramLabel = "SIZE",
      converter = Converters.OfSize.class,
      description =
          "Socket buffer to ask the kernel for (default: 32MiB), which keeps what arrives while the"
              + " worker does not fetch. net.core.rmem_max limits it, except for root; a warning"
              + " says if it is smaller. More helps if reception_NODE.csv shows kernel_drops.")
  private Long bufferBytes;

  @Option(
      names = "--receive-cpu",
      paramLabel = "CPU",
      description =
          "Run the thread that receives on this processor alone, counted from 0 as in /proc/cpuinfo"
              + " (default: any).")
  private Integer processor;

  @Option(
      names = "--busy-poll",
      description =
          "Ask for datagrams again and again without ever sleeping: takes a whole processor, and"
              + " spares a fast stream the moment that waking up takes.")
  private boolean busyPoll;

  /**
   * For the library.
   *
   * @throws IllegalArgumentException with a sentence if a value is no good
   */
  ReceiveOptions toReceiveOptions() {
    return new ReceiveOptions(
        bufferBytes == null
            ? ReceiveOptions.BUFFER_BYTES
            : (int) Math.min(bufferBytes, Integer.MAX_VALUE),
        processor == null ? OptionalInt.empty() : OptionalInt.of(processor),
        busyPoll);
  }
}
