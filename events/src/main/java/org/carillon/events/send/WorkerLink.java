package org.carillon.events.send;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.PortUnreachableException;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.util.Optional;
import org.carillon.core.fault.FaultInjector;
import org.carillon.core.fault.FaultyLine;
import org.carillon.core.udp.Broadcast;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The coordinator's way to one worker: a connected UDP socket of its own, so that the kernel
 * reports refusals of this worker and a full buffer for one holds up no other. Never blocks. Not
 * for several threads.
 *
 * <p>A refusal (ICMP port unreachable) comes after the datagram that caused it, and is reported in
 * place of the next. That one is sent again at once, in case the worker has come back meanwhile,
 * but counts as failed.
 */
final class WorkerLink implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(WorkerLink.class);

  private final int index;
  private final InetSocketAddress address;
  private final DatagramChannel channel;
  private final Optional<FaultyLine<ByteBuffer>> line;

  /** Of the send that a faulty line's datagrams come from, which may be over when they leave. */
  private volatile Broadcast.Failures failures = (worker, reason) -> {};

  /**
   * @param index of the worker among all
   * @param address of the worker, resolved
   * @param faults of the line to the worker
   */
  WorkerLink(int index, InetSocketAddress address, FaultInjector faults) throws IOException {
    this.index = index;
    this.address = address;
    this.channel = DatagramChannel.open();
    channel.configureBlocking(false);
    this.line =
        faults.strikesDatagrams()
            ? Optional.of(faults.line(this::transmit, this::keep))
            : Optional.empty();
  }

  private FaultyLine.Kept keep(ByteBuffer datagram) {
    ByteBuffer copy = ByteBuffer.allocate(datagram.remaining()).put(datagram.duplicate()).flip();
    return new FaultyLine.Kept(copy.capacity(), () -> transmit(copy));
  }

  /**
   * Sends what is between the buffer's position and limit, and leaves both as they were. What a
   * faulty line loses or keeps counts as sent, as on any line.
   *
   * @param newFailures is told if the operating system does not take it or reports an error
   */
  void send(ByteBuffer datagram, Broadcast.Failures newFailures) {
    failures = newFailures;
    if (line.isEmpty()) {
      transmit(datagram);
    } else {
      line.get().pass(datagram);
    }
  }

  /** Synchronized, since a faulty line sends what it delays on a thread of its own. */
  private synchronized void transmit(ByteBuffer datagram) {
    int start = datagram.position();
    try {
      connect();
      if (channel.write(datagram) == 0 && datagram.hasRemaining()) {
        failures.failed(index, "the send buffer is full");
      }
    } catch (PortUnreachableException e) {
      failures.failed(index, "nobody listens on that port");
      sendAgain(datagram.position(start));
    } catch (IOException e) {
      failures.failed(index, e.getMessage());
    } finally {
      datagram.position(start);
    }
  }

  private void connect() throws IOException {
    if (!channel.isConnected()) {
      channel.connect(address);
    }
  }

  private void sendAgain(ByteBuffer datagram) {
    try {
      channel.write(datagram);
    } catch (IOException e) {
      LOG.debug("sending to {} again failed", address, e);
    }
  }

  /** Waits for what a faulty line delays. */
  void drain() throws InterruptedException {
    if (line.isPresent()) {
      line.get().drain();
    }
  }

  /** Asks for a refusal of the last datagrams, which no further send would report. */
  synchronized void checkRefusal(Broadcast.Failures toTell) {
    try {
      channel.read(ByteBuffer.allocate(1));
    } catch (PortUnreachableException e) {
      toTell.failed(index, "nobody listens on that port");
    } catch (IOException | RuntimeException e) {
      LOG.debug("asking for refusals of {} failed", address, e);
    }
  }

  @Override
  public void close() {
    line.ifPresent(FaultyLine::close);
    try {
      channel.close();
    } catch (IOException e) {
      LOG.debug("closing the socket to {} failed", address, e);
    }
  }
}
