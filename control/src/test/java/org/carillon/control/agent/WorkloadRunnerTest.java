package org.carillon.control.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.carillon.control.statistics.ClockReport;
import org.carillon.control.workload.NodeClock;
import org.carillon.control.workload.WorkloadSpec;
import org.carillon.core.time.ClockSource;
import org.carillon.core.time.ClockSpec;
import org.carillon.core.time.ClockStatus;
import org.carillon.core.time.Moment;
import org.carillon.core.time.Reading;
import org.junit.jupiter.api.Test;

class WorkloadRunnerTest {

  private static final RunConfig CONFIG =
      new RunConfig(
          Duration.ZERO,
          Duration.ofSeconds(1),
          Duration.ofSeconds(1),
          Duration.ofMinutes(1),
          new WorkloadSpec.Exec(List.of("true"), Map.of(), Duration.ofSeconds(1), 1));

  private final ClockSource clock = ClockSpec.parse("simulated:offset=3ms");
  private final BlockingQueue<AgentEvent> events = new LinkedBlockingQueue<>();

  /** A preemption between two looks at the clock once made a right reading seem wrong by 1.5 ms. */
  @Test
  void theReadingOfTheFirstMomentAndItsTrueTimeAreOfOneStamp() throws Exception {
    try (WorkloadRunner runner =
        new WorkloadRunner(clock, new Exact(), (run, spec) -> new FakeWorkload(), events::add)) {
      runner.prepare(1, CONFIG);
      assertThat(next()).isInstanceOf(AgentEvent.Prepared.class);
      long startNs = clock.realtimeNs() + 1_000_000;
      runner.startAt(startNs);
      assertThat(next())
          .isInstanceOfSatisfying(
              AgentEvent.Started.class,
              started -> {
                assertThat(started.start().reading().bestNs()).isGreaterThanOrEqualTo(startNs);
                assertThat(started.start().knownTrueTimeNs())
                    .isEqualTo(OptionalLong.of(started.start().reading().bestNs()));
              });
    }
  }

  private AgentEvent next() throws InterruptedException {
    AgentEvent event = events.poll(60, TimeUnit.SECONDS);
    assertThat(event).isNotNull();
    return event;
  }

  /** Knows true time to a nanosecond. */
  private final class Exact implements NodeClock {
    @Override
    public Optional<Reading> now() {
      return readingAt(Moment.now(clock));
    }

    @Override
    public Optional<Reading> readingAt(Moment moment) {
      long realtimeNs = moment.realtimeNs();
      return Optional.of(
          new Reading(realtimeNs, realtimeNs, realtimeNs + 1, ClockStatus.SYNCHRONIZED));
    }

    @Override
    public ClockReport report() {
      return ClockReport.UNKNOWN;
    }

    @Override
    public void sharpen() {}
  }
}
