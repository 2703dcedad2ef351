package org.carillon.analysis.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.carillon.analysis.RecordedRun;
import org.carillon.analysis.statistics.Summary;
import org.carillon.analysis.statistics.Verdicts;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EventTablesTest {

  private static final String WORKER =
      "event_id,receive_time_ns,coordinator_send_time_ns,ntp_timestamp_ns,bc_earliest_ns,bc_latest_ns\n";

  @TempDir Path folder;

  private Summary summary() {
    return new RecordedRun(folder)
        .with(
            "coordinator.csv",
            "event_id,sequence_number,send_time_ns,ntp_timestamp_ns,bc_earliest_ns,bc_latest_ns\n"
                + "1,0,1000000,1000000,990000,1010000\n2,1,2000000,2000000,1990000,2010000\n")
        .with(
            "worker_a.csv",
            WORKER
                + "1,1100000,1000000,5100000,1005000,1109000\n"
                + "2,2100000,2000000,2100000,2101000,2109000\n")
        .with(
            "worker_b.csv",
            WORKER
                + "1,1200000,1000000,1200000,1201000,1209000\n"
                + "2,2200000,2000000,2200000,2201000,2209000\n")
        .summary(1_000_000);
  }

  private Map<String, List<List<String>>> rows(List<Block> blocks) {
    return blocks.stream()
        .map(Table.class::cast)
        .collect(Collectors.toMap(Table::name, Table::rows));
  }

  @Test
  void whatNotToKnowCostsStandsInTables() {
    Map<String, List<List<String>>> tables = rows(EventTables.of(summary()));
    assertThat(tables.get("latency_bounds"))
        .contains(
            List.of(
                "bounded",
                "a",
                "2",
                "−0.005",
                "−0.005",
                "0.119",
                "–",
                "1",
                "50.0 %",
                "9.45 % to 90.55 %"));
    assertThat(tables.get("cross_ordering"))
        .containsExactly(
            List.of("bounded", "a, b", "2", "0", "0 %", "0.00 % to 65.76 %", "1", "0"));
    assertThat(tables.get("window_ambiguity"))
        .containsExactly(List.of("bounded", "1ms", "2", "0 %", "0.00 % to 65.76 %", "6.40 %"));
    assertThat(tables.get("smallest_window"))
        .singleElement()
        .satisfies(row -> assertThat(row).startsWith("bounded", "a, b", "2").endsWith("0 %"));
    assertThat(tables.get("coordination_cost"))
        .contains(List.of("bounded", "100us", "4", "1", "25.0 %", "4.56 % to 69.94 %"))
        .contains(List.of("bounded", "1ms", "4", "0", "0 %", "0.00 % to 48.99 %"));
    assertThat(tables.get("serial_commits"))
        .contains(List.of("bounded", "b", "2", "0.008", "125000.000", "125000.000"));
    assertThat(tables.get("latency_confidence"))
        .as("two values give no interval")
        .contains(List.of("system", "a", "2", "–", "–", "–", "–"));
  }

  @Test
  void everyVerdictHasItsNumberAndItsAssumption() {
    List<List<String>> rows =
        rows(VerdictTable.of(Verdicts.of(summary(), _ -> false))).get("verdicts");
    assertThat(rows)
        .allSatisfy(row -> assertThat(row).hasSize(6).doesNotContain(""))
        .anySatisfy(
            row ->
                assertThat(row)
                    .startsWith("causality", "bounded", "cannot be told from this data", "4"));
    assertThat(VerdictTable.of(List.of())).isEmpty();
  }
}
