package org.carillon.analysis.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import org.assertj.core.data.Offset;
import org.carillon.analysis.AnalysisResult;
import org.carillon.analysis.RecordedRun;
import org.carillon.analysis.input.ClockModelFile;
import org.carillon.core.CarillonException;
import org.carillon.core.ExitCode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ModelJudgementTest {

  private static final long T = 1_795_000_000_000_000_000L;
  private static final long SECOND_NS = 1_000_000_000L;

  private static final ModelJudgement UNJUDGED =
      new ModelJudgement(0, 0, 0, OptionalLong.empty(), OptionalLong.empty());

  @TempDir Path folder;

  private static ModelJudgement judged(
      long n, long compatible, long contained, long medianNs, long rmsNs) {
    return new ModelJudgement(
        n, compatible, contained, OptionalLong.of(medianNs), OptionalLong.of(rmsNs));
  }

  /** Values of R's binom::binom.confint(x, n, methods = "wilson"), to four digits. */
  @ParameterizedTest
  @CsvSource({
    "8, 10, 0.4902, 0.9433",
    "0, 10, 0.0000, 0.2775",
    "10, 10, 0.7225, 1.0000",
    "95, 100, 0.8882, 0.9785",
    "1, 1, 0.2065, 1.0000"
  })
  void theConfidenceIsWilsons(long successes, long n, double low, double high) {
    ModelJudgement judgement = judged(n, successes, successes, 0, 0);
    assertThat(judgement.coverageLow()).isCloseTo(low, Offset.offset(5e-5));
    assertThat(judgement.coverageHigh()).isCloseTo(high, Offset.offset(5e-5));
  }

  @Test
  void whatCannotBeIsRefused() {
    assertThatIllegalArgumentException().isThrownBy(() -> judged(-1, 0, 0, 0, 0));
    assertThatIllegalArgumentException().isThrownBy(() -> judged(5, 2, 3, 0, 0));
  }

  /**
   * Exchanges that end at 10 s, 20 s, … and find the clock 1 ms behind, ± 0.2 ms; each begins 1 ms
   * before.
   */
  private RecordedRun run() {
    StringBuilder samples =
        new StringBuilder("server,t1_ns,t4_ns,offset_ns,delay_ns,verdict,error_ns\n");
    for (int i = 1; i <= 6; i++) {
      long endNs = T + 10 * i * SECOND_NS;
      samples.append(
          "s:123,%d,%d,1000000,400000,accepted,200000%n".formatted(endNs - 1_000_000, endNs));
      samples.append(
          "s:123,%d,%d,9000000,400000,root distance too large,%n".formatted(endNs, endNs));
    }
    return new RecordedRun(folder.resolve("run"))
        .with("coordinator.csv", "event_id,sequence_number,send_time_ns\n1,0,%d\n".formatted(T))
        .with(
            "worker_a.csv",
            "event_id,receive_time_ns,coordinator_send_time_ns,bc_timestamp_ns,bc_earliest_ns,bc_latest_ns,ct_timestamp_ns,ct_lower_bound_ns,ct_upper_bound_ns\n"
                + "1,%d,%d,%d,%d,%d,%d,%d,%d\n"
                    .formatted(
                        T,
                        T,
                        T + 1_100_000,
                        T - 1_000_000,
                        T + 2_000_000,
                        T + 5_000_000,
                        T + 4_900_000,
                        T + 5_100_000))
        .with("samples_a.csv", samples.toString());
  }

  private Map<String, Map<String, ModelJudgement>> judge(String model) throws IOException {
    Path file = Files.writeString(folder.resolve("model.csv"), model);
    return judge(new ClockModelFile("mine", file));
  }

  private Map<String, Map<String, ModelJudgement>> judge(ClockModelFile... models) {
    return run().judging(models).models();
  }

  @Test
  void anExchangeJudgesTheNewestClaimBeforeItIfItIsNotOld() throws IOException {
    String at = "%d,%s,%s\n";
    Map<String, Map<String, ModelJudgement>> models =
        judge(
            "time_ns,offset_ms,uncertainty_ms\n"
                // Of two before an exchange the newer counts. ± 0.3 ms cover ± 0.2 and the drift.
                + at.formatted(T + 4 * SECOND_NS, "7", "0.1")
                + at.formatted(T + 9 * SECOND_NS, "1", "0.3")
                // Made while the exchange goes on: not held out, so the next one judges it. ± 0.1
                // ms
                // meet what the exchange leaves and do not cover it.
                + at.formatted(T + 20 * SECOND_NS - 500_000, "1.1", "0.1")
                // Wrong by 2 ms.
                + at.formatted(T + 35 * SECOND_NS, "3", "0.1"));
    // At 10 s right; at 20 s the one of 9 s, 11 s old: 0.3 ms do not cover 0.2 + 0.55 ms any more;
    // at 30 s
    // open; at 40 s and at 50 s wrong; at 60 s nothing stands any more.
    assertThat(models.get("mine"))
        .isEqualTo(
            Map.of(
                "a",
                judged(5, 3, 1, 100_000, Math.round(Math.sqrt((0 + 0 + 1e10 + 4e12 + 4e12) / 5)))));
    assertThat(models.get("bounded")).isEqualTo(Map.of("a", judged(1, 1, 1, 100_000, 100_000)));
    assertThat(models.get("chronotick"))
        .isEqualTo(Map.of("a", judged(1, 0, 0, 4_000_000, 4_000_000)));
  }

  @Test
  void aModelMayNameTheNodesThatItIsAbout() throws IOException {
    assertThat(judge("node,time_s,offset_s,uncertainty_s\nb,1795000005,0.001,1\n").get("mine"))
        .as("b has no exchanges")
        .isEqualTo(Map.of("b", UNJUDGED));
    assertThat(judge("node,time_s,offset_s,uncertainty_s\na,1795000005.5,0.001,1e-2\n").get("mine"))
        .isEqualTo(Map.of("a", judged(2, 2, 2, 0, 0)));
  }

  @Test
  void whatCannotBeJudgedIsNamed() throws IOException {
    String header = "node,time_ns,offset_ms,uncertainty_ms\n";
    AnalysisResult result =
        run()
            .with("samples_c.csv", "server,t1_ns,verdict\ns:123,5,timeout\n")
            .analyze(
                folder.resolve("out"),
                Set.of(),
                model("early", header + ",%d,1,1%n".formatted(T - 950_400 * SECOND_NS)),
                model("strange", header + "x,%1$d,1,1%ny,%1$d,1,1%ny,%1$d,1,1%n".formatted(T)),
                model(
                    "mixed",
                    header
                        + "a,%d,1,1%n".formatted(T + 9 * SECOND_NS)
                        + "c,%1$d,1,1%ncoordinator,%1$d,1,1%nx,%1$d,1,1%n".formatted(T)));
    assertThat(result.warnings())
        .contains(
            "clock model early: none of its 1 claims lies within 16 s before a sample.",
            "clock model strange: nodes x and y are not in this run (3 claims).",
            "clock model mixed: node x is not in this run (1 claim).",
            "clock model mixed: no accepted sample of nodes c and coordinator can judge it"
                + " (2 claims).");
    assertThat(result.findings())
        .anySatisfy(
            finding ->
                assertThat(finding)
                    .contains("prove wrong: ", "mixed 0 of 2 (2 confirmed)")
                    .doesNotContain("early", "strange"));
    assertThat(Files.readString(result.summary()))
        .containsPattern("\"early\" : \\{\\s+\"a\" : \\{\\s+\"n\" : 0,")
        .containsPattern("\"strange\" : \\{\\s+\"x\" : \\{\\s+\"n\" : 0,");
    assertThat(Files.readString(result.report())).contains("<td>strange");
  }

  private ClockModelFile model(String name, String content) throws IOException {
    return new ClockModelFile(name, Files.writeString(folder.resolve(name + ".csv"), content));
  }

  @Test
  void aModelThatNamesNoNodeIsToldToBeHeldAgainstAll() throws IOException {
    RecordedRun run = run();
    run.with("samples_b.csv", Files.readString(folder.resolve("run/samples_a.csv")));
    assertThat(
            run.analyze(
                    folder.resolve("out"),
                    Set.of(),
                    model(
                        "m",
                        "time_ns,offset_ms,uncertainty_ms\n%d,1,1%n".formatted(T + 9 * SECOND_NS)))
                .warnings())
        .contains(
            "clock model m: claims that name no node are held against the clocks of all 2 nodes with"
                + " samples; a column node tells whose clock each is about (1 claim).");
  }

  @Test
  void aModelIsToldOfWhereNoNodeHasSamples() throws IOException {
    RecordedRun run = run();
    Files.delete(folder.resolve("run/samples_a.csv"));
    AnalysisResult result =
        run.analyze(
            folder.resolve("out"),
            Set.of(),
            model("m", "time_ns,offset_ms,uncertainty_ms\n%d,1,1%n".formatted(T)));
    assertThat(result.warnings())
        .contains("clock model m: no accepted sample of any node can judge it (1 claim).");
    assertThat(Files.readString(result.summary())).contains("\"m\" : {");
  }

  @Test
  void damagedLinesAreNamedAndTheOthersCount() throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("model.csv"),
            "time_ns,offset_ms,uncertainty_ms\n"
                + "%d,1,0.3\n".formatted(T + 9 * SECOND_NS)
                + "%d,oops,0.3\n".formatted(T + 9 * SECOND_NS)
                + "%d,1,-2\n".formatted(T + 9 * SECOND_NS)
                + "%d,,1\n".formatted(T + 9 * SECOND_NS));
    AnalysisResult result =
        run().analyze(folder.resolve("out"), Set.of(), new ClockModelFile("mine", file));
    assertThat(result.warnings())
        .contains(
            "clock model mine line 3, column offset_ms: 'oops' is not a decimal number; the row is"
                + " refused.",
            "clock model mine line 4, column uncertainty_ms: '-2' is no uncertainty (from zero to"
                + " three years); the row is refused.",
            "clock model mine line 5, column offset_ms: is empty; the row is refused.");
    assertThat(Files.readString(result.summary()))
        .contains("\"mine\" : {", "\"coverage_low\" : 0.");
    assertThat(Files.readString(result.report())).contains("Claims about clocks, judged");
  }

  @Test
  void aFileOfAnotherKindIsRefused() throws IOException {
    for (String content :
        new String[] {"", "a,b\n1,2\n", "time_ns,offset_ms,uncertainty_ms\n", "\0\1\2"}) {
      assertThatThrownBy(() -> judge(content))
          .isInstanceOfSatisfying(
              CarillonException.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.USAGE))
          .hasMessageContaining("model.csv")
          .hasMessageContaining("uncertainty_ns");
    }
    assertThatThrownBy(() -> judge("\0\1\2"))
        .hasMessageContaining("could be used: line 1: is no CSV header (");
    assertThatThrownBy(() -> judge(ClockModelFile.parse(folder.toString())))
        .isInstanceOf(CarillonException.class)
        .hasMessageContaining(folder + " is a folder");
    assertThatThrownBy(() -> judge(new ClockModelFile("x", folder.resolve("none.csv"))))
        .isInstanceOf(CarillonException.class)
        .hasMessageContaining("none.csv");
  }

  @Test
  void anOptionNamesTheModelOrItsFileDoes() {
    assertThat(ClockModelFile.parse("lstm=runs/a.csv"))
        .isEqualTo(new ClockModelFile("lstm", Path.of("runs/a.csv")));
    assertThat(ClockModelFile.parse("runs/a.csv"))
        .isEqualTo(new ClockModelFile("a", Path.of("runs/a.csv")));
    assertThatIllegalArgumentException().isThrownBy(() -> ClockModelFile.parse(""));
    assertThatIllegalArgumentException().isThrownBy(() -> ClockModelFile.parse("a="));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ClockModelFile.parse("=m.csv"))
        .withMessageContaining("no name");
    assertThatIllegalArgumentException().isThrownBy(() -> ClockModelFile.parse("bounded=a.csv"));
  }
}
