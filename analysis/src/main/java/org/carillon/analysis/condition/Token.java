package org.carillon.analysis.condition;

import java.math.BigDecimal;

/**
 * A word or sign of a condition.
 *
 * @param kind what it is
 * @param text as it was written; of a path, without quotes
 * @param value of a number (a percentage as a share) or of a duration, in ns; else null
 * @param position of its first character, from 1
 */
record Token(Kind kind, String text, BigDecimal value, int position) {

  enum Kind {
    NUMBER,
    DURATION,
    /** A path, or one of the words and, or, not, baseline. */
    PATH,
    /** A path of which a part is quoted, so that it is none of those words. */
    QUOTED_PATH,
    SIGN,
    END
  }

  boolean is(String word) {
    return (kind == Kind.PATH || kind == Kind.SIGN) && text.equals(word);
  }

  /** As it is named in a complaint. */
  String named() {
    return kind == Kind.END ? "the end" : "'" + text + "'";
  }
}
