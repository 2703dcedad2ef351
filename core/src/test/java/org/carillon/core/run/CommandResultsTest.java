package org.carillon.core.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CommandResultsTest {

  @TempDir Path folder;

  @Test
  void everyNodeTellsHowItsCommandEndedAndOneLineHowManyAreOk() {
    Path file = folder.resolve("results.tsv");
    ResultsTable.write(
        file,
        CommandResults.COLUMNS,
        CommandResults.cells(
            List.of(
                new CommandResults.Line(
                    "n1",
                    "ok",
                    OptionalLong.of(42_000),
                    Optional.of(new CommandResults.End(OptionalInt.of(0), 1_500, 6, 7, false)),
                    ""),
                new CommandResults.Line(
                    "n2",
                    "failed",
                    OptionalLong.of(43_000),
                    Optional.of(new CommandResults.End(OptionalInt.empty(), 9, 0, 1, true)),
                    "its time\twas over"),
                new CommandResults.Line(
                    "n3", "not started", OptionalLong.empty(), Optional.empty(), ""))));

    assertThat(file)
        .hasContent(
            "node\toutcome\texit_code\telapsed_ns\tstart_best_ns\tstandard_output_bytes"
                + "\tstandard_error_bytes\ttimed_out\treason\n"
                + "n1\tok\t0\t1500\t42000\t6\t7\tfalse\t\n"
                + "n2\tfailed\t\t9\t43000\t0\t1\ttrue\tits time was over\n"
                + "n3\tnot started\t\t\t\t\t\t\t\n"
                + "all\t1/3 ok\t\t\t\t\t\t\t\n");
  }
}
