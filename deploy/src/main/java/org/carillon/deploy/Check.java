package org.carillon.deploy;

import org.carillon.core.CheckVerdict;

/**
 * What one check of a host found.
 *
 * @param name what was checked, in a word or two
 * @param verdict how it stands
 * @param sentence what was found
 * @param fix what to do about it; empty if nothing is to be done
 */
public record Check(String name, CheckVerdict verdict, String sentence, String fix) {

  static Check pass(String name, String sentence) {
    return new Check(name, CheckVerdict.PASS, sentence, "");
  }

  static Check warn(String name, String sentence, String fix) {
    return new Check(name, CheckVerdict.WARN, sentence, fix);
  }

  static Check fail(String name, String sentence, String fix) {
    return new Check(name, CheckVerdict.FAIL, sentence, fix);
  }

  static Check unknown(String name, String sentence, String fix) {
    return new Check(name, CheckVerdict.UNKNOWN, sentence, fix);
  }

  /** The finding and what to do about it. */
  public String text() {
    return sentence + (fix.isEmpty() ? "" : "; " + fix);
  }
}
