package org.carillon.analysis.hindsight;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Arrays;
import java.util.List;
import org.carillon.analysis.RecordedRun;
import org.carillon.analysis.input.InputFile;
import org.carillon.analysis.input.RunFolder;
import org.carillon.analysis.statistics.NodeHindsight;
import org.carillon.analysis.statistics.PerNode;
import org.carillon.analysis.statistics.Statistics;
import org.carillon.analysis.statistics.Summary;
import org.carillon.analysis.store.Database;
import org.carillon.analysis.store.MergedCache;
import org.carillon.analysis.store.RunLoader;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a second analysis of a run takes from the first, where there are samples. */
class KeptHindsightTest {

  private static final FileTime LONG_AGO = FileTime.fromMillis(1_000_000_000_000L);

  @TempDir Path folder;

  /** The numbers, and the coordinator's intervals as CSV. */
  private record Found(Summary summary, String intervals) {}

  @BeforeEach
  void recordRun() {
    write(1);
  }

  private void write(int seed) {
    new HindsightRun(new RecordedRun(folder.resolve("run")), seed).write();
  }

  private Found find(String cache, long windowNs) throws IOException {
    Path kept = Files.createDirectories(folder.resolve(cache));
    try (Database database = Database.open(folder.resolve("spill"))) {
      List<InputFile> files =
          new RunLoader(RunFolder.open(folder.resolve("run")), List.of(), count -> {})
              .load(database, new MergedCache(kept, true, "1.0"));
      PerNode<NodeHindsight> hindsight = HindsightStage.of(database);
      Path csv = folder.resolve("hindsight.csv");
      database.writeCsv("hindsight_file", Summary.node("coordinator"), csv);
      Summary summary = Statistics.of(database, files, List.of(windowNs), true, hindsight);
      database.keepAnswers();
      return new Found(summary, Files.readString(csv));
    }
  }

  @Test
  void aSecondAnalysisTakesTheIntervalsOfTheFirst() throws IOException {
    find("cache", 1_000_000);
    Path kept = folder.resolve("cache/hindsight.parquet");
    Files.setLastModifiedTime(kept, LONG_AGO);
    Found second = find("cache", 2_000_000);
    assertThat(second).isEqualTo(find("empty", 2_000_000));
    assertThat(second.intervals()).startsWith("event_id,hs_earliest_ns,hs_latest_ns\n1,1795");
    assertThat(Files.getLastModifiedTime(kept)).isEqualTo(LONG_AGO);
  }

  @Test
  void intervalsOfOtherFilesAndDamagedOnesAreWorkedOutAgain() throws IOException {
    find("cache", 1_000_000);
    write(2);
    assertThat(find("cache", 1_000_000)).isEqualTo(find("empty", 1_000_000));
    Path kept = folder.resolve("cache/hindsight.parquet");
    byte[] whole = Files.readAllBytes(kept);
    Files.write(kept, Arrays.copyOf(whole, whole.length / 2));
    assertThat(find("cache", 1_000_000)).isEqualTo(find("empty", 1_000_000));
  }
}
