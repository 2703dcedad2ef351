package org.carillon.analysis.partial;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.LongPredicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.carillon.analysis.AnalysisRequest;
import org.carillon.analysis.Effort;
import org.carillon.analysis.diagnosis.Diagnosis;
import org.carillon.analysis.figure.Figures;
import org.carillon.analysis.figure.Traces;
import org.carillon.analysis.hindsight.HindsightStage;
import org.carillon.analysis.input.InputFile;
import org.carillon.analysis.input.RunFolder;
import org.carillon.analysis.statistics.NodeHindsight;
import org.carillon.analysis.statistics.PerNode;
import org.carillon.analysis.statistics.Statistics;
import org.carillon.analysis.statistics.Summary;
import org.carillon.analysis.store.Database;
import org.carillon.analysis.store.JoinedShares;
import org.carillon.analysis.store.MergedCache;
import org.carillon.analysis.store.RunLoader;

/** What is found of a run in shares against what is found of it as a whole. */
class JoinedSharesTest {

  private static final List<Duration> WINDOWS =
      List.of(Duration.ofNanos(7), Duration.ofMillis(100), Duration.ofSeconds(1));

  private Path folder;

  /** What an analysis finds out: the numbers, the warnings, the curves, and hindsight. */
  private record Found(
      Summary summary, Diagnosis diagnosis, List<String> figures, List<String> late) {}

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  /** Brings the run into a database. */
  private interface Loading {
    List<InputFile> load(Database database, RunFolder run);
  }

  private Found find(Loading loading) {
    try (Database database = Database.open(folder.resolve("spill"))) {
      RunFolder run = RunFolder.open(folder.resolve("run"));
      List<InputFile> files = loading.load(database, run);
      PerNode<NodeHindsight> hindsight = HindsightStage.of(database);
      List<String> late = new ArrayList<>();
      for (String node : hindsight.known().keySet()) {
        Path rows = folder.resolve("hindsight.csv");
        database.writeCsv("hindsight_file", Summary.node(node), rows);
        late.add(text(rows));
      }
      List<Long> windowsNs = WINDOWS.stream().map(Duration::toNanos).toList();
      Summary summary = Statistics.of(database, files, windowsNs, true, hindsight);
      List<String> figures =
          Figures.of(summary, Traces.of(database), "run").stream()
              .map(figure -> figure.points().csv())
              .toList();
      return new Found(summary, Diagnosis.of(database), figures, late);
    }
  }

  private Found whole() {
    return find(
        (database, run) ->
            new RunLoader(run, List.of(), count -> {})
                .load(database, new MergedCache(made("cache"), false, "")));
  }

  private Found inShares(List<LongPredicate> shares) {
    AnalysisRequest request =
        new AnalysisRequest(folder.resolve("run"), folder, WINDOWS, Set.of(), true, List.of());
    List<Path> folders = new ArrayList<>();
    for (int i = 0; i < shares.size(); i++) {
      Path share = made("share" + i);
      folders.add(share);
      PartialAnalysis.fill(
          share,
          folder.resolve("spill" + i),
          RunFolder.open(request.input()),
          request,
          shares.get(i),
          Effort.USUAL,
          step -> {});
    }
    return find((database, run) -> new JoinedShares(run, List.of(), folders).load(database));
  }

  private Path made(String name) {
    try {
      return Files.createDirectories(folder.resolve(name));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  /** Shares of one kind: alone, in turn, one after the other, in blocks, or by chance. */
  private static List<LongPredicate> shares(Random random, int events) {
    int of = 1 + random.nextInt(4);
    int kind = random.nextInt(4);
    int block = 1 + random.nextInt(10);
    long salt = random.nextLong();
    return IntStream.range(0, of)
        .<LongPredicate>mapToObj(
            share ->
                switch (kind) {
                  case 0 -> id -> Math.floorMod(id, of) == share;
                  case 1 -> id -> Math.clamp(id * of / (events + 1L), 0, of - 1) == share;
                  case 2 -> id -> Math.floorMod(Math.floorDiv(id, block), of) == share;
                  default -> id -> new Random(id ^ salt).nextInt(of) == share;
                })
        .toList();
  }

  @Property(tries = 4)
  void joinedSharesAreTheWholeRunHoweverItIsDivided(@ForAll long seed) throws IOException {
    Random random = new Random(seed);
    folder = Files.createTempDirectory("shares");
    try {
      int events = 1 + random.nextInt(150);
      new MixedRun(folder.resolve("run"), random)
          .write(events, 1 + random.nextInt(3), random.nextInt(8), random.nextBoolean());
      List<LongPredicate> shares = shares(random, events);
      assertThat(inShares(shares)).isEqualTo(whole());
    } finally {
      delete(folder);
    }
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Collections.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
