package org.carillon.events.send;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.carillon.core.fault.FaultInjector;
import org.carillon.core.udp.Broadcast;

/**
 * Sends to one worker after the other, each by a socket of its own: where the kernel cannot be
 * asked to send to all at once, and where faults strike the datagrams of each.
 */
final class WorkerLinks implements Broadcast {

  private final List<WorkerLink> links = new ArrayList<>();

  /**
   * @param faults of the lines to them
   * @throws IOException if there are no more sockets
   */
  WorkerLinks(List<InetSocketAddress> workers, FaultInjector faults) throws IOException {
    try {
      for (int i = 0; i < workers.size(); i++) {
        links.add(new WorkerLink(i, workers.get(i), faults));
      }
    } catch (IOException e) {
      close();
      throw e;
    }
  }

  @Override
  public int send(ByteBuffer datagram, Failures failures) {
    int[] failed = new int[1];
    Failures counted =
        (worker, reason) -> {
          failed[0]++;
          failures.failed(worker, reason);
        };
    links.forEach(link -> link.send(datagram, counted));
    return failed[0];
  }

  /** Never known. */
  @Override
  public long transmitTimeNs() {
    return UNKNOWN;
  }

  @Override
  public void checkRefusals(Failures failures) {
    links.forEach(link -> link.checkRefusal(failures));
  }

  /** Waits for what faulty lines delay. */
  void drain() throws InterruptedException {
    for (WorkerLink link : links) {
      link.drain();
    }
  }

  @Override
  public void close() {
    links.forEach(WorkerLink::close);
  }
}
