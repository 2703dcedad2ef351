package org.carillon.core.fault;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import java.util.function.Function;
import org.carillon.core.time.ClockSource;
import org.carillon.core.udp.Datagram;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes the faults of a plan happen in this process. One is made when the process starts, and its
 * parts are put where the faults are to strike; without a fault of their kind they do nothing. All
 * methods are open to all threads.
 */
public final class FaultInjector {

  private static final Logger LOG = LoggerFactory.getLogger(FaultInjector.class);

  private final FaultPlan plan;
  private final ClockSource clock;
  private final List<Fault.SlowDisk> slowDisks;
  private final ControlStall controlStall;
  private final OptionalLong lastEventId;
  private final Runnable death;
  private final SplittableRandom random;
  private final LineCounts counts = new LineCounts();

  private FaultInjector(FaultPlan plan, ClockSource underlying, Runnable death) {
    List<Fault.OfClock> clockFaults = plan.of(Fault.OfClock.class);
    this.plan = plan;
    this.clock =
        clockFaults.isEmpty()
            ? underlying
            : new FaultyClock(underlying, clockFaults, underlying.realtimeNs());
    this.slowDisks = plan.of(Fault.SlowDisk.class);
    this.controlStall = new ControlStall(plan.of(Fault.StallControl.class), underlying);
    this.lastEventId =
        plan.of(Fault.DieAtEvent.class).stream().mapToLong(Fault.DieAtEvent::eventId).findFirst();
    this.death = death;
    this.random = new SplittableRandom(plan.seed());
  }

  /**
   * Starts; {@code @TIME} counts from now.
   *
   * @param underlying the node's clock as it is without faults
   */
  public static FaultInjector start(FaultPlan plan, ClockSource underlying) {
    return start(
        plan, underlying, plan.of(Fault.DieAtEvent.class).isEmpty() ? () -> {} : new SuddenDeath());
  }

  /**
   * @param death ends the process
   */
  static FaultInjector start(FaultPlan plan, ClockSource underlying, Runnable death) {
    if (!plan.isEmpty()) {
      LOG.warn("FAULTS ARE INJECTED into this process on purpose: {}", plan.text());
    }
    return new FaultInjector(plan, underlying, death);
  }

  /** Makes nothing go wrong. */
  public static FaultInjector none(ClockSource clock) {
    return start(FaultPlan.NONE, clock);
  }

  /** What is injected, with the seed, as {@link FaultPlan#text()}; empty if nothing is. */
  public String text() {
    return plan.text();
  }

  /** Whether datagrams are to pass over {@link #incoming} or {@link #line} at all. */
  public boolean strikesDatagrams() {
    return !plan.of(Fault.OfLine.class).isEmpty();
  }

  /** The node's clock, with its faults. */
  public ClockSource clock() {
    return clock;
  }

  /** Whether the control stream is stalled. */
  public ControlStall controlStall() {
    return controlStall;
  }

  /** Waits as long as the disk takes more for one write; to be run before it. */
  public void delayWrite() {
    for (Fault.SlowDisk disk : slowDisks) {
      pause(disk.perWrite());
    }
  }

  private void pause(Duration duration) {
    try {
      clock.sleep(duration);
    } catch (InterruptedException e) {
      // Whoever interrupts a writer does not want it to stand still; its rows are still written.
      LOG.debug("a slow write was interrupted", e);
    }
  }

  /** Notes that an event has been handled, and may not return. */
  public void handled(long eventId) {
    if (lastEventId.isPresent() && eventId >= lastEventId.getAsLong()) {
      LOG.warn("injected: this process dies at event {}", eventId);
      death.run();
    }
  }

  /** The line by which datagrams come. */
  public FaultyLine<Datagram> incoming(Consumer<? super Datagram> sink) {
    return line(
        sink,
        datagram -> {
          KeptDatagram kept = KeptDatagram.of(datagram);
          return new FaultyLine.Kept(
              kept.bytes().capacity(), () -> sink.accept(kept.arriving(clock.realtimeNs())));
        });
  }

  /**
   * A line, with random numbers of its own: of the same plan, the first line always has the same
   * ones, and so on.
   *
   * @param sink takes what passes: on the thread that brings it or, if anything is delayed, on
   *     another
   * @param keep copies a thing
   */
  public synchronized <D> FaultyLine<D> line(
      Consumer<? super D> sink, Function<? super D, FaultyLine.Kept> keep) {
    boolean queued =
        !plan.of(Fault.Delay.class).isEmpty() || !plan.of(Fault.Reorder.class).isEmpty();
    return new FaultyLine<>(
        new DatagramFates(plan, random.split()), queued, clock, counts, sink, keep);
  }

  /** What has been done so far; empty if nothing is injected. */
  public Optional<Injected> injected() {
    return plan.isEmpty()
        ? Optional.empty()
        : Optional.of(new Injected(plan.text(), counts.read()));
  }
}
