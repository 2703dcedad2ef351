package org.carillon.core.fault;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import org.carillon.core.record.TimestampSource;
import org.carillon.core.time.ClockSource;
import org.carillon.core.time.ManualClock;
import org.carillon.core.time.SystemClock;
import org.carillon.core.udp.Datagram;
import org.junit.jupiter.api.Test;

class FaultInjectorTest {

  private static final int DATAGRAMS = 1_000;

  /** What came out of a line. */
  private record Arrival(int number, TimestampSource source, long realtimeNs) {}

  /** A datagram whose bytes are written over as soon as it was handed on, as a socket does. */
  private static final class Reused implements Datagram {
    private final ByteBuffer bytes = ByteBuffer.allocate(4);

    @Override
    public ByteBuffer bytes() {
      return bytes;
    }

    @Override
    public long realtimeNs() {
      return 1;
    }

    @Override
    public TimestampSource source() {
      return TimestampSource.KERNEL;
    }

    @Override
    public boolean truncated() {
      return false;
    }

    @Override
    public InetSocketAddress sender() {
      return new InetSocketAddress("127.0.0.1", 9);
    }
  }

  private static FaultInjector injector(String faults, ClockSource clock) {
    return FaultInjector.start(
        FaultPlan.parse(List.of(faults), new SplittableRandom(1)), clock, () -> {});
  }

  private static InjectedCounts counts(FaultInjector injector) {
    return injector.injected().orElseThrow().counts();
  }

  private static List<Arrival> passAll(FaultInjector injector) throws InterruptedException {
    List<Arrival> arrivals = Collections.synchronizedList(new ArrayList<>());
    Reused datagram = new Reused();
    try (FaultyLine<Datagram> line =
        injector.incoming(
            came ->
                arrivals.add(
                    new Arrival(came.bytes().getInt(0), came.source(), came.realtimeNs())))) {
      for (int number = 0; number < DATAGRAMS; number++) {
        datagram.bytes.putInt(0, number);
        line.pass(datagram);
      }
      line.drain();
    }
    return arrivals;
  }

  private static List<Integer> numbers(List<Arrival> arrivals) {
    return arrivals.stream().map(Arrival::number).toList();
  }

  @Test
  void withoutAFaultEverythingPassesAsItCame() throws InterruptedException {
    FaultInjector injector = FaultInjector.none(new SystemClock());
    List<Arrival> arrivals = passAll(injector);
    assertThat(arrivals)
        .hasSize(DATAGRAMS)
        .allMatch(arrival -> arrival.source() == TimestampSource.KERNEL)
        .allMatch(arrival -> arrival.realtimeNs() == 1);
    assertThat(numbers(arrivals)).isSorted();
    assertThat(injector.injected()).isEmpty();
    assertThat(injector.strikesDatagrams()).isFalse();
  }

  @Test
  void lossAndDuplicationAreCountedAndLeaveTheKernelsStamp() throws InterruptedException {
    FaultInjector injector = injector("loss=10%,duplicate=20%,seed=1", new SystemClock());
    List<Arrival> arrivals = passAll(injector);
    InjectedCounts counts = counts(injector);
    assertThat(counts.datagrams()).isEqualTo(DATAGRAMS);
    assertThat(counts.lost()).isBetween(53L, 147L); // 100 ± 5σ
    assertThat(counts.duplicated()).isBetween(120L, 240L); // 180 ± 5σ, lost ones are not copied
    assertThat(new HashSet<>(numbers(arrivals)).size()).isEqualTo(DATAGRAMS - counts.lost());
    assertThat(arrivals)
        .hasSize((int) (DATAGRAMS - counts.lost() + counts.duplicated()))
        .allMatch(arrival -> arrival.source() == TimestampSource.KERNEL);
  }

  @Test
  void delayedDatagramsAllComeLaterAndSayThatTheirStampIsOurs() throws InterruptedException {
    SystemClock clock = new SystemClock();
    FaultInjector injector = injector("delay=1ms..20ms,duplicate=5%,seed=1", clock);
    long startNs = clock.realtimeNs();
    List<Arrival> arrivals = passAll(injector);
    assertThat(arrivals)
        .hasSize((int) (DATAGRAMS + counts(injector).duplicated()))
        .allMatch(arrival -> arrival.source() == TimestampSource.USER)
        .allMatch(arrival -> arrival.realtimeNs() - startNs >= 1_000_000);
    assertThat(new HashSet<>(numbers(arrivals))).hasSize(DATAGRAMS);
    assertThat(arrivals)
        .isSortedAccordingTo((a, b) -> Long.compare(a.realtimeNs(), b.realtimeNs()));
  }

  @Test
  void reorderedDatagramsComeRightAfterTheirSuccessor() throws InterruptedException {
    FaultInjector injector = injector("reorder=10%,seed=1", new SystemClock());
    List<Integer> numbers = numbers(passAll(injector));
    assertThat(numbers).hasSize(DATAGRAMS).doesNotHaveDuplicates();
    long swapped = 0;
    for (int place = 0; place < DATAGRAMS; place++) {
      assertThat(numbers.get(place) - place).isBetween(-1, 1);
      swapped += numbers.get(place) < place ? 1 : 0;
    }
    // One that is last has no successor.
    assertThat(counts(injector).heldBack() - swapped).isBetween(0L, 1L);
    assertThat(swapped).isBetween(45L, 140L); // p / (1 + p) of 1,000 ± 5σ
  }

  @Test
  void theSameSeedStrikesTheSameDatagrams() throws InterruptedException {
    SystemClock clock = new SystemClock();
    assertThat(numbers(passAll(injector("loss=10%,duplicate=5%,seed=3", clock))))
        .isEqualTo(numbers(passAll(injector("loss=10%,duplicate=5%,seed=3", clock))))
        .isNotEqualTo(numbers(passAll(injector("loss=10%,duplicate=5%,seed=4", clock))));
  }

  @Test
  void everyLineOfAProcessHasRandomNumbersOfItsOwn() throws InterruptedException {
    FaultInjector injector = injector("loss=10%,seed=3", new SystemClock());
    assertThat(numbers(passAll(injector))).isNotEqualTo(numbers(passAll(injector)));
  }

  @Test
  void whatIsUnderWayWhenTheLineIsClosedIsCounted() {
    FaultInjector injector = injector("delay=1m,duplicate=100%,seed=1", new SystemClock());
    AtomicInteger arrived = new AtomicInteger();
    FaultyLine<Datagram> line = injector.incoming(datagram -> arrived.incrementAndGet());
    line.pass(new Reused());
    line.close();
    line.pass(new Reused());
    line.close();
    assertThat(arrived).hasValue(0);
    assertThat(counts(injector)).isEqualTo(new InjectedCounts(2, 0, 2, 0, 4));
  }

  private static FaultyLine<Integer> lineOfSizes(FaultInjector injector) {
    return injector.line(bytes -> {}, bytes -> new FaultyLine.Kept(bytes, () -> {}));
  }

  @Test
  void memoryForWhatIsUnderWayOnAllLinesIsBounded() {
    FaultInjector injector = injector("delay=1m,seed=1", new SystemClock());
    int half = (int) (LineCounts.UNDER_WAY_BYTES_MAX / 2) - 256;
    try (FaultyLine<Integer> one = lineOfSizes(injector);
        FaultyLine<Integer> two = lineOfSizes(injector)) {
      one.pass(half);
      two.pass(half);
      assertThat(counts(injector).undelivered()).isZero();
      one.pass(0);
      two.pass(0);
      assertThat(counts(injector).undelivered()).isEqualTo(2);
    }
  }

  @Test
  void whatHasArrivedMakesRoom() throws InterruptedException {
    FaultInjector injector = injector("delay=1ms,seed=1", new SystemClock());
    try (FaultyLine<Integer> line = lineOfSizes(injector)) {
      for (int number = 0; number < 5; number++) {
        line.pass((int) (LineCounts.UNDER_WAY_BYTES_MAX / 2));
        line.drain();
      }
    }
    assertThat(counts(injector).undelivered()).isZero();
  }

  @Test
  void deathComesAtTheEventOrAtALaterOneIfThatWasLost() {
    AtomicInteger deaths = new AtomicInteger();
    FaultPlan plan = FaultPlan.parse(List.of("die-at-event=5"), new SplittableRandom(1));
    FaultInjector injector = FaultInjector.start(plan, new SystemClock(), deaths::incrementAndGet);
    injector.handled(4);
    assertThat(deaths).hasValue(0);
    injector.handled(6);
    assertThat(deaths).hasValue(1);
    FaultInjector.none(new SystemClock()).handled(Long.MAX_VALUE);
  }

  @Test
  void theControlStreamStallsForItsTimeAndGoesOn() {
    ManualClock clock = new ManualClock(0);
    ControlStall stall =
        injector("stall-control=15s@10s,stall-control=1s@60s", clock).controlStall();
    assertThat(stall.remainingNs()).isZero();
    clock.advance(10_000_000_000L);
    assertThat(stall.remainingNs()).isEqualTo(15_000_000_000L);
    clock.advance(14_999_999_999L);
    assertThat(stall.remainingNs()).isEqualTo(1);
    clock.advance(1);
    assertThat(stall.remainingNs()).isZero();
    clock.advance(35_000_000_000L);
    assertThat(stall.remainingNs()).isEqualTo(1_000_000_000L);
    assertThat(ControlStall.never(clock).remainingNs()).isZero();
  }

  @Test
  void aSlowDiskTakesItsTimeForEveryWrite() {
    ManualClock clock = new ManualClock(0);
    FaultInjector injector = injector("slow-disk=50ms", clock);
    injector.delayWrite();
    injector.delayWrite();
    assertThat(clock.monotonicNs()).isEqualTo(100_000_000);
    FaultInjector.none(clock).delayWrite();
    assertThat(clock.monotonicNs()).isEqualTo(100_000_000);
  }
}
