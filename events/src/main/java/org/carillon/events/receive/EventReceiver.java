package org.carillon.events.receive;

import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.carillon.core.CarillonException;
import org.carillon.core.ExitCode;
import org.carillon.core.libc.ThreadSettings;
import org.carillon.core.record.TimestampSource;
import org.carillon.core.time.ClockSource;
import org.carillon.core.udp.Datagram;
import org.carillon.core.udp.UdpSettings;
import org.carillon.core.udp.UdpSocket;
import org.carillon.core.udp.Waiting;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has the worker's UDP socket and hands every datagram over with the moment at which it came: by
 * the kernel where that can be had, else by the receiving thread before anything else looks at it.
 */
final class EventReceiver implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(EventReceiver.class);

  /** As many datagrams of any size may come with one call of the kernel: 4 MiB of room. */
  private static final int BATCH = 64;

  /** How long the end may take to empty a socket that is being flooded. */
  private static final long DRAIN_NS = Duration.ofSeconds(1).toNanos();

  /** As many errors in a row mean that the socket is beyond hope. */
  private static final int ERRORS_IN_A_ROW_MAX = 1_000;

  private final ClockSource clock;
  private final ReceiveOptions options;
  private final UdpSocket socket;
  private final int port;
  private final AtomicLong errors = new AtomicLong();
  private int errorsInARow;
  private volatile boolean stopping;

  private EventReceiver(ClockSource clock, ReceiveOptions options, UdpSocket socket, int port) {
    this.clock = clock;
    this.options = options;
    this.socket = socket;
    this.port = port;
  }

  /**
   * Binds the port on all addresses. From here on the kernel keeps what arrives.
   *
   * @param port 1–65535, or 0 for any free one
   * @param options how to receive; if the kernel gives a smaller buffer, the log says so
   * @throws CarillonException if the port cannot be bound
   */
  static EventReceiver bind(int port, ReceiveOptions options, ClockSource clock) {
    UdpSocket socket = null;
    try {
      socket =
          UdpSocket.bound(
              new InetSocketAddress(port),
              new UdpSettings(
                      UdpSettings.ANY_DATAGRAM_BYTES, BATCH, OptionalInt.of(options.bufferBytes()))
                  .withWaiting(options.busyPoll() ? Waiting.BUSY : Waiting.MODERATED),
              clock);
      warnOfSmallBuffer(options.bufferBytes(), socket.receiveBufferBytes());
      return new EventReceiver(clock, options, socket, socket.localAddress().getPort());
    } catch (IOException e) {
      if (socket != null) {
        socket.close();
      }
      throw new CarillonException(
          ExitCode.CONNECTION,
          e instanceof BindException
              ? "cannot listen on UDP port "
                  + port
                  + ": "
                  + e.getMessage()
                  + "; end the process that has it, or choose another --listen-port."
              : "cannot listen on UDP port " + port + ": " + e.getMessage() + ".",
          e);
    }
  }

  /** The same for a receiver that receives as usual. */
  static EventReceiver bind(int port, OptionalInt receiveBufferBytes, ClockSource clock) {
    return bind(port, ReceiveOptions.withBuffer(receiveBufferBytes), clock);
  }

  private static void warnOfSmallBuffer(int askedBytes, int givenBytes) {
    if (givenBytes < askedBytes) {
      LOG.warn(
          "the system gives a receive buffer of {} bytes, not the {} asked for; what comes while it"
              + " is full is dropped: allow more with 'sysctl -w net.core.rmem_max={}', or ask for"
              + " less with --receive-buffer",
          givenBytes,
          askedBytes,
          askedBytes);
    }
  }

  /** The port that is bound. */
  int port() {
    return port;
  }

  /** Who stamps the datagrams as a rule. */
  TimestampSource stampedBy() {
    return socket.stampedBy();
  }

  /** The receive buffer that the kernel really gave, in bytes. */
  int receiveBufferBytes() throws IOException {
    return socket.receiveBufferBytes();
  }

  /**
   * How many datagrams the kernel had dropped before the last one that it handed over; empty where
   * it does not tell.
   */
  OptionalLong drops() {
    return socket.drops();
  }

  /** How often receiving has failed so far. */
  long errors() {
    return errors.get();
  }

  /**
   * Receives until {@link #stop()}, and then what the socket still holds.
   *
   * @param sink takes each datagram on this thread; must not wait for anything
   * @param afterBatch is run on this thread whenever all that came with one call of the kernel has
   *     been taken; must not wait for anything either
   * @throws CarillonException if the socket fails again and again
   */
  void run(Consumer<? super Datagram> sink, Runnable afterBatch) {
    options.processor().ifPresent(EventReceiver::pin);
    while (!stopping) {
      receive(UdpSocket.FOREVER_NS, sink, afterBatch);
    }
    long deadlineNs = clock.monotonicNs() + DRAIN_NS;
    while (clock.monotonicNs() - deadlineNs < 0 && receive(0, sink, afterBatch)) {}
  }

  private static void pin(int processor) {
    ThreadSettings.pin(processor)
        .ifPresent(
            reason ->
                LOG.warn(
                    "the receiving thread runs on any processor, not on {} alone: {}",
                    processor,
                    reason));
  }

  /** Whether there may be more. */
  private boolean receive(long timeoutNs, Consumer<? super Datagram> sink, Runnable afterBatch) {
    try {
      boolean some = socket.receive(timeoutNs, sink) > 0;
      errorsInARow = 0;
      return some;
    } catch (IOException e) {
      note(e);
      return true;
    } finally {
      afterBatch.run();
    }
  }

  private void note(IOException fault) {
    if (errors.getAndIncrement() == 0) {
      LOG.warn("receiving failed: {}; this is logged once", fault.getMessage());
    }
    if (++errorsInARow > ERRORS_IN_A_ROW_MAX) {
      throw new CarillonException(
          ExitCode.CONNECTION,
          "the socket on UDP port "
              + port()
              + " fails again and again: "
              + fault.getMessage()
              + ".",
          fault);
    }
  }

  /** Lets {@link #run} return; from any thread. */
  void stop() {
    stopping = true;
    socket.wakeUp();
  }

  @Override
  public void close() {
    socket.close();
  }
}
