package org.carillon.analysis.statistics;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.carillon.analysis.RecordedRun;
import org.carillon.analysis.statistics.Verdict.Answer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VerdictsTest {

  private static final String SENT =
      "event_id,sequence_number,send_time_ns,ntp_timestamp_ns,bc_earliest_ns,bc_latest_ns\n"
          + "1,0,1000,1000,990,1010\n2,1,2000,2000,1990,2010\n";
  private static final String RECEIVED =
      "event_id,receive_time_ns,coordinator_send_time_ns,ntp_timestamp_ns,bc_earliest_ns,bc_latest_ns\n";

  @TempDir Path folder;

  private Map<String, Verdict> verdicts(String a, String b, boolean refuted) {
    Summary summary =
        new RecordedRun(folder)
            .with("coordinator.csv", SENT)
            .with("worker_a.csv", RECEIVED + a)
            .with("worker_b.csv", RECEIVED + b)
            .summary(100, 1_000_000);
    return Verdicts.of(summary, _ -> refuted).stream()
        .collect(Collectors.toMap(v -> v.clock().key() + " " + v.question(), Function.identity()));
  }

  @Test
  void whatIsProvenOfEveryPairHolds() {
    Map<String, Verdict> verdicts =
        verdicts(
            "1,1100,1000,1100,1101,1109\n2,2100,2000,2100,2101,2109\n",
            "1,1200,1000,1200,1201,1209\n2,2200,2000,2200,2201,2209\n",
            false);
    assertThat(verdicts.get("bounded causality").answer()).isEqualTo(Answer.HOLDS);
    assertThat(verdicts.get("bounded causality").n()).isEqualTo(4);
    assertThat(verdicts.get("bounded causality").sentence()).contains("4 of 4");
    assertThat(verdicts.get("bounded ordering").answer()).isEqualTo(Answer.HOLDS);
    assertThat(verdicts.get("ntp cross_ordering.bounded").answer()).isEqualTo(Answer.HOLDS);
    assertThat(verdicts.get("bounded windows.1ms").answer()).isEqualTo(Answer.HOLDS);
    assertThat(verdicts.get("bounded windows.100ns").answer())
        .as("1101 and 1201 ns are in different windows of 100 ns for certain")
        .isEqualTo(Answer.DOES_NOT_HOLD);
    assertThat(verdicts.get("ntp windows.1ms").answer()).isEqualTo(Answer.HOLDS);
    assertThat(verdicts.get("ntp causality").answer())
        .as("points prove no order")
        .isEqualTo(Answer.CANNOT_BE_TOLD);
    assertThat(verdicts).doesNotContainKey("chronotick causality");
  }

  @Test
  void overlappingIntervalsLeaveItOpen() {
    Map<String, Verdict> verdicts =
        verdicts(
            "1,1100,1000,1100,1000,1109\n2,2100,2000,2100,1995,2109\n",
            "1,1200,1000,1200,1100,1209\n2,2200,2000,2200,2100,2209\n",
            false);
    assertThat(verdicts.get("bounded causality").answer()).isEqualTo(Answer.CANNOT_BE_TOLD);
    assertThat(verdicts.get("bounded ordering").answer()).isEqualTo(Answer.CANNOT_BE_TOLD);
    assertThat(verdicts.get("bounded windows.100ns").answer()).isEqualTo(Answer.CANNOT_BE_TOLD);
  }

  @Test
  void aViolationIsShownByAnyClockAndWhatRefutedBoundsProveIsNoProof() {
    Map<String, Verdict> verdicts =
        verdicts(
            "1,1100,1000,900,901,909\n2,2100,2000,2100,2101,2109\n",
            "1,1200,1000,1200,1201,1209\n2,2200,2000,2200,2201,2209\n",
            true);
    assertThat(verdicts.get("bounded causality").answer()).isEqualTo(Answer.DOES_NOT_HOLD);
    assertThat(verdicts.get("ntp causality").answer()).isEqualTo(Answer.DOES_NOT_HOLD);
    assertThat(verdicts.get("bounded ordering").answer()).isEqualTo(Answer.CANNOT_BE_TOLD);
    assertThat(verdicts.get("bounded ordering").sentence())
        .endsWith("this run refutes the bounds.");
  }

  @Test
  void aPointClockThatTurnsAProvenOrderRoundIsFoundOut() {
    Map<String, Verdict> verdicts =
        verdicts(
            "1,1100,1000,5100,1101,1109\n2,2100,2000,2100,2101,2109\n",
            "1,1200,1000,1200,1201,1209\n2,2200,2000,2200,2201,2209\n",
            false);
    Verdict ntp = verdicts.get("ntp cross_ordering.bounded");
    assertThat(ntp.answer()).isEqualTo(Answer.DOES_NOT_HOLD);
    assertThat(ntp.n()).isEqualTo(2);
    assertThat(ntp.sentence()).contains("NTP puts 1 of 2 pairs the other way round");
    assertThat(ntp.assumption()).isEqualTo("The bounded clock's bounds hold true time.");
  }
}
