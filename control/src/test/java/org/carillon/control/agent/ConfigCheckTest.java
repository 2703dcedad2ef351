package org.carillon.control.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.carillon.control.wire.Config;
import org.carillon.control.wire.EventStream;
import org.carillon.control.wire.Exec;
import org.carillon.control.workload.WorkloadSpec;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class ConfigCheckTest {

  private static final long SECOND_NS = 1_000_000_000L;
  private static final long DAY_NS = 86_400 * SECOND_NS;

  private static Config.Builder events() {
    return Config.newBuilder()
        .setRunDeadlineDurationNs(60 * SECOND_NS)
        .setEventStream(EventStream.newBuilder().setSettleDurationNs(2 * SECOND_NS));
  }

  private static Exec.Builder exec() {
    return Exec.newBuilder().addArgv("/bin/true").setTimeoutDurationNs(SECOND_NS);
  }

  @Test
  void absentFieldsStandForTheirDefaults() {
    assertThat(ConfigCheck.check(events().build(), "n1"))
        .isEqualTo(
            new ConfigCheck.Result.Valid(
                new RunConfig(
                    Duration.ZERO,
                    Duration.ofSeconds(1),
                    Duration.ZERO,
                    Duration.ofMinutes(1),
                    new WorkloadSpec.EventStream(List.of(), Duration.ofSeconds(2)))));
    assertThat(ConfigCheck.check(events().setExec(exec()).build(), "n1"))
        .isInstanceOfSatisfying(
            ConfigCheck.Result.Valid.class,
            valid ->
                assertThat(((WorkloadSpec.Exec) valid.config().workload()).outputLimitBytes())
                    .isEqualTo(64L << 20));
  }

  @TestFactory
  Stream<DynamicTest> everyFieldIsChecked() {
    return Stream.of(
        bad("config.node_id", c -> c.setNodeId("n2")),
        bad("config.warmup_duration_ns", c -> c.setWarmupDurationNs(-1)),
        bad("config.warmup_duration_ns", c -> c.setWarmupDurationNs(DAY_NS + 1)),
        bad("config.status_interval_ns", c -> c.setStatusIntervalNs(99_999_999)),
        bad("config.status_interval_ns", c -> c.setStatusIntervalNs(61 * SECOND_NS)),
        bad("config.grace_duration_ns", c -> c.setGraceDurationNs(-1)),
        bad("config.grace_duration_ns", c -> c.setGraceDurationNs(3_601 * SECOND_NS)),
        bad("config.run_deadline_duration_ns", c -> c.setRunDeadlineDurationNs(0)),
        bad("config.run_deadline_duration_ns", c -> c.setRunDeadlineDurationNs(31 * DAY_NS)),
        bad("config.workload", Config.Builder::clearWorkload),
        bad(
            "config.event_stream.commit_wait_duration_ns[1]",
            c -> c.getEventStreamBuilder().addCommitWaitDurationNs(1).addCommitWaitDurationNs(0)),
        bad(
            "config.event_stream.settle_duration_ns",
            c -> c.getEventStreamBuilder().setSettleDurationNs(61 * SECOND_NS)),
        bad("config.exec.argv", c -> c.setExec(exec().clearArgv())),
        bad("config.exec.argv", c -> c.setExec(exec().clearArgv().addArgv(""))),
        bad("config.exec.argv[1]", c -> c.setExec(exec().addArgv("a\0b"))),
        bad("config.exec.environment", c -> c.setExec(exec().putEnvironment("A=B", "c"))),
        bad("config.exec.environment.A", c -> c.setExec(exec().putEnvironment("A", "\0"))),
        bad(
            "config.exec.timeout_duration_ns",
            c -> c.setExec(exec().setTimeoutDurationNs(31 * DAY_NS))),
        bad("config.exec.output_limit_bytes", c -> c.setExec(exec().setOutputLimitBytes(-1))));
  }

  private static DynamicTest bad(String path, Consumer<Config.Builder> fault) {
    Config.Builder config = events();
    fault.accept(config);
    return DynamicTest.dynamicTest(
        path,
        () ->
            assertThat(ConfigCheck.check(config.build(), "n1"))
                .isInstanceOfSatisfying(
                    ConfigCheck.Result.Invalid.class,
                    invalid -> {
                      assertThat(invalid.path()).isEqualTo(path);
                      assertThat(invalid.reason()).isNotBlank();
                    }));
  }
}
