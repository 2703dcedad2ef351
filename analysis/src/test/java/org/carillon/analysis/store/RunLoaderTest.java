package org.carillon.analysis.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.carillon.analysis.RecordedRun;
import org.carillon.analysis.diagnosis.Diagnosis;
import org.carillon.analysis.hindsight.HindsightStage;
import org.carillon.analysis.input.InputFile;
import org.carillon.analysis.input.RunFolder;
import org.carillon.analysis.statistics.Statistics;
import org.carillon.analysis.statistics.Summary;
import org.carillon.core.time.SystemClock;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A run that was merged in one pass against the same run in tables that are joined. */
class RunLoaderTest {

  private static final long T = 1_795_000_000_000_000_003L;
  private static final List<Long> WINDOWS = List.of(1L, 7L, 100_000_000L);

  @TempDir Path folder;
  private Random random;

  @BeforeEach
  void fixedSeed() {
    random = new Random(1);
  }

  /** What an analysis finds out. */
  private record Found(Summary summary, Diagnosis diagnosis, List<String> merged) {}

  private static Found find(Database database, List<InputFile> files, List<Long> windows) {
    Summary summary = Statistics.of(database, files, windows, true, HindsightStage.of(database));
    return new Found(summary, Diagnosis.of(database), rows(database));
  }

  /** All rows, those that count and those that do not. */
  private static List<String> rows(Database database) {
    List<String> rows = new ArrayList<>();
    for (String question : List.of("merged_by_event", "events", "set_aside")) {
      for (Row row : database.ask(question)) {
        rows.add(row.columns().stream().map(row::value).toList().toString());
      }
    }
    return rows;
  }

  private Found joined() {
    try (Database database = Database.open(folder.resolve("spill"))) {
      List<InputFile> files =
          RunFolder.open(folder.resolve("run")).read(List.of(), database.parquet(), database::sink);
      database.judge(files);
      return find(database, files, WINDOWS);
    }
  }

  private Found loaded(List<Long> windows) {
    try (Database database = Database.open(folder.resolve("spill"))) {
      List<InputFile> files = load(database);
      Found found = find(database, files, windows);
      database.keepAnswers();
      return found;
    }
  }

  private List<InputFile> load(Database database) {
    try {
      Files.createDirectories(folder.resolve("cache"));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    return new RunLoader(RunFolder.open(folder.resolve("run")), List.of(), count -> {})
        .load(database, new MergedCache(folder.resolve("cache"), true));
  }

  private boolean isMerged() {
    return Files.exists(folder.resolve("cache/merged.parquet"));
  }

  @Property(tries = 8)
  void aMergedRunHasTheStatisticsOfTheJoinedOne(@ForAll long seed) throws IOException {
    random = new Random(seed);
    folder = Files.createTempDirectory("loader");
    try {
      write(1 + random.nextInt(200), 1 + random.nextInt(3), random.nextInt(8));
      Found joined = joined();
      assertThat(loaded(WINDOWS)).isEqualTo(joined);
      assertThat(isMerged()).isTrue();
      assertThat(loaded(WINDOWS)).as("from the cache").isEqualTo(joined);
    } finally {
      delete(folder);
    }
  }

  @Test
  void aRunLongerThanTheWindowOfTheMergeIsMergedToo() throws IOException {
    write(40_000, 2, 5);
    List<String> joined;
    try (Database database = Database.open(folder.resolve("spill"))) {
      database.judge(
          RunFolder.open(folder.resolve("run"))
              .read(List.of(), database.parquet(), database::sink));
      joined = rows(database);
    }
    try (Database database = Database.open(folder.resolve("spill"))) {
      load(database);
      assertThat(rows(database).equals(joined)).isTrue();
    }
    assertThat(isMerged()).isTrue();
  }

  @Test
  void aRunInNoOrderIsJoined() throws IOException {
    write(50, 2, 3);
    Path coordinator = folder.resolve("run/coordinator.csv");
    List<String> lines = new ArrayList<>(Files.readAllLines(coordinator));
    Collections.swap(lines, 3, 9);
    Files.writeString(coordinator, String.join("\n", lines) + "\n");
    assertThat(loaded(WINDOWS)).isEqualTo(joined());
    assertThat(isMerged()).isFalse();
  }

  @Test
  void aRowThatNamesAnotherNodeIsSetAsideAndManyAreJoined() throws IOException {
    write(50, 2, 0);
    Path worker = folder.resolve("run/worker_n0.csv");
    String other = "1,n1," + T + "," + T + ",".repeat(11) + "\n";
    Files.writeString(worker, other + "2" + other.substring(1), StandardOpenOption.APPEND);
    Found joined = joined();
    assertThat(joined.summary().workers()).containsOnlyKeys("n0", "n1");
    assertThat(joined.summary().workers().get("n0").foreign()).isEqualTo(2);
    assertThat(loaded(WINDOWS)).isEqualTo(joined);
    assertThat(isMerged()).isTrue();
    assertThat(loaded(WINDOWS)).as("from the cache").isEqualTo(joined);
    delete(folder.resolve("cache"));
    Files.writeString(worker, other.repeat(9), StandardOpenOption.APPEND);
    joined = joined();
    assertThat(joined.diagnosis().misplaced()).hasSize(1);
    assertThat(loaded(WINDOWS)).isEqualTo(joined);
    assertThat(isMerged()).isFalse();
  }

  @Test
  void whatWasKeptIsUsedForOtherWindowsAndMadeAgainForOtherFiles() throws IOException {
    write(300, 2, 4);
    Summary first = loaded(WINDOWS).summary();
    byte[] kept = Files.readAllBytes(folder.resolve("cache/merged.parquet"));
    Summary other = loaded(List.of(12_345L)).summary();
    assertThat(other.windows()).containsOnlyKeys(12_345L);
    assertThat(other.causality()).isEqualTo(first.causality());
    assertThat(Files.readAllBytes(folder.resolve("cache/merged.parquet"))).isEqualTo(kept);

    Path worker = folder.resolve("run/worker_n0.csv");
    List<String> lines = new ArrayList<>(Files.readAllLines(worker));
    lines.remove(5);
    Files.writeString(worker, String.join("\n", lines) + "\n");
    assertThat(loaded(WINDOWS)).isEqualTo(joined());
    assertThat(Files.readAllBytes(folder.resolve("cache/merged.parquet"))).isNotEqualTo(kept);
  }

  /** What merged.json says of its content is made wrong: whoever reads the file notices. */
  @Test
  void aFileThatNobodyTouchedIsNotReadAgain() throws Exception {
    write(50, 1, 0);
    Path worker = folder.resolve("run/worker_n0.csv");
    SystemClock clock = new SystemClock();
    while (!FileStamp.of(worker).orElseThrow().isSettled(clock.realtimeNs())) {
      clock.sleepUntil(clock.monotonicNs() + 100_000_000);
    }
    Summary first = loaded(WINDOWS).summary();
    Path manifest = folder.resolve("cache/merged.json");
    String wrong =
        Files.readString(manifest).replaceAll("\"sha256\":\"\\w{8}", "\"sha256\":\"00000000");
    Files.writeString(manifest, wrong);
    assertThat(loaded(WINDOWS).summary().causality()).isEqualTo(first.causality());
    assertThat(manifest).hasContent(wrong);

    Files.setLastModifiedTime(worker, FileTime.fromMillis(0));
    assertThat(loaded(WINDOWS).summary()).isEqualTo(first);
    assertThat(Files.readString(manifest)).doesNotContain("\"sha256\":\"00000000");
  }

  @Test
  void anAnswerOfAnotherVersionOfTheProgramIsNone() {
    Path file = folder.resolve("answers.json");
    assertThat(Answers.of(file, List.of(), true, "1.0").key("SELECT 1", List.of()))
        .isEqualTo(Answers.of(file, List.of(), true, "1.0").key("SELECT 1", List.of()))
        .isNotEqualTo(Answers.of(file, List.of(), true, "1.1").key("SELECT 1", List.of()));
  }

  @Test
  void anAnswerRestsOnWhatMakesTheTablesToo() throws IOException {
    write(50, 2, 0);
    try (Database database = Database.open(folder.resolve("spill"))) {
      load(database);
      assertThat(database.questions().restsOn("SELECT 1"))
          .contains(Database.text("macros"), Database.text("waits"))
          .anyMatch(statement -> statement.startsWith("CREATE VIEW told_received AS SELECT"))
          .as("the same run elsewhere")
          .noneMatch(statement -> statement.contains(folder.toString()));
    }
  }

  @Test
  void aDamagedCacheIsPassedOverAndMadeAgain() throws IOException {
    write(300, 2, 4);
    Found first = loaded(WINDOWS);
    for (String name : List.of("merged.parquet", "merged.json", "answers.json")) {
      Path file = folder.resolve("cache").resolve(name);
      byte[] whole = Files.readAllBytes(file);
      Files.write(file, Arrays.copyOf(whole, whole.length / 2));
      assertThat(loaded(WINDOWS)).as(name).isEqualTo(first);
      Files.writeString(file, "{}");
      assertThat(loaded(WINDOWS)).as(name).isEqualTo(first);
    }
  }

  /** A run with lost events; trouble is how many in 20 rows are late, twice or of no event. */
  private void write(int events, int workers, int trouble) throws IOException {
    RecordedRun run = new RecordedRun(folder.resolve("run"));
    List<Long> ids = new ArrayList<>();
    List<Long> sends = new ArrayList<>();
    StringBuilder sent = new StringBuilder(RecordedRun.COORDINATOR);
    long id = random.nextInt(5) - 2;
    for (int i = 0; i < events; i++) {
      id += random.nextInt(10) == 0 ? 3 : 1;
      long sendNs = T + i * 700_001L;
      ids.add(id);
      sends.add(sendNs);
      sent.append(id).append(',').append(i).append(',').append(sendNs).append(",0.5,");
      sent.append(maybe(sendNs)).append(random.nextInt(9) == 0 ? ",\"x,y\"," : ",,");
      sent.append(maybe(sendNs)).append(',').append(maybe(sendNs)).append(',');
      sent.append(interval(sendNs)).append(maybe(sendNs));
      sent.append(random.nextInt(20) < trouble && random.nextBoolean() ? ",torn\n" : "\n");
    }
    run.with("coordinator.csv", sent.toString());
    for (int worker = 0; worker < workers; worker++) {
      List<String> rows = new ArrayList<>();
      for (int i = 0; i < events; i++) {
        if (random.nextInt(20) == 0) {
          continue;
        }
        int which = random.nextInt(20) < trouble ? random.nextInt(3) : -1;
        String row = row(ids.get(i), sends.get(i), "n" + worker, which == 0);
        if (which == 1 && !rows.isEmpty()) {
          rows.add(Math.max(0, rows.size() - 1 - random.nextInt(5)), row);
        } else {
          rows.add(row);
        }
        if (which == 2) {
          rows.add(row(ids.get(i), sends.get(i), "", false));
        }
      }
      run.with("worker_n" + worker + ".csv", RecordedRun.WORKER + String.join("", rows));
    }
    run.with(
        "commit_wait_n0.csv", RecordedRun.COMMIT_WAIT + "1,5,1000,\n2,5,1001,0.5\n99999999,5,1,\n");
  }

  private String row(long id, long sendNs, String node, boolean foreign) {
    long receiveNs = sendNs + random.nextInt(400_000) - 100_000;
    long of = foreign && random.nextBoolean() ? id + 1_000_000 : id;
    long embeddedNs = foreign ? sendNs + 500_000_000 : sendNs + random.nextInt(1_000);
    return of
        + ","
        + (random.nextInt(3) == 0 ? "" : node)
        + ","
        + receiveNs
        + ","
        + embeddedNs
        + ",0.25,0.125,"
        + maybe(receiveNs)
        + ","
        + maybe(receiveNs)
        + ",,,"
        + maybe(receiveNs)
        + ","
        + interval(receiveNs)
        + maybe(receiveNs)
        + "\n";
  }

  private String maybe(long ns) {
    return random.nextInt(6) == 0 ? "" : Long.toString(ns + random.nextInt(300_000) - 150_000);
  }

  /** Bounds that may be missing or the wrong way round, and a status. */
  private String interval(long ns) {
    return maybe(ns - 100_000) + "," + maybe(ns + 100_000) + ",synchronized,";
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Collections.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
