package org.carillon.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What validate and rollback refuse before they have asked any host. */
class ValidateOptionsTest {

  @TempDir private Path folder;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--hold 2m | --hold and --keep-failing have no effect without --continuous",
        "--keep-failing 2m | --hold and --keep-failing have no effect without --continuous",
        "--continuous 1ms | --continuous takes a duration of 1s or more",
        "--continuous 5s --nagios | --continuous goes neither with --nagios nor with --report-only",
        "--nagios --json | --nagios and --json exclude each other",
        "--report-only --check disk | --report-only looks at nothing",
        "--report-only --limit a | --report-only looks at nothing",
        "--report-only --only-failed a | --report-only looks at nothing",
        "--check clock | --check: 'clock' is no check (clocks?)",
        "--since yesterday | --since: 'yesterday' is no time",
      })
  void ofAValidation(String options, String sentence) {
    refused("validate", options, sentence);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'' | say what to go back to, such as --to last-good; --list shows what there is",
        "--list --to previous | --list shows what there is and --to goes back; use one of them",
        "--list --quiet | --list prints what there is, so --quiet means nothing",
        "--to yesterday | --to: 'yesterday' is neither previous nor last-good nor the ID of a backup",
      })
  void ofARollback(String options, String sentence) {
    refused("rollback", options, sentence);
  }

  private static void refused(String executable, String options, String sentence) {
    Object[] arguments =
        Arrays.stream(("none.yaml " + options).strip().split(" ")).toArray(Object[]::new);
    InThisProcess.requireRefusal(sentence, executable, arguments);
  }

  @Test
  void nagiosIsToldOnOneLineAndByItsOwnExitCodeThatTheFileCannotBeRead() {
    Program.Result result = InThisProcess.run("validate", folder.resolve("none.yaml"), "--nagios");

    assertThat(result.exitCode()).isEqualTo(3);
    assertThat(result.out())
        .startsWith("none.yaml UNKNOWN - ")
        .contains("none.yaml")
        .hasLineCount(1);
  }
}
