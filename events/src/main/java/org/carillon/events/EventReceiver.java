package org.carillon.events;

import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.time.Duration;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicLong;
import org.carillon.core.CarillonException;
import org.carillon.core.ExitCode;
import org.carillon.core.time.ClockSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has the worker's UDP socket and stamps every datagram as soon as the receiving thread has it,
 * before anything else looks at it.
 */
final class EventReceiver implements AutoCloseable {

  /** Takes a datagram on the receiving thread; must not wait for anything. */
  interface Sink {
    /**
     * @param realtimeNs CLOCK_REALTIME on arrival, ns since the Unix epoch
     * @param datagram between position and limit; valid until the call returns
     */
    void accept(long realtimeNs, ByteBuffer datagram);
  }

  private static final Logger LOG = LoggerFactory.getLogger(EventReceiver.class);

  /** One more than UDP over IPv4 or IPv6 without jumbograms can carry, so nothing is cut off. */
  private static final int DATAGRAM_BYTES_MAX = 65_536;

  /** What the kernel is asked for by default; it gives at most net.core.rmem_max. */
  private static final int RECEIVE_BUFFER_BYTES = 4 << 20;

  /** How long the end may take to empty a socket that is being flooded. */
  private static final long DRAIN_NS = Duration.ofSeconds(1).toNanos();

  /** As many errors in a row mean that the socket is beyond hope. */
  private static final int ERRORS_IN_A_ROW_MAX = 1_000;

  private final ClockSource clock;
  private final DatagramChannel channel;
  private final Selector selector;
  private final ByteBuffer buffer = ByteBuffer.allocateDirect(DATAGRAM_BYTES_MAX);
  private final AtomicLong errors = new AtomicLong();
  private int errorsInARow;
  private volatile boolean stopping;

  private EventReceiver(ClockSource clock, DatagramChannel channel, Selector selector) {
    this.clock = clock;
    this.channel = channel;
    this.selector = selector;
  }

  /**
   * Binds the port on all addresses. From here on the kernel keeps what arrives.
   *
   * @param port 1–65535, or 0 for any free one
   * @param receiveBufferBytes what to ask the kernel for; it may give less
   * @throws CarillonException if the port cannot be bound
   */
  static EventReceiver bind(int port, OptionalInt receiveBufferBytes, ClockSource clock) {
    DatagramChannel channel = null;
    try {
      channel = DatagramChannel.open();
      channel.setOption(
          StandardSocketOptions.SO_RCVBUF, receiveBufferBytes.orElse(RECEIVE_BUFFER_BYTES));
      channel.bind(new InetSocketAddress(port));
      channel.configureBlocking(false);
      Selector selector = Selector.open();
      channel.register(selector, SelectionKey.OP_READ);
      return new EventReceiver(clock, channel, selector);
    } catch (IOException e) {
      closeQuietly(channel);
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

  /** The port that is bound. */
  int port() {
    return channel.socket().getLocalPort();
  }

  /** The receive buffer that the kernel really gave, in bytes. */
  int receiveBufferBytes() throws IOException {
    return channel.getOption(StandardSocketOptions.SO_RCVBUF);
  }

  /** How often receiving has failed so far. */
  long errors() {
    return errors.get();
  }

  /**
   * Receives until {@link #stop()}, and then what the socket still holds.
   *
   * @throws CarillonException if the socket fails again and again
   */
  void run(Sink sink) {
    while (!stopping) {
      try {
        selector.select(key -> {});
      } catch (IOException e) {
        note(e);
      }
      receive(sink, Long.MAX_VALUE);
    }
    receive(sink, clock.monotonicNs() + DRAIN_NS);
  }

  /** Receives until there is nothing, or the stop or the deadline comes. */
  private void receive(Sink sink, long deadlineNs) {
    boolean draining = deadlineNs != Long.MAX_VALUE;
    while (draining ? clock.monotonicNs() - deadlineNs < 0 : !stopping) {
      buffer.clear();
      try {
        if (channel.receive(buffer) == null) {
          return;
        }
      } catch (IOException e) {
        note(e);
        continue;
      }
      long realtimeNs = clock.realtimeNs();
      errorsInARow = 0;
      sink.accept(realtimeNs, buffer.flip());
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
    selector.wakeup();
  }

  @Override
  public void close() {
    closeQuietly(selector);
    closeQuietly(channel);
  }

  private static void closeQuietly(AutoCloseable socket) {
    try {
      if (socket != null) {
        socket.close();
      }
    } catch (Exception e) {
      LOG.debug("closing failed", e);
    }
  }
}
