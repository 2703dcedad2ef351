package org.carillon.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.carillon.analysis.statistics.Accounting;
import org.carillon.analysis.statistics.Causality;
import org.carillon.analysis.statistics.Clock;
import org.carillon.analysis.statistics.InputAccount;
import org.carillon.analysis.statistics.Summary;
import org.carillon.analysis.statistics.Windows;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every line of every file is found again in exactly one place, from the file to the tables. */
class RowCountsTest {

  private static final long T = 1_795_000_000_000_000_000L;
  private static final int SENT = 60;

  @TempDir Path folder;

  /** What a worker's file holds, as it was written. */
  private static final class Written {
    private final StringBuilder text =
        new StringBuilder(
            "event_id,receive_time_ns,coordinator_send_time_ns,bc_timestamp_ns,bc_earliest_ns,"
                + "bc_latest_ns\n");
    private final Set<Integer> received = new HashSet<>();
    private final Set<Integer> bounded = new HashSet<>();
    private long lines;
    private long duplicates;
    private long foreign;
    private long refused;
    private long torn;
  }

  private static Written worker(Random random) {
    Written file = new Written();
    for (int id = 1; id <= SENT; id++) {
      long sent = T + id * 1_000_000L;
      String row = id + "," + (sent + 500) + "," + sent;
      switch (random.nextInt(8)) {
        case 0 -> {} // lost
        case 1 -> {
          file.text.append(row).append(",,,\n").append(row).append(",,,\n");
          file.received.add(id);
          file.duplicates++;
          file.lines += 2;
        }
        case 2 -> {
          file.text.append(SENT + id).append(",1,1,,,\n");
          file.foreign++;
          file.lines++;
        }
        case 3 -> {
          file.text.append(id).append(",x,").append(sent).append(",,,\n");
          file.refused++;
          file.lines++;
        }
        case 4 -> {
          file.text.append(row).append(",,,\n");
          file.received.add(id);
          file.lines++;
        }
        default -> {
          file.text.append(row).append("," + (sent + 9) + "," + sent + "," + (sent + 20) + "\n");
          file.received.add(id);
          file.bounded.add(id);
          file.lines++;
        }
      }
    }
    if (random.nextBoolean()) {
      file.text.append("1,17950");
      file.torn = 1;
      file.lines++;
    }
    return file;
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 4, 5, 6})
  void everyLineIsFoundAgainOnce(long seed) {
    Random random = new Random(seed);
    StringBuilder coordinator =
        new StringBuilder(
            "event_id,sequence_number,send_time_ns,bc_timestamp_ns,bc_earliest_ns,bc_latest_ns\n");
    Set<Integer> boundedSends = new HashSet<>();
    for (int id = 1; id <= SENT; id++) {
      long sent = T + id * 1_000_000L;
      boolean bounded = random.nextInt(3) > 0;
      coordinator.append(id + "," + (id - 1) + "," + sent + ",");
      coordinator.append(bounded ? sent + "," + (sent - 5) + "," + (sent + 5) + "\n" : ",,\n");
      if (bounded) {
        boundedSends.add(id);
      }
    }
    RecordedRun run = new RecordedRun(folder).with("coordinator.csv", coordinator.toString());
    Map<String, Written> written = new TreeMap<>();
    for (String node : List.of("a", "b", "c")) {
      written.put(node, worker(random));
      run.with("worker_" + node + ".csv", written.get(node).text.toString());
    }

    Summary summary = run.summary(1_000_000L);

    for (InputAccount account : summary.input()) {
      assertThat(account.file().lines())
          .isEqualTo(
              account.used()
                  + account.duplicates()
                  + account.foreign()
                  + account.file().torn()
                  + account.file().refused());
      Written file = written.get(account.file().node());
      if (file != null) {
        assertThat(account.file().lines()).isEqualTo(file.lines);
        assertThat(account.used()).isEqualTo(file.received.size());
        assertThat(account.duplicates()).isEqualTo(file.duplicates);
        assertThat(account.foreign()).isEqualTo(file.foreign);
        assertThat(account.file().refused()).isEqualTo(file.refused);
        assertThat(account.file().torn()).isEqualTo(file.torn);
      }
    }
    written.forEach(
        (node, file) -> {
          Accounting accounting = summary.workers().get(node);
          assertThat(accounting.received()).isEqualTo(file.received.size());
          assertThat(accounting.received() + accounting.lost()).isEqualTo(SENT);
          assertThat(pairs(summary, Clock.SYSTEM, node)).isEqualTo(accounting.received());
          Set<Integer> both = new HashSet<>(file.bounded);
          both.retainAll(boundedSends);
          assertThat(pairs(summary, Clock.BOUNDED, node)).isEqualTo(both.size());
          assertThat(summary.latency().get(Clock.SYSTEM).known().get(node).n())
              .isEqualTo(accounting.received());
        });
    List<String> nodes = new ArrayList<>(written.keySet());
    for (int i = 0; i < nodes.size(); i++) {
      for (int j = i + 1; j < nodes.size(); j++) {
        Set<Integer> both = new HashSet<>(written.get(nodes.get(i)).received);
        both.retainAll(written.get(nodes.get(j)).received);
        Windows windows =
            summary
                .windows()
                .get(1_000_000L)
                .get(Clock.SYSTEM)
                .known()
                .get(nodes.get(i) + "," + nodes.get(j));
        assertThat(windows.pairs()).isEqualTo(both.size());
        assertThat(windows.agree() + windows.disagree()).isEqualTo(both.size());
      }
    }
  }

  @Test
  void whatIsDrawnIsWhatWasReceived() throws IOException {
    Random random = new Random(7);
    StringBuilder coordinator = new StringBuilder("event_id,sequence_number,send_time_ns\n");
    for (int id = 1; id <= SENT; id++) {
      coordinator.append(id + "," + (id - 1) + "," + (T + id * 1_000_000L) + "\n");
    }
    Written a = worker(random);
    Written b = worker(random);
    new RecordedRun(folder.resolve("run"))
        .with("coordinator.csv", coordinator.toString())
        .with("worker_a.csv", a.text.toString())
        .with("worker_b.csv", b.text.toString())
        .analyze(folder.resolve("out"), Set.of());

    List<String> bars =
        Files.readAllLines(folder.resolve("out/figures/causality_violations.csv")).stream()
            .filter(line -> line.startsWith("system,"))
            .map(line -> String.join(",", List.of(line.split(",", -1)).subList(0, 6)))
            .toList();
    assertThat(bars)
        .containsExactly(
            "system,a,%d,%1$d,0,0".formatted(a.received.size()),
            "system,b,%d,%1$d,0,0".formatted(b.received.size()));
    Set<Integer> both = new HashSet<>(a.received);
    both.retainAll(b.received);
    assertThat(Files.readAllLines(folder.resolve("out/figures/window_assignment.csv")))
        .filteredOn(line -> line.contains(",system,"))
        .singleElement()
        .satisfies(
            line -> {
              String[] cells = line.split(",", -1);
              assertThat(Long.parseLong(cells[2])).isEqualTo(both.size());
              assertThat(
                      Long.parseLong(cells[3])
                          + Long.parseLong(cells[4])
                          + Long.parseLong(cells[5]))
                  .isEqualTo(both.size());
            });
  }

  /** How many receptions a worker's row of the causality table accounts for. */
  private static long pairs(Summary summary, Clock clock, String node) {
    Causality causality = summary.causality().get(clock).known().get(node);
    if (causality instanceof Causality.Interval interval) {
      assertThat(interval.proven() + interval.ambiguous() + interval.violations())
          .isEqualTo(interval.pairs());
    }
    return causality.pairs();
  }
}
