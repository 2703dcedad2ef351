package org.carillon.analysis;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.carillon.analysis.diagnosis.Diagnosis;
import org.carillon.analysis.hindsight.HindsightStage;
import org.carillon.analysis.input.ClockModelFile;
import org.carillon.analysis.input.InputFile;
import org.carillon.analysis.input.RunFolder;
import org.carillon.analysis.statistics.Statistics;
import org.carillon.analysis.statistics.Summary;
import org.carillon.analysis.store.Database;

/** A run written by a test. */
public record RecordedRun(Path folder) {

  /** Columns that tests give; any of them may be left empty. */
  public static final String COORDINATOR =
      "event_id,sequence_number,send_time_ns,ntp_offset_ms,ntp_timestamp_ns,workers_failed,"
          + "scheduled_time_ns,bc_timestamp_ns,bc_earliest_ns,bc_latest_ns,bc_status,true_time_ns\n";

  public static final String WORKER =
      "event_id,node_id,receive_time_ns,coordinator_send_time_ns,ntp_offset_ms,ntp_uncertainty_ms,"
          + "ntp_timestamp_ns,ct_timestamp_ns,ct_lower_bound_ns,ct_upper_bound_ns,bc_timestamp_ns,"
          + "bc_earliest_ns,bc_latest_ns,bc_status,true_time_ns\n";

  public static final String COMMIT_WAIT = "event_id,delay_s,bc_uncertainty_ns,ct_uncertainty_ms\n";

  public RecordedRun with(String name, String content) {
    try {
      Files.createDirectories(folder.resolve(name).getParent());
      Files.writeString(folder.resolve(name), content);
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public Summary summary(long... windowsNs) {
    return statistics(false, windowsNs).summary();
  }

  public Summary judging(ClockModelFile... models) {
    return statistics(false, List.of(models), 1).summary();
  }

  public Computed statistics(boolean mixed, long... windowsNs) {
    return statistics(mixed, List.of(), windowsNs);
  }

  private Computed statistics(boolean mixed, List<ClockModelFile> models, long... windowsNs) {
    try (Database database = Database.open(folder.resolve("spill"))) {
      List<InputFile> files =
          RunFolder.open(folder).read(models, database.parquet(), database::sink);
      database.judge(files);
      List<Long> sizes = Arrays.stream(windowsNs).boxed().toList();
      return new Computed(
          Statistics.of(database, files, sizes, mixed, HindsightStage.of(database)),
          Diagnosis.of(database));
    }
  }

  /** What was computed. */
  public record Computed(Summary summary, Diagnosis diagnosis) {}

  public AnalysisResult analyze(Path out, Set<FigureFormat> formats, ClockModelFile... files) {
    List<ClockModelFile> models = List.of(files);
    return Analysis.analyze(
        new AnalysisRequest(folder, out, List.of(Duration.ofMillis(100)), formats, true, models),
        step -> {});
  }
}
