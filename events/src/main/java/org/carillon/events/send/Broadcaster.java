package org.carillon.events.send;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.carillon.core.CarillonException;
import org.carillon.core.ExitCode;
import org.carillon.core.fault.FaultInjector;
import org.carillon.core.net.HostPort;
import org.carillon.core.udp.Broadcast;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends each datagram to every worker, and knows for whom that failed. Names are resolved once, at
 * the start. Not for several threads.
 */
final class Broadcaster implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Broadcaster.class);

  /** As long the kernel has to report a refusal of the last event. */
  private static final Duration REFUSAL_WAIT = Duration.ofMillis(100);

  private final List<String> workers;
  private final SendFailures failures;
  private final Broadcast broadcast;
  private final Optional<WorkerLinks> links;
  private final FaultInjector faults;

  private Broadcaster(
      List<HostPort> workers,
      List<InetSocketAddress> addresses,
      boolean stamps,
      FaultInjector faults)
      throws IOException {
    this.workers = workers.stream().map(HostPort::toString).toList();
    this.failures = new SendFailures(this.workers);
    this.faults = faults;
    Optional<Broadcast> atOnce =
        faults.strikesDatagrams() ? Optional.empty() : atOnce(addresses, stamps);
    this.links =
        atOnce.isPresent() ? Optional.empty() : Optional.of(new WorkerLinks(addresses, faults));
    this.broadcast = atOnce.orElseGet(links::orElseThrow);
  }

  private static Optional<Broadcast> atOnce(List<InetSocketAddress> addresses, boolean stamps) {
    try {
      return Optional.of(Broadcast.to(addresses, stamps));
    } catch (IOException e) {
      LOG.info("Events are sent to one worker after the other: {}", e.getMessage());
      return Optional.empty();
    }
  }

  /**
   * Resolves the workers' names.
   *
   * @param stamps whether to ask the kernel when each event left
   * @param faults of the lines to them
   * @throws CarillonException naming every worker that cannot be resolved
   */
  static Broadcaster open(List<HostPort> workers, boolean stamps, FaultInjector faults) {
    List<InetSocketAddress> addresses = new ArrayList<>();
    List<String> unknown = new ArrayList<>();
    for (HostPort worker : workers) {
      try {
        addresses.add(new InetSocketAddress(InetAddress.getByName(worker.host()), worker.port()));
      } catch (UnknownHostException e) {
        unknown.add(worker.toString());
      }
    }
    if (!unknown.isEmpty()) {
      throw new CarillonException(
          ExitCode.CONNECTION,
          "no address is known for "
              + (unknown.size() == 1 ? "worker " : "workers ")
              + String.join(", ", unknown)
              + ": check the names in --workers.");
    }
    try {
      return new Broadcaster(workers, addresses, stamps, faults);
    } catch (IOException e) {
      throw new CarillonException(
          ExitCode.CONNECTION, "cannot open a UDP socket: " + e.getMessage() + ".", e);
    }
  }

  /** Sends what is between position and limit; a worker that fails does not stop the rest. */
  void send(ByteBuffer datagram) {
    failures.begin();
    broadcast.send(datagram, failures);
  }

  /** Goes the way of {@link #send} without sending anything; see {@link Broadcast#prepare}. */
  void prepare() {
    broadcast.prepare();
  }

  /** When the last datagram left, as far as is known; see {@link Broadcast#transmitTimeNs}. */
  long transmitTimeNs() {
    return broadcast.transmitTimeNs();
  }

  /** For whom, and why. */
  SendFailures failures() {
    return failures;
  }

  /** HOST:PORT of all, as the user wrote it. */
  List<String> workers() {
    return workers;
  }

  /** Waits until nothing more can be learned of what was sent. */
  void settle() throws InterruptedException {
    if (links.isPresent()) {
      links.get().drain();
    }
    faults.clock().sleep(REFUSAL_WAIT);
    broadcast.checkRefusals(failures);
  }

  @Override
  public void close() {
    broadcast.close();
  }
}
