package org.carillon.deploy.validate;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.carillon.core.CheckVerdict;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ResourcesCheckTest {

  private static final OptionalDouble LIMIT = OptionalDouble.of(90);

  private static Answers answers(String... lines) {
    return Answers.parse(String.join("\n", lines));
  }

  @ParameterizedTest
  @CsvSource({"50, PASS", "81, PASS", "82, WARN", "90, WARN", "91, FAIL", "100, FAIL"})
  void aDiskIsHeldAgainstItsLimit(int used, CheckVerdict verdict) {
    CheckResult result =
        ResourcesCheck.disk(answers("disk_kib 1000 " + used + " " + (100 - used)), LIMIT, "/srv");

    assertThat(result.verdict()).isEqualTo(verdict);
    assertThat(result.sentence()).startsWith("disk " + used + " % full");
    assertThat(result.measurements()).containsExactly(Measurement.of("disk_percent", used, 90));
  }

  @Test
  void whatIsBeyondTheLimitByLittleIsShownToBe() {
    assertThat(ResourcesCheck.disk(answers("disk_kib 0 90040 9960"), LIMIT, "/").sentence())
        .isEqualTo("disk 90.1 % full; the limit is 90");
  }

  @Test
  void inodesCountWhereTheyAreFewerThanRoom() {
    CheckResult result =
        ResourcesCheck.disk(answers("disk_kib 100 10 90", "inodes 100 99 1"), LIMIT, "/srv");

    assertThat(result.verdict()).isEqualTo(CheckVerdict.FAIL);
    assertThat(result.sentence()).startsWith("inodes of the disk 99 % used");
    assertThat(result.measurements())
        .extracting(Measurement::name)
        .containsExactly("disk_percent", "inodes_percent");
    assertThat(
            ResourcesCheck.disk(answers("disk_kib 100 10 90", "inodes 0 0 0"), LIMIT, "/")
                .verdict())
        .as("a filesystem that counts none")
        .isEqualTo(CheckVerdict.PASS);
  }

  @Test
  void processorsAreBusyForWhatIsNeitherIdleNorWaiting() {
    Answers answers =
        answers("cpu_before 100 0 50 800 50 0 0 0", "cpu_after 150 0 75 870 100 0 0 5");

    CheckResult result = ResourcesCheck.cpu(answers, OptionalDouble.empty());

    assertThat(result.measurements()).containsExactly(Measurement.of("cpu_percent", 40));
    assertThat(result.verdict()).isEqualTo(CheckVerdict.PASS);
    assertThat(ResourcesCheck.cpu(answers, OptionalDouble.of(39)).verdict())
        .isEqualTo(CheckVerdict.FAIL);
  }

  @Test
  void memoryIsWhatIsNotAvailable() {
    assertThat(
            ResourcesCheck.memory(
                    answers("memory_total_kib 1000", "memory_available_kib 50"), LIMIT)
                .measurements())
        .containsExactly(Measurement.of("memory_percent", 95, 90));
  }

  @Test
  void withoutALimitNineTenthsOfWhatTheProcessMayOpenIsOne() {
    Answers answers = answers("open_files 950", "open_files_max 1024");

    assertThat(ResourcesCheck.openFiles(answers, OptionalLong.empty()).verdict())
        .isEqualTo(CheckVerdict.FAIL);
    assertThat(ResourcesCheck.openFiles(answers, OptionalLong.of(2000)).verdict())
        .isEqualTo(CheckVerdict.PASS);
    assertThat(
            ResourcesCheck.openFiles(
                    answers("open_files 950", "open_files_max unlimited"), OptionalLong.empty())
                .verdict())
        .isEqualTo(CheckVerdict.PASS);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "cpu_before",
        "cpu_before 1 2\ncpu_after 1 2\ndisk_kib 1 2\nmemory_total_kib x\nopen_files -3",
        "cpu_before 9 9 9 9 9 9 9 9\ncpu_after 1 1 1 1 1 1 1 1\ndisk_kib 0 0 0\nmemory_total_kib 0\nmemory_available_kib 0",
        "cpu_before 1 1 1 1 1 1 1 1\ncpu_after 1 1 1 1 1 1 1 1\ndisk_kib 1 1 1 1\nmemory_total_kib 5\nmemory_available_kib 6",
        "cpu_before 99999999999999999999 1 1 1 1 1 1 1\ncpu_after 1 1 1 1 1 1 1 1\ndisk_kib 9999999999999999999 1 1\nopen_files 1e3",
        "\u0000\u001b[2J\ncpu_after \u001b\nmemory_total_kib 12 13\nopen_files ١٢"
      })
  void garbageIsUnknownAndNeverAPass(String garbage) {
    Answers answers = answers(garbage);

    assertThat(ResourcesCheck.cpu(answers, LIMIT).verdict()).isEqualTo(CheckVerdict.UNKNOWN);
    assertThat(ResourcesCheck.memory(answers, LIMIT).verdict()).isEqualTo(CheckVerdict.UNKNOWN);
    assertThat(ResourcesCheck.disk(answers, LIMIT, "/").verdict()).isEqualTo(CheckVerdict.UNKNOWN);
    assertThat(ResourcesCheck.openFiles(answers, OptionalLong.of(5)).verdict())
        .isEqualTo(CheckVerdict.UNKNOWN);
    assertThat(PortsCheck.judge(answers, 80).verdict()).isEqualTo(CheckVerdict.UNKNOWN);
  }

  @Test
  void aPortIsListenedOnByItsLastFourDigitsAndForWhom() {
    Answers answers = answers("table yes", "listens 0100007F:1B9E", "listens 00000000:0050");

    assertThat(PortsCheck.judge(answers, 7070).sentence())
        .isEqualTo("TCP port 7070 is listened on, for the host itself alone");
    assertThat(PortsCheck.judge(answers, 80).sentence()).isEqualTo("TCP port 80 is listened on");
    assertThat(PortsCheck.judge(answers, 81).verdict()).isEqualTo(CheckVerdict.FAIL);
  }
}
