package org.carillon.events.send;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.carillon.core.time.ForwardingClock;
import org.carillon.core.time.ManualClock;
import org.carillon.events.StopRequest;
import org.junit.jupiter.api.Test;

/** How a pacer shares a wait between sleeping and keeping the processor. */
class PacerSpinTest {

  private static final long START_NS = 1_761_411_671_000_000_000L;
  private static final long SPIN_NS = 200_000;

  /** Counts the time of both; who sleeps is woken late, who spins is not. */
  private static final class CountingClock extends ForwardingClock {
    private final ManualClock manual;
    private final long wakeUpNs;
    private long sleptNs;
    private long spunNs;

    CountingClock(long wakeUpNs) {
      this(new ManualClock(START_NS), wakeUpNs);
    }

    private CountingClock(ManualClock manual, long wakeUpNs) {
      super(manual);
      this.manual = manual;
      this.wakeUpNs = wakeUpNs;
    }

    @Override
    public void sleepUntil(long deadlineNs) throws InterruptedException {
      long beforeNs = monotonicNs();
      super.sleepUntil(deadlineNs);
      manual.advance(wakeUpNs);
      sleptNs += monotonicNs() - beforeNs;
    }

    @Override
    public void spinUntil(long deadlineNs) {
      spunNs += Math.max(0, deadlineNs - monotonicNs());
      super.spinUntil(deadlineNs);
    }
  }

  @Property(tries = 300)
  void theProcessorIsKeptForTheLastPartAloneAndTheMomentIsMet(
      @ForAll @LongRange(min = 0, max = 3_000_000_000L) long offsetNs,
      @ForAll @LongRange(min = 0, max = SPIN_NS / 2) long wakeUpNs)
      throws InterruptedException {
    CountingClock clock = new CountingClock(wakeUpNs);
    Pacer pacer = new Pacer(clock, SPIN_NS, Pacer.Waiter.IDLE);
    assertThat(pacer.await(offsetNs, new StopRequest())).isTrue();
    assertThat(pacer.elapsedNs()).isEqualTo(offsetNs);
    assertThat(pacer.lookedAtNs()).isEqualTo(offsetNs);
    assertThat(clock.spunNs).isBetween(Math.min(offsetNs, SPIN_NS - wakeUpNs), SPIN_NS);
    assertThat(clock.sleptNs).isEqualTo(offsetNs - clock.spunNs);
  }

  @Test
  void withoutSpinningItIsNeverKept() throws InterruptedException {
    CountingClock clock = new CountingClock(50_000);
    assertThat(new Pacer(clock, 0, Pacer.Waiter.IDLE).await(10_000_000, new StopRequest()))
        .isTrue();
    assertThat(clock.spunNs).isZero();
  }

  @Test
  void afterASleepThereIsTimeToGetReadyOnceUnlessTheSleepWasTooLong() throws InterruptedException {
    assertThat(timesReady(new CountingClock(0), 1_000_000)).isEqualTo(1);
    assertThat(timesReady(new CountingClock(SPIN_NS - 1_000), 1_000_000)).isZero();
    assertThat(timesReady(new CountingClock(0), SPIN_NS)).as("without a sleep").isZero();
  }

  @Property(tries = 100)
  void whoWaitsHasLookedAtTheMomentAtWhichTheWaitIsOver(
      @ForAll @LongRange(min = 0, max = 3_000_000) long offsetNs) throws InterruptedException {
    CountingClock clock = new CountingClock(0);
    AtomicLong sawNs = new AtomicLong();
    Pacer pacer =
        new Pacer(
            clock,
            SPIN_NS,
            new Pacer.Waiter() {
              @Override
              public void look() {
                sawNs.set(clock.realtimeNs() - START_NS);
              }

              @Override
              public void awake() {}
            });
    assertThat(pacer.await(offsetNs, new StopRequest())).isTrue();
    assertThat(sawNs.get()).isEqualTo(pacer.lookedAtNs()).isEqualTo(offsetNs);
  }

  private static int timesReady(CountingClock clock, long offsetNs) throws InterruptedException {
    AtomicInteger times = new AtomicInteger();
    Pacer pacer =
        new Pacer(
            clock,
            SPIN_NS,
            new Pacer.Waiter() {
              @Override
              public void look() {}

              @Override
              public void awake() {
                times.incrementAndGet();
              }
            });
    assertThat(pacer.await(offsetNs, new StopRequest())).isTrue();
    assertThat(pacer.lookedAtNs()).isEqualTo(offsetNs);
    return times.get();
  }

  @Test
  void whoNeverSleepsHearsThatItIsInterrupted() {
    Pacer pacer = new Pacer(new ManualClock(START_NS), SPIN_NS, Pacer.Waiter.IDLE);
    Thread.currentThread().interrupt();
    assertThatThrownBy(() -> pacer.await(0, new StopRequest()))
        .isInstanceOf(InterruptedException.class);
    assertThat(Thread.interrupted()).isFalse();
  }

  @Test
  void aLongSpinHearsAStopWithinASlice() throws InterruptedException {
    StopRequest stop = new StopRequest();
    ManualClock manual = new ManualClock(START_NS);
    Pacer pacer =
        new Pacer(
            new ForwardingClock(manual) {
              @Override
              public void spinUntil(long deadlineNs) {
                super.spinUntil(deadlineNs);
                stop.request();
              }
            },
            Long.MAX_VALUE / 4,
            Pacer.Waiter.IDLE);
    assertThat(pacer.await(3_600_000_000_000L, stop)).isFalse();
    assertThat(manual.monotonicNs() - START_NS).isLessThanOrEqualTo(50_000_000);
  }
}
