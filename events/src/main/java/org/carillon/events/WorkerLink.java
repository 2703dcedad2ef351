package org.carillon.events;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.PortUnreachableException;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.util.LinkedHashSet;
import java.util.Set;
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

  /**
   * @param address of the worker, resolved
   */
  WorkerLink(HostPort worker, InetSocketAddress address) throws IOException {
    this.name = worker.toString();
    this.address = address;
    this.channel = DatagramChannel.open();
    channel.configureBlocking(false);
  }

  /** HOST:PORT, as the user wrote it. */
  String name() {
    return name;
  }

  /** Why sends have failed, in a few words each. */
  Set<String> reasons() {
    return reasons;
  }

  /** How many sends have failed. */
  long failures() {
    return failures;
  }

  /**
   * Sends what is between the buffer's position and limit, and leaves both as they were.
   *
   * @return whether the operating system took it and reported no error
   */
  boolean send(ByteBuffer datagram) {
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

  /** Asks for a refusal of the last datagrams, which no further send would report. */
  void checkRefusal() {
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
    try {
      channel.close();
    } catch (IOException e) {
      LOG.debug("closing the socket to {} failed", name, e);
    }
  }
}
