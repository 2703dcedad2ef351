package org.carillon.analysis.report;

import java.util.List;
import java.util.Optional;
import org.carillon.analysis.diagnosis.Answer;

/** A part of a document; what it looks like is up to whoever writes the document down. */
public sealed interface Block
    permits Block.Heading,
        Block.Paragraph,
        Block.Note,
        Block.Bullets,
        Block.Notice,
        Block.Answers,
        Block.Figure,
        Block.Terms,
        Table {

  /** Begins a section. */
  record Heading(String text) implements Block {}

  /** Some sentences. */
  record Paragraph(String text) implements Block {}

  /** A remark on what stands before it. */
  record Note(String text) implements Block {}

  /** Sentences that stand side by side. */
  record Bullets(List<String> items) implements Block {
    public Bullets {
      items = List.copyOf(items);
    }
  }

  /**
   * What a reader must know before reading on.
   *
   * @param isError whether something is wrong for certain
   */
  record Notice(boolean isError, String title, List<String> items) implements Block {
    public Notice {
      items = List.copyOf(items);
    }
  }

  /** What the numbers answer, each in a sentence. */
  record Answers(List<Answer> answers) implements Block {
    public Answers {
      answers = List.copyOf(answers);
    }
  }

  /**
   * A figure.
   *
   * @param name of its files, without suffix
   * @param title its heading
   * @param caption what it shows and how to read it
   * @param svg an {@code <svg>} element that needs nothing from outside
   * @param file a picture of it that a browser shows, as seen from the report's folder; none if
   *     none was asked for
   */
  record Figure(String name, String title, String caption, String svg, Optional<String> file)
      implements Block {}

  /** Words and what they mean. */
  record Terms(List<Term> terms) implements Block {
    public Terms {
      terms = List.copyOf(terms);
    }
  }

  /** A word and what it means. */
  record Term(String word, String meaning) {}
}
