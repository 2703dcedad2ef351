package org.carillon.deploy.validate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.carillon.ssh.Command;
import org.carillon.ssh.LocalHost;
import org.carillon.ssh.ShellWords;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ExtendedRegexTest {

  private static final List<String> LINES =
      List.of(
          "ERROR disk 5",
          "error x",
          "warn: took 12ms (3 of 4)",
          "a.b",
          "axb",
          "C:\\dir\\file",
          "[x] ^y$ {z}",
          "tab\there",
          "under_score",
          "x-y",
          "a/b|c",
          "");

  /** Both engines, on lines that tell their ways apart. */
  @Test
  void grepFindsTheLinesThatJavaFinds() {
    List<String> expressions =
        List.of(
            "ERROR",
            "(?i)error",
            "^ERROR|^warn:",
            "\\d+ms",
            "\\bdisk\\b",
            "a\\.b",
            "[\\d]$",
            "\\(\\d+ of \\d\\)",
            "C:\\\\dir",
            "^\\[x\\] \\^y\\$ \\{z\\}$",
            "\\s",
            "^\\S+$",
            "\\w_\\w",
            "[^a-z \\d]",
            "(?:ab?x|x-)+",
            "a\\/b\\|c",
            "\\W{2}",
            "[.]b",
            "\\<|disk");
    StringBuilder script = new StringBuilder();
    for (String expression : expressions) {
      ExtendedRegex regex = ExtendedRegex.of(expression);
      script
          .append("printf '%s\\n' \"$@\" | LC_ALL=C grep -nE ")
          .append(regex.ignoresCase() ? "-i " : "")
          .append("-e ")
          .append(ShellWords.quote(regex.text()))
          .append(" | cut -d: -f1 | tr '\\n' ' '; echo\n");
    }
    List<String> found =
        new LocalHost("here")
            .run(
                Command.script(
                    "set -- " + ShellWords.join(LINES) + "\n" + script, Duration.ofSeconds(20)))
            .out()
            .lines()
            .map(String::strip)
            .toList();
    List<String> expected = new ArrayList<>();
    for (String expression : expressions) {
      List<String> numbers = new ArrayList<>();
      Pattern pattern = Pattern.compile(expression);
      for (int i = 0; i < LINES.size(); i++) {
        if (pattern.matcher(LINES.get(i)).find()) {
          numbers.add(String.valueOf(i + 1));
        }
      }
      expected.add(String.join(" ", numbers));
    }
    assertThat(found).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "(?=x)",
        "(?<!a)b",
        "(?<name>x)",
        "a*?",
        "a++",
        "\\p{L}",
        "\\x41",
        "\\1",
        "\\Qa\\E",
        "[a&&[b]]",
        "[\\]]",
        "[]a]",
        "[^]a]",
        "[\\^a]",
        "a\\",
        "",
        "\\n",
        "x\ny"
      })
  void whatGrepWouldReadInAnotherWayIsRefused(String expression) {
    assertThatThrownBy(() -> ExtendedRegex.of(expression))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("grep -E");
  }
}
