package org.carillon.analysis.compare;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunStartTest {

  private static final JsonNode NONE = MissingNode.getInstance();

  @TempDir private Path folder;

  @Test
  void theManifestIsAskedFirstThenTheFirstEventThenTheName() throws IOException {
    Path run = Files.createDirectory(folder.resolve("2026-11-22T10-15-30Z-2"));
    assertThat(RunStart.of(run, NONE)).hasValue(1_795_342_530_000_000_000L);
    Files.writeString(
        run.resolve("coordinator.csv"), "\uFEFFevent_id,\"send_time_ns\"\r\n1,77\r\n2,99\r\n");
    assertThat(RunStart.of(run, NONE)).hasValue(77);
    JsonNode manifest = new ObjectMapper().readTree("{\"start_time_ns\":55}");
    assertThat(RunStart.of(run, manifest)).hasValue(55);
  }

  @Test
  void whatTellsNothingGivesNothing() throws IOException {
    for (String content :
        new String[] {"", "event_id\n1\n", "send_time_ns\nx\n", "send_time_ns\n"}) {
      Files.writeString(folder.resolve("coordinator.csv"), content);
      assertThat(RunStart.of(folder, NONE)).as(content).isEmpty();
    }
    Files.write(folder.resolve("coordinator.csv"), new byte[] {(byte) 0xff, (byte) 0xfe, 10, 10});
    assertThat(RunStart.of(folder, NONE)).isEmpty();
    assertThat(RunStart.of(folder.resolve("2026-13-45T99-99-99Z"), NONE)).isEmpty();
    assertThat(RunStart.of(Path.of("/"), NONE)).isEmpty();
  }
}
