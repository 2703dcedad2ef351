package org.carillon.core.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Random;
import org.carillon.core.CarillonException;
import org.carillon.core.ExitCode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecordedGapsTest {

  @TempDir private Path folder;

  private Path file(String text) throws IOException {
    return Files.writeString(folder.resolve("recorded.csv"), text);
  }

  @Test
  void theGapsAreThoseOfTheScheduleNotOfItsLateness() throws IOException {
    Path file =
        file(
            """
            event_id,send_time_ns,workers_sent,scheduled_time_ns
            1,1761411671000000100,"a:1,b:1",1761411671000000000
            2,1761411671000009000,"a:1,b:1",1761411671000000500
            3,1761411671000009000,"a:1,b:1",1761411671000000500
            4,1761411671000009900,"a:1,b:1",1761411671000002000
            """);
    assertThat(RecordedGaps.offsetsNs(file)).containsExactly(0, 500, 500, 2_000);
  }

  @Test
  void aFileOfThePythonToolkitHasSendTimesOnly() throws IOException {
    Path file = file("event_id,send_time_ns\n1,1000\n2,1700\n");
    assertThat(RecordedGaps.offsetsNs(file)).containsExactly(0, 700);
  }

  @Test
  void aLongFileIsReadWhole() throws IOException {
    StringBuilder text = new StringBuilder("send_time_ns\n");
    for (int i = 0; i < 5_000; i++) {
      text.append(7L * i).append('\n');
    }
    assertThat(RecordedGaps.offsetsNs(file(text.toString()))).hasSize(5_000).endsWith(7L * 4_999);
  }

  @Test
  void theTornLastLineOfAKilledCoordinatorIsLeftOut() throws IOException {
    String whole = "event_id,send_time_ns,workers_sent\n1,1000,a:1\n2,1700,\"a:1,b:1\"\n";
    String last = "3,1800,\"a:1,b:1\"";
    for (int length = 0; length <= last.length(); length++) {
      assertThat(RecordedGaps.offsetsNs(file(whole + last.substring(0, length))))
          .containsExactly(0, 700);
    }
  }

  @Test
  void whatIsWrongIsNamedWithLineAndColumn() throws IOException {
    assertRefused("send_time_ns\n1000\nsoon\n", "recorded.csv:3: send_time_ns: 'soon' is no time");
    assertRefused("send_time_ns\n1000\n\"\"\n", ":3: send_time_ns: '' is no time");
    assertRefused("event_id,send_time_ns\n1,2000\n2,1000\n", ":3: send_time_ns: 1000 is before");
    assertRefused("event_id\n1\n", ":1: none of the columns scheduled_time_ns, send_time_ns");
    assertRefused("", "none of the columns");
    assertRefused("send_time_ns\n", "has no events");
    assertRefused("event_id,send_time_ns\n1\n2,1000\n", ":2: 1 cells instead of 2");
    assertRefused(
        "send_time_ns\n-9000000000000000000\n9000000000000000000\n", "more than 292 years");
    assertThatThrownBy(() -> RecordedGaps.offsetsNs(folder.resolve("none.csv")))
        .hasMessageContaining("there is no file");
    assertThatThrownBy(() -> RecordedGaps.offsetsNs(folder)).isInstanceOf(CarillonException.class);
  }

  private void assertRefused(String text, String complaint) throws IOException {
    Path file = file(text);
    assertThatThrownBy(() -> RecordedGaps.offsetsNs(file))
        .isInstanceOfSatisfying(
            CarillonException.class,
            e -> {
              assertThat(e.exitCode()).isEqualTo(ExitCode.USAGE);
              assertThat(e).hasMessageContaining(complaint);
            });
  }

  @Test
  void garbageOfAnyKindIsRefusedInASentence() throws IOException {
    Random random = new Random(5);
    for (int i = 0; i < 300; i++) {
      byte[] noise = new byte[random.nextInt(200)];
      random.nextBytes(noise);
      byte[] header = (i % 2 == 0 ? "send_time_ns\n1\n" : "").getBytes(StandardCharsets.UTF_8);
      Path file = folder.resolve("noise.csv");
      Files.write(file, header);
      Files.write(file, noise, StandardOpenOption.APPEND);
      try {
        RecordedGaps.offsetsNs(file);
      } catch (CarillonException e) {
        assertThat(e.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(e.getMessage()).contains("noise.csv").endsWith(".");
      }
    }
  }
}
