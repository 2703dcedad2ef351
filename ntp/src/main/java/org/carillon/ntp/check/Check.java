package org.carillon.ntp.check;

import java.util.Objects;
import org.carillon.core.CheckVerdict;

/**
 * What one check of a clock found.
 *
 * @param name what was checked, in a word or two
 * @param measured the value, with its unit
 * @param limit what it is held against; empty if it is only looked at
 * @param sentence what that means; empty if the value says it all
 * @param fix what to do about it; empty if nothing is to be done
 */
public record Check(
    String name, CheckVerdict verdict, String measured, String limit, String sentence, String fix) {
  public Check {
    Objects.requireNonNull(verdict);
    if (name.isBlank() || measured.isBlank()) {
      throw new IllegalArgumentException("a check has a name and says what it found");
    }
    if (verdict != CheckVerdict.PASS && sentence.isBlank()) {
      throw new IllegalArgumentException(name + " must say why it is not passed");
    }
  }

  static Check pass(String name, String measured, String limit) {
    return new Check(name, CheckVerdict.PASS, measured, limit, "", "");
  }
}
