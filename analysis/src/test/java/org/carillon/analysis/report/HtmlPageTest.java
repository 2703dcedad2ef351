package org.carillon.analysis.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.carillon.analysis.diagnosis.Answer;
import org.carillon.analysis.diagnosis.Answer.Verdict;
import org.junit.jupiter.api.Test;

class HtmlPageTest {

  private static String of(Block... blocks) {
    return HtmlPage.of(
        new Document("Clock report", "a <run>", Optional.of("Faults <x>"), List.of(blocks)));
  }

  @Test
  void everyTextIsEscaped() {
    String bad = "<i>&\"'";
    assertThat(
            of(
                new Block.Heading(bad),
                new Block.Paragraph(bad),
                new Block.Note(bad),
                new Block.Bullets(List.of(bad)),
                new Block.Notice(true, bad, List.of(bad)),
                new Block.Answers(List.of(new Answer(Verdict.HOLDS, bad))),
                new Block.Figure("f", bad, bad, "<svg></svg>", Optional.empty()),
                new Block.Terms(List.of(new Block.Term(bad, bad))),
                Table.of("t", bad, List.of(bad), List.of(List.of(bad))).captioned(bad)))
        .doesNotContain("<i>", "<run>", "<x>")
        .contains("&lt;i&gt;&amp;&quot;&#39;", "a &lt;run&gt;", "Faults &lt;x&gt;", "<svg></svg>");
  }

  @Test
  void everyHeadingAndNoticeIsASectionOfItsOwn() {
    String page =
        of(
            new Block.Heading("A"),
            new Block.Paragraph("a"),
            new Block.Notice(false, "N", List.of("n")),
            new Block.Heading("B"));
    assertThat(page)
        .contains("<section><h2>A</h2>\n<p>a</p>\n</section>\n<section class=\"warnings\"><h2>N")
        .endsWith("<section><h2>B</h2>\n</section>\n</main>\n</body>\n</html>\n");
  }

  @Test
  void aVerdictIsNotToldByItsColourAlone() {
    assertThat(
            of(
                new Block.Answers(
                    List.of(
                        new Answer(Verdict.HOLDS, "It holds."),
                        new Answer(Verdict.DOES_NOT_HOLD, "It does not hold."),
                        new Answer(Verdict.CANNOT_BE_TOLD, "It cannot be told.")))))
        .contains("<li class=\"holds\">It holds.</li>")
        .contains("<li class=\"fails\">It does not hold.</li>")
        .contains("<li class=\"open\">It cannot be told.</li>");
  }

  @Test
  void numbersStandUnderEachOther() {
    assertThat(
            of(
                Table.of(
                    "t", "T", List.of("node", "n"), List.of(List.of("1x", "3"), List.of("b", "")))))
        .contains("<th scope=\"col\">node</th>", "<th scope=\"col\" class=\"n\">n</th>")
        .contains("<td>1x</td>", "<td class=\"n\">3</td>");
  }
}
