package org.carillon.core.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ResultsTableTest {

  @TempDir Path folder;

  @Test
  void everyLineHasTheColumnsOfTheHeading() {
    Path file = folder.resolve("results.tsv");
    ResultsTable.write(
        file,
        ResultsTable.COLUMNS,
        List.of(Map.of("node", "a\tb\nc", "sent", "5"), Map.of("node", "all", "max_ns", "7")));

    assertThat(file)
        .hasContent(
            "node\toutcome\tsent\treceived\tlost\tduplicates\tout_of_order\tforeign\trate_hz"
                + "\tlatency_clock\tlatency_n\tp50_ns\tp90_ns\tp99_ns\tp999_ns\tmax_ns\n"
                + "a b c\t\t5"
                + "\t".repeat(13)
                + "\nall"
                + "\t".repeat(15)
                + "7\n");
  }
}
