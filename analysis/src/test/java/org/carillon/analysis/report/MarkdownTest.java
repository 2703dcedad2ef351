package org.carillon.analysis.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.carillon.analysis.diagnosis.Answer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MarkdownTest {

  private static String of(Block... blocks) {
    return Markdown.of(new Document("Report", "run", Optional.empty(), List.of(blocks)));
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '!',
      quoteCharacter = '"',
      value = {
        "worker_n1.csv ! worker_n1.csv",
        "_n_ ! \\_n\\_",
        "a|b ! a\\|b",
        "<b>&amp; ! &lt;b&gt;&amp;amp;",
        "*x* `y` [z](u) ~s~ ! \\*x\\* \\`y\\` \\[z\\](u) \\~s\\~",
        "\\n ! \\\\n"
      })
  void nothingThatARunTellsIsTakenForMarkup(String text, String markdown) {
    assertThat(Markdown.escaped(text)).isEqualTo(markdown);
  }

  @Test
  void aCellStaysOnItsLine() {
    assertThat(Markdown.escaped("a\r\nb\u0000\u2028c")).isEqualTo("a b c");
  }

  @Test
  void aLineDoesNotBeginAListOrAHeadingByChance() {
    assertThat(of(new Block.Bullets(List.of("1. no", "# no", "- no", "12 events", "1795 ns"))))
        .contains("- 1\\. no\n- \\# no\n- \\- no\n- 12 events\n- 1795 ns\n");
  }

  @Test
  void theWholeDocumentIsThere() {
    Table table =
        Table.of("t", "Title", List.of("node", "n"), List.of(List.of("a|b", "3")))
            .captioned("By what.");
    assertThat(
            Markdown.of(
                new Document(
                    "Clock report",
                    "x/y",
                    Optional.of("Mark"),
                    List.of(
                        new Block.Heading("The answer"),
                        new Block.Answers(
                            List.of(new Answer(Answer.Verdict.HOLDS, "Ordering holds."))),
                        new Block.Notice(false, "1 warning", List.of("Beware.")),
                        new Block.Heading("Figures"),
                        new Block.Figure("f", "Figure", "How.", "<svg/>", Optional.of("f.svg")),
                        new Block.Figure("g", "Other", "How too.", "<svg/>", Optional.empty()),
                        table,
                        new Block.Note("Not all."),
                        new Block.Terms(List.of(new Block.Term("n", "how many"))),
                        new Block.Paragraph("End.")))))
        .isEqualTo(
            """
            # Clock report: x/y

            **Mark**

            ## The answer

            1. Ordering holds.

            ## 1 warning

            - Beware.

            ## Figures

            ### Figure

            ![Figure](f.svg)

            How.

            ### Other

            How too.

            **Title**

            By what.

            | node | n |
            |:--|--:|
            | a\\|b | 3 |

            *Not all.*

            - **n**: how many

            End.
            """);
  }
}
