package org.carillon.ntp;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.carillon.clock.BrokenAssumptions;
import org.carillon.clock.ClockState;
import org.carillon.core.fault.FaultInjector;
import org.carillon.core.fault.FaultPlan;
import org.carillon.core.record.ClockRow;
import org.carillon.core.record.SampleRow;
import org.carillon.core.time.ClockSource;
import org.carillon.core.time.ForwardingClock;
import org.carillon.core.time.Moment;
import org.carillon.core.time.Reading;
import org.carillon.core.time.SystemClock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What happens to a bounded clock while something happens to the node's clock. */
class ClockWatchTest {

  private static final TimeKeeper.Settings QUICK =
      new TimeKeeper.Settings(Duration.ofMillis(20), Duration.ofMillis(300), 50);
  private static final long MS_NS = 1_000_000;
  private static final long SECOND_NS = 1_000 * MS_NS;

  private final Notes notes = new Notes();

  /** Keeps all that is said. */
  private static final class Notes implements TimeKeeper.Listener {
    final List<SampleRow> samples = new CopyOnWriteArrayList<>();
    final List<ClockRow> rows = new CopyOnWriteArrayList<>();

    @Override
    public void sampled(SampleRow sample) {
      samples.add(sample);
    }

    @Override
    public void noticed(ClockRow row) {
      rows.add(row);
    }

    List<ClockRow> of(ClockRow.Kind kind) {
      return rows.stream().filter(row -> row.kind() == kind).toList();
    }
  }

  private TimeKeeper keeper(ClockSource clock, ScriptedServer server) {
    return TimeKeeper.start(clock, List.of(server.address()), QUICK, notes);
  }

  private static ScriptedServer server() {
    return new ScriptedServer(request -> List.of(ScriptedServer.good(request, 0).bytes()));
  }

  @ParameterizedTest(name = "a step by {0} s")
  @ValueSource(ints = {1, -1})
  void aStepOfTheNodesClockMovesNoIntervalAndIsTold(int seconds) throws Exception {
    ClockSource clock =
        FaultInjector.start(
                FaultPlan.parse(
                    List.of("clock-step=" + seconds + "s@500ms"), new SplittableRandom(1)),
                new SystemClock())
            .clock();
    try (ScriptedServer server = server();
        TimeKeeper keeper = keeper(clock, server)) {
      Await.until(
          "the step is noticed",
          () -> {
            assertTruthIsInside(keeper, clock);
            return !notes.of(ClockRow.Kind.STEP).isEmpty();
          });
      int before = notes.samples.size();
      Await.until(
          "ten more samples",
          () -> {
            assertTruthIsInside(keeper, clock);
            return notes.samples.size() > before + 10;
          });
      assertThat(keeper.broken()).isEqualTo(BrokenAssumptions.NONE);
      assertThat(notes.samples)
          .filteredOn(SampleRow::accepted)
          .as("the point estimate of a plain client follows the step")
          .last()
          .satisfies(
              sample ->
                  assertThat(sample.offsetNs().orElseThrow())
                      .isBetween(
                          -seconds * SECOND_NS - 200 * MS_NS, -seconds * SECOND_NS + 200 * MS_NS));
    }
    ClockRow step = notes.of(ClockRow.Kind.STEP).getFirst();
    assertThat(step.sizeNs().orElseThrow())
        .isBetween(seconds * SECOND_NS - MS_NS, seconds * SECOND_NS + MS_NS);
    assertThat(step.detail()).contains(seconds > 0 ? "set forward by" : "set back by");
  }

  /** Whenever there is a reading, for it may have to wait for the first answer. */
  private static void assertTruthIsInside(TimeKeeper keeper, ClockSource clock) {
    Moment now = Moment.now(clock);
    ClockState state = keeper.at(now);
    if (state.reading().isPresent()) {
      Reading reading = state.reading().get();
      assertThat(now.realtimeNs()).isBetween(reading.earliestNs(), reading.latestNs());
    }
  }

  @Test
  void theAssumptionsAreToldFirst() throws Exception {
    try (ScriptedServer server = server()) {
      keeper(new SystemClock(), server).close();
      assertThat(notes.rows)
          .first()
          .extracting(ClockRow::kind)
          .isEqualTo(ClockRow.Kind.ASSUMPTIONS);
      assertThat(notes.rows.getFirst().detail()).startsWith("drift_bound_ppm=50.0");
    }
  }

  @Test
  void afterASuspendNothingThatWasKnownCounts() throws Exception {
    SleepyClock clock = new SleepyClock();
    try (ScriptedServer server = server();
        TimeKeeper keeper = keeper(clock, server)) {
      Await.until("a reading", () -> keeper.at(Moment.now(clock)).reading().isPresent());
      clock.asleepNs = 3_600 * SECOND_NS;
      Await.until("it is noticed", () -> !notes.of(ClockRow.Kind.SUSPEND).isEmpty());
      assertThat(keeper.broken().count()).isPositive();
      assertThat(notes.of(ClockRow.Kind.SUSPEND).getFirst().sizeNs()).hasValue(3_600 * SECOND_NS);
      assertThat(notes.of(ClockRow.Kind.STEP))
          .as("the clock was set right after it, which is no step")
          .isEmpty();
      Await.until("it is known anew", () -> keeper.at(Moment.now(clock)).ntp().isPresent());
    }
  }

  @Test
  void aThreadThatIsInterruptedWhileItReadsSeesNoStep() throws Exception {
    BusyClock clock = new BusyClock();
    try (ClockWatch watch = ClockWatch.start(clock, notes.rows::add)) {
      assertThat(watch).isNotNull();
      Await.until("some looks", () -> clock.reads.get() > 10 * BusyClock.READS_PER_LOOK);
    }
    assertThat(notes.rows).isEmpty();
  }

  /** A clock between whose readings something else always runs, for another time each look. */
  private static final class BusyClock extends SleepyClock {
    /** Of the clock: once, and three times more in the hope of a better one. */
    static final int READS_PER_LOOK = 4;

    final AtomicInteger reads = new AtomicInteger();

    @Override
    public long realtimeNs() {
      long realtimeNs = super.realtimeNs();
      int look = reads.getAndIncrement() / READS_PER_LOOK;
      long busyUntilNs = monotonicNs() + (look % 2 == 0 ? 5 : 25) * MS_NS;
      while (monotonicNs() < busyUntilNs) {
        Thread.onSpinWait();
      }
      return realtimeNs;
    }
  }

  /** The machine's clock, on a machine that has slept in between. */
  private static class SleepyClock extends ForwardingClock {
    private volatile long asleepNs;

    SleepyClock() {
      super(new SystemClock());
    }

    @Override
    public long localNs(long realtimeNs) {
      return realtimeNs + asleepNs;
    }

    @Override
    public long suspendedNs() {
      return asleepNs;
    }
  }
}
