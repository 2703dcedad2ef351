package org.carillon.control.statistics;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Random;
import org.carillon.control.statistics.CpuMeter.NodeTimes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CpuMeterTest {

  private static final String STAT =
      """
      cpu  100 10 50 800 20 3 7 10 40 0
      cpu0 50 5 25 400 10 1 3 5 20 0
      cpu1 50 5 25 400 10 2 4 5 20 0
      intr 12345 0 0
      ctxt 99
      """;

  private static final String SELF =
      "4711 (a) b (c) S 1 4711 4711 0 -1 4194560 1 2 3 4 300 60 0 0 20 0 30 0 123\n";

  @TempDir Path proc;

  @Test
  void readsTheTimesOfTheNodeAndTheProcess() {
    assertThat(NodeTimes.parse(STAT)).contains(new NodeTimes(110, 60, 20, 1_000, 2));
    assertThat(CpuMeter.processTicks(SELF)).hasValue(360);
  }

  @Test
  void sharesAreOfTheTimeBetween() throws IOException {
    write(STAT, SELF);
    CpuMeter meter = new CpuMeter(proc);
    // 100 more ticks of each of the two processors: 80 user, 20 system, 10 iowait, 90 idle.
    write(
        STAT.replace("cpu  100 10 50 800 20", "cpu  170 20 70 890 30"),
        SELF.replace("300 60", "340 70"));

    assertThat(meter.sinceLast())
        .isEqualTo(
            new CpuShares(
                OptionalDouble.of(0.4),
                OptionalDouble.of(0.1),
                OptionalDouble.of(0.05),
                OptionalDouble.of(0.5)));
    assertThat(meter.sinceLast()).as("no time has passed").isEqualTo(CpuShares.UNKNOWN);
  }

  @Test
  void iowaitThatGoesBackwardsIsNone() throws IOException {
    write(STAT, "");
    CpuMeter meter = new CpuMeter(proc);
    write(STAT.replace("800 20", "850 15"), "");

    assertThat(meter.sinceLast().iowait()).hasValue(0);
    assertThat(meter.sinceLast().process()).isEmpty();
  }

  @Test
  void whatIsNotToldIsEmpty() throws IOException {
    CpuMeter meter = new CpuMeter(proc.resolve("missing"));
    assertThat(meter.sinceLast()).isEqualTo(CpuShares.UNKNOWN);

    write("cpu 1 2 3\n", "1 (x) S");
    assertThat(new CpuMeter(proc).sinceLast()).isEqualTo(CpuShares.UNKNOWN);
  }

  @Test
  void garbageIsBorne() {
    Random random = new Random(5);
    for (int i = 0; i < 5_000; i++) {
      byte[] bytes = (STAT + SELF).getBytes(StandardCharsets.ISO_8859_1);
      for (int change = random.nextInt(60); change >= 0; change--) {
        bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(128);
      }
      String text = new String(bytes, StandardCharsets.ISO_8859_1);
      assertThat(NodeTimes.parse(text)).isNotNull();
      assertThat(CpuMeter.processTicks(text)).isNotEqualTo(OptionalLong.of(Long.MIN_VALUE));
    }
    assertThat(NodeTimes.parse("")).isEmpty();
    assertThat(CpuMeter.processTicks("")).isEmpty();
    assertThat(NodeTimes.parse("cpu  1 1 1 1 1 1 1 99999999999999999999\ncpu0 1")).isEmpty();
  }

  @Test
  void thisMachineTells() {
    CpuMeter meter = new CpuMeter();
    CpuShares shares;
    do {
      shares = meter.sinceLast();
    } while (shares.process().orElse(0) == 0); // until a tick is counted
    assertThat(shares.user().orElseThrow()).isBetween(0.0, 1.0);
  }

  private void write(String stat, String self) throws IOException {
    Files.createDirectories(proc.resolve("self"));
    Files.writeString(proc.resolve("stat"), stat);
    Files.writeString(proc.resolve("self/stat"), self);
  }
}
