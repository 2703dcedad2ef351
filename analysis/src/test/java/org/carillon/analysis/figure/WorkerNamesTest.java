package org.carillon.analysis.figure;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WorkerNamesTest {

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "n1 n2 n10, n1 n2 n10",
    "a-single-node-with-a-long-name.example.org, a-single-node-with-a-long-name.example.org",
    "n1.cluster.example.org n2.cluster.example.org, n1 n2",
    "rack-12-compute-node-001.x.org rack-12-compute-node-002.x.org, …-001 …-002",
    "rack-12-compute-node-001 rack-12-compute-gpu-001, …-node-001 …-gpu-001",
    "compute-node-001.here.org compute-node-001.there.org, compute-node-001.here.org compute-node-001.there.org",
    "compute-node-with-a-name compute-node-with-a-name-2, …-name …-name-2"
  })
  void namesAreShownWithoutWhatTheyShareButNeverAlike(String names, String expected) {
    List<String> all = List.of(names.split(" "));
    WorkerNames shown = WorkerNames.of(all);
    assertThat(all.stream().map(shown::shown).collect(Collectors.joining(" "))).isEqualTo(expected);
    assertThat(all.stream().map(shown::shown).distinct()).hasSameSizeAs(all);
    assertThat(shown.shown("coordinator")).isEqualTo("coordinator");
    assertThat(shown.shown(all.getFirst() + "," + all.getLast()))
        .isEqualTo(shown.shown(all.getFirst()) + ", " + shown.shown(all.getLast()));
  }
}
