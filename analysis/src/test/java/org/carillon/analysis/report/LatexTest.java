package org.carillon.analysis.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LatexTest {

  /** Everything that means something to TeX, letters of many scripts, and what grows together. */
  private static final String NASTY =
      "\\input{x} {$&#%_^~} <|> \"'` [x] *-- ,, ?` !` é ß Ð þ × ± − ≤ ⌈µμ⌉ – — … 中 🕰 \u0000 \u2028"
          + " 0123456789abcdef0123456789abcdef";

  private static final Table TABLE =
      Table.of(
              "nasty-1_2",
              NASTY,
              List.of("node", NASTY, "n"),
              List.of(
                  List.of("[a]", NASTY, "1,000"), List.of("*", "", "−2"), List.of("%", "a", "–")))
          .captioned(NASTY);

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '!',
      quoteCharacter = '§',
      value = {
        "worker_n1 ! worker\\_n1",
        "99.9 % & more ! 99.9 \\% \\& more",
        "\\x{y} ! \\textbackslash{}x\\{y\\}",
        "a--b ! a-{}-b",
        "1,000 ! 1,000",
        "[a] ! {[}a{]}",
        "630 µs ! 630 \\ensuremath{\\mu}s",
        "−3 ! \\ensuremath{-}3",
        "é中 ! é{[}U+4E2D{]}"
      })
  void nothingThatARunTellsIsTakenForACommand(String text, String latex) {
    assertThat(Latex.escaped(text)).isEqualTo(latex);
  }

  /** Without a LaTeX: braces balance, and nothing special is left once all commands are away. */
  @Test
  void theNastiestTextLeavesNothingSpecial() {
    String rest =
        Latex.escaped(NASTY)
            .replaceAll("\\\\(textbackslash|text[a-z]+|ensuremath|allowbreak|dots)\\b", "")
            .replaceAll("\\\\(pm|times|le|lceil|rceil|mu)\\b", "")
            .replaceAll("\\\\[{}$&#%_]", "")
            .replace("-- --- ", ""); // the dashes that were meant
    assertThat(rest).doesNotContainPattern("[\\\\$&#%_^~<>|\"`]").doesNotContain("--", ",,");
    int depth = 0;
    for (char c : rest.toCharArray()) {
      depth += c == '{' ? 1 : c == '}' ? -1 : 0;
      assertThat(depth).isNotNegative();
    }
    assertThat(depth).isZero();
    assertThat(Pattern.compile("[^\\x20-\\x7E\\u00C0-\\u00FF]").matcher(rest).find()).isFalse();
  }

  @Test
  void aTableIsAFloatWithRulesAndALabel() {
    assertThat(
            Latex.of(
                Table.of(
                        "latency",
                        "Latency in ms",
                        List.of("clock", "n"),
                        List.of(List.of("system", "3,000")))
                    .captioned("By nearest rank.")))
        .isEqualTo(
            """
            % Needs \\usepackage{booktabs,graphicx}.

            \\begin{table}[htbp]
            \\centering
            \\caption{Latency in ms. By nearest rank.}
            \\label{tab:latency}
            \\sbox0{\\begin{tabular}{@{}lr@{}}
            \\toprule
            clock & n \\\\
            \\midrule
            system & 3,000 \\\\
            \\bottomrule
            \\end{tabular}}%
            \\ifdim\\wd0>\\linewidth\\resizebox{\\linewidth}{!}{\\usebox0}\\else\\usebox0\\fi
            \\end{table}
            """);
  }

  /** Eight nodes side by side, one with a long name. */
  private static Table wide() {
    List<String> nodes =
        IntStream.range(0, 8)
            .mapToObj(i -> "compute-" + i + (i == 3 ? ".lab.example.org" : ""))
            .toList();
    return Table.of("wide", "A column per node", nodes, List.of(nodes, nodes));
  }

  @Test
  void aRealLatexSetsIt(@TempDir Path folder) throws IOException, InterruptedException {
    if (Stream.of(System.getenv("PATH").split(File.pathSeparator))
        .noneMatch(path -> Files.isExecutable(Path.of(path, "pdflatex")))) {
      // A LaTeX is large and seldom there; the tests above need none.
      return;
    }
    Files.writeString(
        folder.resolve("tables.tex"), Latex.of(List.of(TABLE, TABLE.from("x"), wide())));
    Files.writeString(
        folder.resolve("paper.tex"),
        """
        \\documentclass{article}
        \\usepackage{booktabs,graphicx}
        \\begin{document}
        \\input{tables}
        \\end{document}
        """);
    Process latex =
        new ProcessBuilder("pdflatex", "-halt-on-error", "-interaction=nonstopmode", "paper.tex")
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("out").toFile())
            .start();
    assertThat(latex.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(latex.exitValue()).as(Files.readString(folder.resolve("out"))).isZero();
    assertThat(folder.resolve("paper.pdf")).isNotEmptyFile();
    assertThat(Files.readString(folder.resolve("out")))
        .as("nothing runs over the margin")
        .doesNotContain("Overfull \\hbox");
  }
}
