package org.carillon.analysis.statistics;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import org.carillon.analysis.AnalysisResult;
import org.carillon.analysis.RecordedRun;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IncidentsTest {

  private static final String HEADER = "local_time_ns,raw_time_ns,kind,size_ns,detail\n";

  @TempDir Path folder;
  private RecordedRun run;

  @BeforeEach
  void aRunOfOneEvent() {
    run =
        new RecordedRun(folder)
            .with(
                "coordinator.csv",
                "event_id,sequence_number,send_time_ns\n1,0,1795000000000000000\n")
            .with(
                "worker_a.csv",
                "event_id,receive_time_ns,coordinator_send_time_ns\n"
                    + "1,1795000000000000100,1795000000000000000\n");
  }

  @Test
  void everyIncidentIsCountedAndToldWithItsTimeAndSize() throws IOException {
    run.with(
            "clock_a.csv",
            HEADER
                + "1795000000000000000,5,assumptions,,drift_bound_ppm=50\n"
                + "1795000001250000000,6,step,-1000000000,the clock was set back by 1s\n"
                + "1795000002000000000,7,contradiction,,s:123 contradicts its earlier answers\n"
                + "1795000003000000000,8,step,500000000,the clock was set forward by 500ms\n"
                + "1795000004000000000,9,disagreement,,\"servers disagree, not believed: s:123\"\n")
        .with(
            "clock_coordinator.csv", HEADER + "1795000001000000000,6,suspend,60000000000,slept\n");
    AnalysisResult result = run.analyze(folder, Set.of());
    Map<String, Incidents> incidents = run.summary(1).incidents();
    assertThat(incidents).containsOnlyKeys("a", "coordinator");
    assertThat(incidents.get("a").counts())
        .isEqualTo(Map.of("step", 2L, "contradiction", 1L, "disagreement", 1L));
    assertThat(incidents.get("a").broken()).isEqualTo(2);
    assertThat(incidents.get("a").first()).hasSize(4);
    assertThat(incidents.get("a").first().getFirst().sizeNs()).hasValue(-1_000_000_000);
    assertThat(result.warnings())
        .anySatisfy(
            w ->
                assertThat(w).contains("Assumptions of the bounded clock broke").endsWith("a (2)."))
        .anySatisfy(w -> assertThat(w).contains("clock was set").contains("first by −1 s (2)"))
        .anySatisfy(
            w -> assertThat(w).contains("slept").contains("coordinator, first by 60 s (1)"));
    assertThat(Files.readString(result.report()))
        .contains("What happened to the clocks", "2026-11-18T11:06:41.250Z", "−1000.000");
    assertThat(Files.readString(result.summary())).contains("\"broken_assumptions\" : 2");
  }

  @Test
  void ofManyTheFirstAreToldAndAllAreCounted() {
    StringBuilder rows = new StringBuilder(HEADER);
    for (int i = 0; i < 5_000; i++) {
      rows.append("%d,%d,contradiction,,s:123 contradicts its earlier answers%n".formatted(i, i));
    }
    rows.append("6000,6000,step,5000000,forward\n");
    Incidents incidents = run.with("clock_a.csv", rows.toString()).summary(1).incidents().get("a");
    assertThat(incidents.broken()).isEqualTo(5_000);
    assertThat(incidents.first()).hasSize(101);
    assertThat(incidents.first().getLast().kind()).isEqualTo("step");
  }

  @Test
  void aBreakThatIsASuspendIsNotCountedTwice() {
    Incidents incidents =
        run.with(
                "clock_a.csv",
                HEADER
                    + "1,1000000000,contradiction,,two seconds before it\n"
                    + "2,2999999900,contradiction,,of the suspend\n"
                    + "2,2999999950,disagreement,,of the suspend\n"
                    + "3,3000000000,suspend,60000000000,slept\n"
                    + "4,3000000001,contradiction,,after it\n")
            .with("clock_b.csv", HEADER + "2,2999999900,contradiction,,of another node\n")
            .summary(1)
            .incidents()
            .get("a");
    assertThat(incidents.counts()).isEqualTo(Map.of("suspend", 1L, "contradiction", 2L));
    assertThat(incidents.broken()).isEqualTo(2);
  }

  @Test
  void damageCostsItsRowsAndIsNamed() {
    AnalysisResult result =
        run.with("clock_a.csv", HEADER + "1,2,,,\n,3,step,,\n1,x,step,,\n1,2,<odd>,7,torn")
            .analyze(folder, Set.of());
    assertThat(result.warnings())
        .anySatisfy(w -> assertThat(w).startsWith("clock_a.csv line 2, column kind"));
    assertThat(run.summary(1).incidents()).isEmpty();
  }
}
