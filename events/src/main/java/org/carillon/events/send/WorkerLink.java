package org.carillon.events.send;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.PortUnreachableException;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import org.carillon.core.fault.FaultInjector;
import org.carillon.core.fault.FaultyLine;
import org.carillon.core.net.HostPort;
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

  private static final int REASONS_MAX = 8;

  private final String name;
  private final InetSocketAddress address;
  private final DatagramChannel channel;
  private long failures;
  private final Set<String> reasons = new LinkedHashSet<>();
  private final Optional<FaultyLine<ByteBuffer>> line;

  /**
   * @param address of the worker, resolved
   * @param faults of the line to the worker
   */
  WorkerLink(HostPort worker, InetSocketAddress address, FaultInjector faults) throws IOException {
    this.name = worker.toString();
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

  /** HOST:PORT, as the user wrote it. */
  String name() {
    return name;
  }

  /** Why sends have failed, in a few words each. */
  synchronized Set<String> reasons() {
    return new LinkedHashSet<>(reasons);
  }

  /** How many sends have failed. */
  synchronized long failures() {
    return failures;
  }

  /**
   * Sends what is between the buffer's position and limit, and leaves both as they were.
   *
   * @return whether the operating system took it and reported no error; what a faulty line loses or
   *     keeps counts as taken, as on any line
   */
  boolean send(ByteBuffer datagram) {
    if (line.isEmpty()) {
      return transmit(datagram);
    }
    long failuresBefore = failures();
    line.get().pass(datagram);
    return failures() == failuresBefore;
  }

  /** Synchronized, since a faulty line sends what it delays on a thread of its own. */
  private synchronized boolean transmit(ByteBuffer datagram) {
    int start = datagram.position();
    try {
      connect();
      if (channel.write(datagram) > 0 || datagram.position() == datagram.limit()) {
        return true;
      }
      failed("the send buffer is full");
    } catch (PortUnreachableException e) {
      failed("nobody listens on that port");
      sendAgain(datagram.position(start));
    } catch (IOException e) {
      failed(e.getMessage());
    } finally {
      datagram.position(start);
    }
    return false;
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
      LOG.debug("sending to {} again failed", name, e);
    }
  }

  /** Waits for what a faulty line delays. */
  void drain() throws InterruptedException {
    if (line.isPresent()) {
      line.get().drain();
    }
  }

  /** Asks for a refusal of the last datagrams, which no further send would report. */
  synchronized void checkRefusal() {
    try {
      channel.read(ByteBuffer.allocate(1));
    } catch (PortUnreachableException e) {
      failed("nobody listens on that port");
    } catch (IOException | RuntimeException e) {
      LOG.debug("asking for refusals of {} failed", name, e);
    }
  }

  private void failed(String reason) {
    failures++;
    if (reasons.size() < REASONS_MAX && reasons.add(reason)) {
      LOG.warn(
          "sending to worker {} failed: {}; the rest goes on, and this is counted from now on and"
              + " not said again",
          name,
          reason);
    }
  }

  @Override
  public void close() {
    line.ifPresent(FaultyLine::close);
    try {
      channel.close();
    } catch (IOException e) {
      LOG.debug("closing the socket to {} failed", name, e);
    }
  }
}
