package org.carillon.analysis.control;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.carillon.analysis.input.InputProblem;
import org.carillon.analysis.statistics.Summary;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whatever a control.json holds, it is used, or complained of with its place. */
class ControlFileTest {

  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir Path folder;

  private ControlFile read(byte[] content) {
    try {
      Files.write(folder.resolve("control.json"), content);
      return ControlFile.in(folder);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private ControlFile read(String content) {
    return read(content.getBytes(StandardCharsets.UTF_8));
  }

  private static List<String> sentences(ControlFile file) {
    return file.problems().stream().map(InputProblem::sentence).toList();
  }

  @Test
  void noFileIsNoProblem() {
    assertThat(ControlFile.in(folder).control()).isEmpty();
    assertThat(ControlFile.in(folder).problems()).isEmpty();
  }

  @Test
  void theWholeFileIsRead() {
    ControlFile file = read(ControlledRunFiles.control().toString());
    assertThat(file.problems()).isEmpty();
    ControlRecord control = file.control().orElseThrow();
    assertThat(control.workers()).hasSize(2);
    assertThat(control.workers().get(1).counters().orElseThrow().rowsWritten()).isEqualTo(120);
    assertThat(control.workers().get(1).latencyReconciled()).contains(true);
    assertThat(control.start().orElseThrow().spread())
        .isEqualTo(Spread.of(control.workers().stream().flatMap(w -> w.start().stream()).toList()));
  }

  @ParameterizedTest(name = "content {0}")
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '`',
      value = {
        "``; control.json: the file holds nothing; nothing in it is used.",
        "{; control.json line 1: this is no JSON",
        "[1]; control.json: the file holds a list where an object should be",
        "{}; control.json: schema is missing; nothing in it is used.",
        "{\"schema\":2}; control.json: schema is 2, and only 1 is known here",
        "{\"schema\":1,\"schema\":1}; Duplicate field 'schema'",
        "{\"schema\":1} x; control.json line 1: this is no JSON",
        "{\"schema\":1,\"workload\":7}; control.json: workload is 7, not a text",
        "{\"schema\":1,\"exit_code\":-1}; control.json: exit_code is -1, not a count",
        "{\"schema\":1,\"exit_code\":0}; control.json: workers is missing",
        "{\"schema\":1,\"exit_code\":0,\"workers\":{}}; control.json: workers is {}, not a list"
      })
  void whatIsNoControlFileIsLeftAloneAndSaid(String content, String sentence) {
    ControlFile file = read(content);
    assertThat(file.control()).isEmpty();
    assertThat(sentences(file)).singleElement().asString().contains(sentence);
  }

  @Test
  void aFolderOrABrokenLinkOfThatNameIsSaid() throws IOException {
    Files.createSymbolicLink(folder.resolve("control.json"), folder.resolve("nowhere"));
    assertThat(sentences(ControlFile.in(folder)))
        .containsExactly("control.json: this is no file that can be read; it is not used.");
  }

  @Test
  void whatIsWrongInOnePlaceCostsThatPlaceOnly() {
    ObjectNode control = ControlledRunFiles.control();
    ControlledRunFiles.counters(control, 0).put("received", "many");
    ControlledRunFiles.worker(control, 0).withObject("/start").put("best_ns", 1);
    control.withArray("/workers").add(3);
    control.withArray("/workers").add(ControlledRunFiles.worker(control, 1).deepCopy());
    control
        .withArray("/workers")
        .add(ControlledRunFiles.worker(control, 1).deepCopy().put("state", "well"));
    control.withObject("/start").remove("spread_ns");
    control.putObject("command").put("timeout_ns", 1).putArray("argv").add("a").add(7);
    ControlFile file = read(control.toString());
    assertThat(file.control().orElseThrow().workers())
        .extracting(ControlRecord.ControlledWorker::node)
        .containsExactly("a", "b");
    assertThat(sentences(file))
        .containsExactlyInAnyOrder(
            "control.json: command.argv[1] is 7, not a text; the command is not told.",
            "control.json: start.spread_ns is missing; the common start is not used.",
            "control.json: workers[0].start: [1794999999999960000, 1795000000000060000] with 1 is"
                + " no interval; this worker's start is not used.",
            "control.json: workers[0].counters.received is \"many\", not a count; this worker's"
                + " counters are not used.",
            "control.json: workers[2] holds 3 where an object should be; this worker is left out.",
            "control.json: workers[3].node is b again; only the first is used.",
            "control.json: workers[4].state is \"well\", not completed, failed or stopped; this"
                + " worker is left out.");
  }

  @Test
  void manyProblemsAreCounted() {
    ObjectNode control = ControlledRunFiles.control();
    for (int i = 0; i < 50; i++) {
      control.withArray("/workers").add(i);
    }
    ControlFile file = read(control.toString());
    assertThat(file.problems()).hasSize(11);
    assertThat(sentences(file).getLast()).contains("40 more problems");
  }

  /** Every value of the file in turn is taken away, or replaced by each of many wrong ones. */
  @Test
  void noWrongValueAnywhereStopsTheReading() throws IOException {
    List<JsonNode> values = new ArrayList<>();
    for (String value :
        List.of("null", "true", "-1", "1.5", "1e300", "9223372036854775807", "\"\"", "[]", "{}")) {
      values.add(JSON.readTree(value));
    }
    ObjectNode whole = ControlledRunFiles.control();
    whole.putObject("command").put("timeout_ns", 1_000).putArray("argv").add("true");
    int places = 0;
    for (String pointer : pointers(whole, "")) {
      for (int i = -1; i < values.size(); i++) {
        ObjectNode changed = whole.deepCopy();
        int slash = pointer.lastIndexOf('/');
        JsonNode parent = changed.at(pointer.substring(0, slash));
        String key = pointer.substring(slash + 1);
        if (parent instanceof ObjectNode object) {
          if (i < 0) {
            object.remove(key);
          } else {
            object.set(key, values.get(i));
          }
        } else if (i >= 0) {
          ((ArrayNode) parent).set(Integer.parseInt(key), values.get(i));
        }
        everythingCanBeSaidOf(read(changed.toString()));
        places++;
      }
    }
    assertThat(places).isGreaterThan(500);
  }

  private static void everythingCanBeSaidOf(ControlFile file) {
    file.control()
        .ifPresent(
            record -> {
              ControlledRun run = ControlledRun.of(record, Summary.NOTHING);
              assertThat(run.json()).isNotEmpty();
              assertThat(run.findings()).doesNotContainNull();
              assertThat(run.warnings()).doesNotContainNull();
            });
    assertThat(file.control().isPresent() || !file.problems().isEmpty()).isTrue();
  }

  private static List<String> pointers(JsonNode node, String path) {
    List<String> pointers = new ArrayList<>();
    if (!path.isEmpty()) {
      pointers.add(path);
    }
    node.properties()
        .forEach(e -> pointers.addAll(pointers(e.getValue(), path + "/" + e.getKey())));
    if (node.isArray()) {
      for (int i = 0; i < node.size(); i++) {
        pointers.addAll(pointers(node.get(i), path + "/" + i));
      }
    }
    return pointers;
  }

  @Test
  void noDamageToItsBytesStopsTheReading() {
    byte[] whole = ControlledRunFiles.control().toString().getBytes(StandardCharsets.UTF_8);
    Random random = new Random(3);
    for (int i = 0; i < 500; i++) {
      byte[] damaged = Arrays.copyOf(whole, 1 + random.nextInt(whole.length));
      for (int k = 0; k < random.nextInt(4); k++) {
        damaged[random.nextInt(damaged.length)] = (byte) random.nextInt(256);
      }
      everythingCanBeSaidOf(read(damaged));
    }
    everythingCanBeSaidOf(read("[".repeat(100_000)));
  }
}
