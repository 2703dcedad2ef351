package org.carillon.analysis.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.carillon.analysis.RecordedRun;
import org.carillon.analysis.diagnosis.Answer.Verdict;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Five sentences, whatever the run. */
class AnswersTest {

  private static final long T = 1_795_000_000_000_000_000L;
  private static final int N = 200;
  private static final String BOUNDED = "bc_timestamp_ns,bc_earliest_ns,bc_latest_ns,bc_status";

  @TempDir Path folder;

  private static long ns(int event) {
    return T + event * 1_010_000_000L + 1_000_000;
  }

  private static String rows(String header, IntFunction<String> row) {
    return header
        + "\n"
        + IntStream.rangeClosed(1, N)
            .mapToObj(i -> row.apply(i) + "\n")
            .collect(Collectors.joining());
  }

  private static String bounds(long ns, long halfNs) {
    return "%d,%d,%d,synchronized".formatted(ns, ns - halfNs, ns + halfNs);
  }

  /** Two workers, 0.2 ms after the sending, with bounds of half that width to either side. */
  private RecordedRun run(long errorNs, boolean withTruth) {
    String truth = withTruth ? ",true_time_ns" : "";
    RecordedRun run =
        new RecordedRun(folder)
            .with(
                "coordinator.csv",
                rows(
                    "event_id,sequence_number,send_time_ns," + BOUNDED + truth,
                    i ->
                        "%d,%d,%d,%s%s"
                            .formatted(
                                i,
                                i - 1,
                                ns(i),
                                bounds(ns(i), 50_000),
                                withTruth ? "," + ns(i) : "")));
    for (String node : List.of("a", "b")) {
      long late = node.equals("a") ? 200_000 : 250_000;
      run.with(
          "worker_" + node + ".csv",
          rows(
              "event_id,receive_time_ns,coordinator_send_time_ns," + BOUNDED + truth,
              i ->
                  "%d,%d,%d,%s%s"
                      .formatted(
                          i,
                          ns(i) + late + errorNs,
                          ns(i),
                          bounds(ns(i) + late + errorNs, 50_000),
                          withTruth ? "," + (ns(i) + late) : "")));
    }
    return run;
  }

  private static List<Answer> answers(RecordedRun run, long... windows) {
    RecordedRun.Computed computed = run.statistics(false, windows);
    List<Answer> answers =
        Answers.of(computed.summary(), computed.diagnosis(), List.of("worker c failed"));
    assertThat(answers).hasSize(5);
    assertThat(answers)
        .allSatisfy(answer -> assertThat(answer.sentence()).endsWith(".").doesNotContain("NaN"));
    return answers;
  }

  @Test
  void boundsThatHoldAreTrustedAndTheirNumbersGiven() {
    List<Answer> answers = answers(run(0, true), 100_000_000L);
    String truth = " by the bounded clock (true time, known here, lies in all 600 intervals)";
    assertThat(answers)
        .extracting(Answer::sentence)
        .containsExactly(
            "Ordering holds"
                + truth
                + ": sending before receiving is proven for 400 of 400 receptions, which of two"
                + " workers was first for 0 of 200 arrivals.",
            "Trust in windows of 100 ms holds"
                + truth
                + ": for 0 of 200 pairs the window is ambiguous.",
            "Trust in commits holds"
                + truth
                + ", after a wait of 0.1 ms in the median and up to 0.1 ms at p99 (n = 400).",
            "What it costs not to know,"
                + truth
                + ": commits one after another come to at most 10,000 a second in the median; 0 of"
                + " 400 receptions and 200 of 200 arrivals at two workers need a message to be put in"
                + " order.",
            "Something broke: worker c failed.");
    assertThat(answers.subList(0, 4)).allMatch(a -> a.verdict() == Verdict.HOLDS);
  }

  @Test
  void withoutTrueTimeTheAssumptionIsNamed() {
    assertThat(answers(run(0, false), 100_000_000L).getFirst().sentence())
        .startsWith(
            "Ordering holds by the bounded clock (if its servers err by no more than they claim and"
                + " no node drifts beyond its limit): ");
  }

  @Test
  void refutedBoundsAreNotTrustedWhateverTheySay() {
    List<Answer> answers = answers(run(-1_000_000, false), 100_000_000L);
    assertThat(answers.get(0).verdict()).isEqualTo(Verdict.DOES_NOT_HOLD);
    assertThat(answers.get(0).sentence())
        .contains("by the bounded clock, which has 400 of 400 receptions before their own sending")
        .contains("nor by the system clock, which has 400 of 400 receptions");
    assertThat(answers.get(1).verdict()).isEqualTo(Verdict.DOES_NOT_HOLD);
    assertThat(answers.get(2).verdict()).isEqualTo(Verdict.DOES_NOT_HOLD);
    assertThat(answers.get(3).verdict()).isEqualTo(Verdict.CANNOT_BE_TOLD);
    assertThat(answers.get(4).sentence()).contains("the bounded clock's bounds do not hold");
  }

  @Test
  void trueTimeOutsideRefutesToo() {
    assertThat(answers(run(60_000, true), 100_000_000L).getFirst().sentence())
        .startsWith(
            "Ordering does not hold by the bounded clock, which leaves true time outside its bounds"
                + " in 400 of 600 readings (66.7 %)");
  }

  @Test
  void aWindowThatIsTooSmallIsNotTrustedAndALargerOneIsNamed() {
    Answer windows = answers(run(0, false), 1_000_000L, 100_000_000L, 200_000L).get(1);
    assertThat(windows.sentence()).startsWith("Trust in windows of 100 ms holds");
    windows = answers(run(0, false), 200_000L, 10_000_000L).get(1);
    assertThat(windows.verdict()).isEqualTo(Verdict.DOES_NOT_HOLD);
    assertThat(windows.sentence())
        .endsWith(
            "to within 1 %: for 200 of 200 pairs the window is ambiguous (windows of 500 µs are large"
                + " enough).");
  }

  @Test
  void clocksWithoutBoundsProveNothing() {
    RecordedRun run =
        new RecordedRun(folder)
            .with(
                "coordinator.csv",
                rows(
                    "event_id,sequence_number,send_time_ns",
                    i -> "%d,%d,%d".formatted(i, i - 1, ns(i))))
            .with(
                "worker_a.csv",
                rows(
                    "event_id,receive_time_ns,coordinator_send_time_ns",
                    i -> "%d,%d,%d".formatted(i, ns(i) + 5, ns(i))));
    List<Answer> answers = answers(run, 100_000_000L);
    assertThat(answers.subList(0, 4)).allMatch(a -> a.verdict() == Verdict.CANNOT_BE_TOLD);
    assertThat(answers)
        .extracting(Answer::sentence)
        .startsWith(
            "Ordering cannot be told by the system clock, which contradicts itself in none of 200"
                + " receptions but has no bounds to prove any.",
            "Trust in windows of 100 ms cannot be told: there is only one worker.",
            "Trust in commits cannot be told: no clock of this run has bounds, so no wait is known to"
                + " be enough.",
            "What it costs not to know cannot be told: no clock of this run has bounds.");
  }
}
