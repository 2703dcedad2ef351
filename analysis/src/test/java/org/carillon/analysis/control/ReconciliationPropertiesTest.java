package org.carillon.analysis.control;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.carillon.analysis.statistics.Summary;

class ReconciliationPropertiesTest {

  @Property(tries = 40)
  void countersOfWhatArrivedAgreeWithItsRowsAndAnyOtherNumberDoesNot(
      @ForAll @Size(min = 1, max = 200) List<@IntRange(min = 1, max = 120) Integer> arrivals,
      @ForAll @IntRange(min = 0, max = 3) int which,
      @ForAll @IntRange(min = 1, max = 500) int wrongBy)
      throws IOException {
    ObjectNode control = ControlledRunFiles.control();
    ObjectNode counters = ControlledRunFiles.counters(control, 0);
    Set<Integer> seen = new HashSet<>();
    long duplicates = arrivals.stream().filter(id -> !seen.add(id)).count();
    counters
        .put("received", arrivals.size())
        .put("rows_written", arrivals.size())
        .put("duplicates", duplicates)
        .put("missing", 120 - seen.size())
        .put("highest_event_id", seen.stream().mapToInt(id -> id).max().orElseThrow());
    control.putNull("all");
    Path folder = Files.createTempDirectory("reconciliation");
    try {
      Summary summary =
          ControlledRunFiles.run(folder, control)
              .with("worker_a.csv", ControlledRunFiles.rows(arrivals.stream().mapToLong(id -> id)))
              .summary();
      assertThat(errors(folder, summary)).isEmpty();

      String key = List.of("received", "rows_written", "duplicates", "missing").get(which);
      counters.put(key, counters.get(key).longValue() + wrongBy);
      Files.writeString(folder.resolve("control.json"), control.toString());
      assertThat(errors(folder, summary)).isNotEmpty();
    } finally {
      try (Stream<Path> files = Files.walk(folder)) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    }
  }

  private static List<String> errors(Path folder, Summary summary) {
    return Reconciliation.of(ControlFile.in(folder).control().orElseThrow(), summary).errors();
  }
}
