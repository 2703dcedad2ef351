package org.carillon.events.send;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.carillon.core.CarillonException;
import org.carillon.core.ExitCode;
import org.carillon.core.event.Event;
import org.carillon.core.event.EventCodec;
import org.carillon.core.fault.FaultInjector;
import org.carillon.core.net.HostPort;

/**
 * Sends each event to every worker: encoded once, sent as often as there are workers. Names are
 * resolved once, at the start. Not for several threads.
 */
final class Broadcaster implements AutoCloseable {

  /** The largest datagram that UDP carries. */
  private static final int DATAGRAM_BYTES_MAX = 65_536 * 2;

  /** Who an event was sent to. */
  record Outcome(List<String> sent, List<String> failed) {}

  private final EventCodec codec;
  private final List<WorkerLink> links;
  private final ByteBuffer buffer = ByteBuffer.allocateDirect(DATAGRAM_BYTES_MAX);

  private Broadcaster(EventCodec codec, List<WorkerLink> links) {
    this.codec = codec;
    this.links = links;
  }

  /**
   * Resolves the workers' names.
   *
   * @param faults of the lines to them
   * @throws CarillonException naming every worker that cannot be resolved
   */
  static Broadcaster open(List<HostPort> workers, EventCodec codec, FaultInjector faults) {
    List<WorkerLink> links = new ArrayList<>();
    List<String> unknown = new ArrayList<>();
    for (HostPort worker : workers) {
      try {
        InetAddress address = InetAddress.getByName(worker.host());
        links.add(new WorkerLink(worker, new InetSocketAddress(address, worker.port()), faults));
      } catch (UnknownHostException e) {
        unknown.add(worker.toString());
      } catch (IOException e) {
        links.forEach(WorkerLink::close);
        throw new CarillonException(
            ExitCode.CONNECTION, "cannot open a UDP socket: " + e.getMessage() + ".", e);
      }
    }
    if (!unknown.isEmpty()) {
      links.forEach(WorkerLink::close);
      throw new CarillonException(
          ExitCode.CONNECTION,
          "no address is known for "
              + (unknown.size() == 1 ? "worker " : "workers ")
              + String.join(", ", unknown)
              + ": check the names in --workers.");
    }
    return new Broadcaster(codec, links);
  }

  /** Encodes the event as {@link #send} would, and sends nothing: the first time takes longest. */
  void rehearse(Event event) {
    codec.encode(event, buffer.clear());
  }

  /** Sends the event to every worker; a worker that fails does not stop the rest. */
  Outcome send(Event event) {
    codec.encode(event, buffer.clear());
    buffer.flip();
    List<String> sent = new ArrayList<>(links.size());
    List<String> failed = new ArrayList<>();
    for (WorkerLink link : links) {
      (link.send(buffer) ? sent : failed).add(link.name());
    }
    return new Outcome(sent, failed);
  }

  /** The ways to the workers, in the order in which they were named. */
  List<WorkerLink> links() {
    return links;
  }

  @Override
  public void close() {
    links.forEach(WorkerLink::close);
  }
}
