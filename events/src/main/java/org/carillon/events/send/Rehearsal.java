package org.carillon.events.send;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.DatagramChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.carillon.core.CarillonException;
import org.carillon.core.fault.FaultInjector;
import org.carillon.core.net.HostPort;
import org.carillon.core.record.CoordinatorRecord;
import org.carillon.core.record.RecordLog;
import org.carillon.core.time.ClockSource;
import org.carillon.events.NodeClocks;
import org.carillon.events.StopRequest;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A short run to nobody, so that the first real events do not wait until classes are loaded and
 * code is compiled. It goes the same ways as the real run, sleeping, spinning and being late, since
 * compiled code that has never gone a way is thrown away when it first does.
 */
final class Rehearsal {

  private static final Logger LOG = LoggerFactory.getLogger(Rehearsal.class);

  /** As often a method is called before it is compiled in earnest, and a little more. */
  private static final int EVENTS = 6_000;

  private static final Duration SLEEPING = Duration.ofNanos(400_000);
  private static final Duration SPINNING = Duration.ofNanos(10_000);
  private static final int CYCLE = 25;

  private Rehearsal() {}

  /** Takes some 100 ms if nothing else runs. */
  static void of(EventPlan plan, ClockSource clock, NodeClocks clocks, StopRequest stop) {
    try (DatagramChannel nobody = DatagramChannel.open()) {
      InetAddress loopback = InetAddress.getLoopbackAddress();
      nobody.bind(new InetSocketAddress(loopback, 0));
      int port = ((InetSocketAddress) nobody.getLocalAddress()).getPort();
      Path folder = Files.createTempDirectory("carillon-rehearsal");
      Path file = folder.resolve("coordinator.csv");
      try {
        send(plan, clock, clocks, new HostPort(loopback.getHostAddress(), port), file, stop);
      } finally {
        Files.deleteIfExists(file);
        Files.delete(folder);
      }
    } catch (IOException | CarillonException e) {
      LOG.debug("the sending is not rehearsed", e);
    }
  }

  private static EventPlan shortened(EventPlan plan) {
    List<Duration> delays = new ArrayList<>(Collections.nCopies(CYCLE, SPINNING));
    delays.set(0, SLEEPING);
    return new EventPlan(
        EVENTS,
        Schedule.pattern(delays),
        plan.wire(),
        plan.payloadBytes(),
        plan.runId(),
        plan.sending().onAnyProcessor());
  }

  private static void send(
      EventPlan plan,
      ClockSource clock,
      NodeClocks clocks,
      HostPort nobody,
      Path file,
      StopRequest stop) {
    FaultInjector faults = FaultInjector.none(clock);
    RecordLog records =
        RecordLog.open(file, CoordinatorRecord.format(List.of(nobody.toString())), () -> {});
    try (Broadcaster broadcaster =
        Broadcaster.open(List.of(nobody), plan.asksForTransmitTimes(), faults)) {
      new EventSending(shortened(plan), faults, clocks, broadcaster, records)
          .send(Duration.ZERO, stop);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      records.close();
    }
  }
}
