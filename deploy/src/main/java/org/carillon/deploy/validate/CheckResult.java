package org.carillon.deploy.validate;

import java.util.List;
import org.carillon.core.CheckVerdict;

/**
 * What one check found.
 *
 * @param check which one
 * @param part of it, where it has several: the name of a test or a pattern, a port; or empty
 * @param verdict how it stands; UNKNOWN if that could not be told
 * @param sentence what was found, without the host's name
 * @param fix what to do about it; empty if it passed
 * @param measurements behind it
 */
public record CheckResult(
    CheckName check,
    String part,
    CheckVerdict verdict,
    String sentence,
    String fix,
    List<Measurement> measurements) {

  public CheckResult {
    part = plain(part);
    sentence = plain(sentence);
    fix = plain(fix);
    measurements = List.copyOf(measurements);
  }

  /** Much of it comes from elsewhere: nothing of that may move a terminal's cursor. */
  private static String plain(String text) {
    return text.replaceAll("\\p{Cntrl}", "?");
  }

  static CheckResult pass(CheckName check, String sentence) {
    return new CheckResult(check, "", CheckVerdict.PASS, sentence, "", List.of());
  }

  static CheckResult warn(CheckName check, String sentence, String fix) {
    return new CheckResult(check, "", CheckVerdict.WARN, sentence, fix, List.of());
  }

  static CheckResult fail(CheckName check, String sentence, String fix) {
    return new CheckResult(check, "", CheckVerdict.FAIL, sentence, fix, List.of());
  }

  static CheckResult unknown(CheckName check, String sentence, String fix) {
    return new CheckResult(check, "", CheckVerdict.UNKNOWN, sentence, fix, List.of());
  }

  /** The same of a part. */
  CheckResult of(String ofPart) {
    return new CheckResult(check, ofPart, verdict, sentence, fix, measurements);
  }

  /** The same with these measurements. */
  CheckResult with(Measurement... found) {
    return with(List.of(found));
  }

  CheckResult with(List<Measurement> found) {
    return new CheckResult(check, part, verdict, sentence, fix, found);
  }

  /** The check and its part: {@code patterns errors}. */
  public String title() {
    return part.isEmpty() ? check.text() : check.text() + " " + part;
  }

  /** Whether it says that all is well, or at least not ill. */
  public boolean isGood() {
    return verdict == CheckVerdict.PASS || verdict == CheckVerdict.WARN;
  }

  /** The finding and what to do about it. */
  public String text() {
    return fix.isEmpty() ? sentence : sentence.replaceFirst("\\.$", "") + "; " + fix;
  }
}
