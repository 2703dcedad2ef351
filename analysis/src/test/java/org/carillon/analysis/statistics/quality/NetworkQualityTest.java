package org.carillon.analysis.statistics.quality;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.carillon.analysis.RecordedRun;
import org.carillon.analysis.diagnosis.Warnings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NetworkQualityTest {

  private static final long T = 1_795_000_000_000_000_000L;
  private static final int N = 1_000;
  private static final String RECEPTION =
      "local_time_ns,received,malformed,foreign,kernel_drops,rows_lost\n";

  @TempDir Path folder;

  private static long ns(long event) {
    return T + event * 10_000_000;
  }

  /** Worker b with these arrivals, in this order; a has all. */
  private RecordedRun run(Stream<Long> arrivals) {
    return new RecordedRun(folder)
        .with(
            "coordinator.csv",
            IntStream.rangeClosed(1, N)
                .mapToObj(i -> "%d,%d,%d\n".formatted(i, i - 1, ns(i)))
                .collect(Collectors.joining("", "event_id,sequence_number,send_time_ns\n", "")))
        .with("worker_a.csv", worker(LongStream.rangeClosed(1, N).boxed()))
        .with("worker_b.csv", worker(arrivals));
  }

  private static String worker(Stream<Long> arrivals) {
    List<Long> ids = arrivals.toList();
    return IntStream.range(0, ids.size())
        .mapToObj(i -> "%d,%d,%d\n".formatted(ids.get(i), ns(N) + i, ns(ids.get(i))))
        .collect(Collectors.joining("", "event_id,receive_time_ns,coordinator_send_time_ns\n", ""));
  }

  private static NetworkQuality b(RecordedRun run) {
    return run.summary(1).quality().network().get("b");
  }

  private static List<String> warnings(RecordedRun run) {
    RecordedRun.Computed computed = run.statistics(false, 1);
    return Warnings.of(computed.summary(), computed.diagnosis(), Set.of());
  }

  /** All but these. */
  private static Stream<Long> without(long... lost) {
    Set<Long> set = LongStream.of(lost).boxed().collect(Collectors.toSet());
    return LongStream.rangeClosed(1, N).boxed().filter(id -> !set.contains(id));
  }

  @Test
  void rowsThatAFullDiskCostAreNotLostOnTheWay() {
    RecordedRun run =
        run(without(LongStream.rangeClosed(901, 1000).toArray()))
            .with(
                "reception_b.csv",
                RECEPTION + ns(1) + ",900,0,0,0,0\n" + ns(2) + ",100,0,0,0,100\n");
    assertThat(b(run).causes())
        .isEqualTo(new LossCauses(100, 100, 0, OptionalLong.of(0), 0, OptionalLong.of(0), 0));
    assertThat(b(run).reception().orElseThrow().unaccounted()).isZero();
    assertThat(warnings(run))
        .containsExactly(
            "100 events were received at b (100) and could not be written down: a full or failing"
                + " disk, and no loss on the way.");
  }

  @Test
  void causesAddUpAndTheNetworkHasWhatTheOthersLeave() {
    long[] lost = LongStream.iterate(10, id -> id + 20).limit(30).toArray();
    RecordedRun run =
        run(without(lost))
            .with(
                "reception_b.csv", RECEPTION + ns(1) + ",974,0,0,11,0\n" + ns(2) + ",0,1,2,6,4\n");
    assertThat(b(run).causes())
        .isEqualTo(new LossCauses(30, 4, 0, OptionalLong.of(17), 0, OptionalLong.of(9), 0));
    assertThat(b(run).reception())
        .contains(
            new Reception(
                2,
                974,
                OptionalLong.of(974),
                1,
                2,
                OptionalLong.of(17),
                2,
                OptionalLong.of(11),
                4,
                0));
    assertThat(warnings(run))
        .containsExactly(
            "9 events were lost on the way to b (9): they never reached the worker's socket.",
            "17 events were dropped by the kernel at b (17), whose socket's buffer was full: the"
                + " worker came too late to read them (--receive-buffer, docs/events.md).",
            "4 events were received at b (4) and could not be written down: a full or failing disk,"
                + " and no loss on the way.");
  }

  @Test
  void withoutTheKernelsDropsNobodyKnowsWhereAnEventWent() {
    assertThat(b(run(without(5, 6))).causes())
        .isEqualTo(new LossCauses(2, 0, 0, OptionalLong.empty(), 0, OptionalLong.empty(), 2));
    RecordedRun untold =
        run(without(5, 6)).with("reception_b.csv", RECEPTION + ns(1) + ",998,0,0,,0\n");
    assertThat(b(untold).causes().unknown()).isEqualTo(2);
    assertThat(warnings(untold))
        .containsExactly(
            "2 events were not on record at b (2): lost on the way, by the kernel or by the disk,"
                + " which cannot be told without the kernel's drops in reception_NODE.csv.");
  }

  @Test
  void linesThatAreDamagedAndEventsAfterTheLastAreToldApart() {
    String text = worker(without(LongStream.rangeClosed(990, 1000).toArray()));
    RecordedRun run = run(without());
    run.with("worker_b.csv", text.replace("\n500,", "\nfive hundred,"))
        .with("reception_b.csv", RECEPTION + ns(1) + ",989,0,0,0,0\n");
    assertThat(b(run).causes())
        .isEqualTo(new LossCauses(12, 0, 1, OptionalLong.of(0), 11, OptionalLong.of(0), 0));
    assertThat(warnings(run))
        .contains(
            "11 events were sent after the last one on record at b (11): lost on the way, or the"
                + " worker was at its end by then, which cannot be told.");
  }

  @Test
  void countsThatDoNotAddUpAreSaid() {
    RecordedRun run = run(without()).with("reception_b.csv", RECEPTION + ns(1) + ",900,0,0,0,0\n");
    assertThat(warnings(run))
        .containsExactly(
            "The counts of b do not add up: reception_b.csv has 100 fewer events than its file has"
                + " lines and rows lost, as after a crash.");
  }

  @Test
  void garbageInTheReceptionsFileCostsOnlyItself() {
    RecordedRun run =
        run(without(5))
            .with(
                "reception_b.csv",
                RECEPTION + ns(1) + ",9223372036854775807,-5,x,0,0\n" + ns(2) + ",999,0,0,1,0\n7,");
    assertThat(b(run).causes().kernel()).hasValue(1);
    assertThat(b(run).reception().orElseThrow().received()).isEqualTo(999);
  }

  @Test
  void lossInBurstsIsToldFromLossOnItsOwn() {
    Bursts bursts =
        b(run(without(LongStream.rangeClosed(100, 139).toArray()))).bursts().orElseThrow();
    assertThat(bursts).isEqualTo(new Bursts(40, 1000, 1, 0, 0, 1, 0, 40, 390_000_000));
    assertThat(bursts.cling()).isTrue();
    assertThat(warnings(run(without(LongStream.rangeClosed(100, 139).toArray()))))
        .anySatisfy(
            w ->
                assertThat(w)
                    .startsWith(
                        "Events were lost in bursts at b (the longest 40 in a row, on average 40.0"
                            + " where chance alone would make it 1.0)"));
    assertThat(
            b(run(without(LongStream.iterate(10, id -> id + 20).limit(30).toArray())))
                .bursts()
                .orElseThrow()
                .cling())
        .isFalse();
  }

  @Test
  void runsOfLostEventsEqualASlowCount() {
    for (int seed = 0; seed < 5; seed++) {
      Random random = new Random(seed);
      TreeSet<Long> lost = new TreeSet<>();
      for (long id = 1; id < N; id++) {
        if (random.nextInt(10) < (lost.contains(id - 1) ? 7 : 1)) {
          lost.add(id);
        }
      }
      Map<Integer, Long> runs = new TreeMap<>();
      int length = 0;
      for (long id = 1; id <= N; id++) {
        if (lost.contains(id)) {
          length++;
        } else if (length > 0) {
          runs.merge(length, 1L, Long::sum);
          length = 0;
        }
      }
      Bursts bursts =
          b(run(without(lost.stream().mapToLong(Long::longValue).toArray())))
              .bursts()
              .orElseThrow();
      assertThat(bursts.lost()).isEqualTo(lost.size());
      assertThat(bursts.runs()).isEqualTo(runs.values().stream().mapToLong(n -> n).sum());
      assertThat(bursts.ofOne()).isEqualTo(runs.get(1));
      assertThat(bursts.longest()).isEqualTo(Collections.max(runs.keySet()).longValue());
      assertThat(bursts.longestNs()).isEqualTo((bursts.longest() - 1) * 10_000_000);
    }
  }

  /** By the words of RFC 4737 §4.2.2. */
  @Test
  void theReorderingExtentIsThatOfTheStandard() {
    for (int seed = 0; seed < 5; seed++) {
      Random random = new Random(seed);
      List<Long> arrivals = new ArrayList<>(LongStream.rangeClosed(1, N).boxed().toList());
      for (int k = 0; k < 40; k++) {
        arrivals.add(random.nextInt(N - 1), arrivals.remove(random.nextInt(N)));
      }
      List<Long> extents = new ArrayList<>();
      for (int i = 0; i < N; i++) {
        for (int j = 0; j < i; j++) {
          if (arrivals.get(j) > arrivals.get(i)) {
            extents.add((long) i - j);
            break;
          }
        }
      }
      Collections.sort(extents);
      assertThat(b(run(arrivals.stream())).reordering())
          .isEqualTo(
              Optional.of(
                  new Reordering(
                      extents.size(),
                      OptionalLong.of(extents.get((extents.size() + 1) / 2 - 1)),
                      extents.size() < 100
                          ? OptionalLong.empty()
                          : OptionalLong.of(
                              extents.get((int) Math.ceil(0.99 * extents.size()) - 1)),
                      extents.getLast())));
    }
  }

  @Test
  void causesThatDoNotAddUpAreRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> new LossCauses(2, 0, 0, OptionalLong.empty(), 0, OptionalLong.empty(), 1));
  }
}
