package org.carillon.deploy.validate;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.carillon.core.time.DurationText;

/**
 * Sentences that differ in their measured numbers only, as one with the smallest and the greatest
 * of each: {@code disk 91–96 % full}.
 */
final class Ranges {

  private static final String PART = "\\d+(?:\\.\\d+)?(?:ns|us|ms|s|m|h|d)";

  /** A duration such as 2h5m, or a mere number; what is part of a name or a path is neither. */
  private static final Pattern NUMBER =
      Pattern.compile("(?<![\\w./:-])(?:(?:" + PART + ")+|\\d+(?:\\.\\d+)?)(?![\\w/:-]|\\.\\w)");

  private static final Pattern DURATION_PART = Pattern.compile(PART);

  private Ranges() {}

  /** What sentences have in common that can stand together. */
  static String skeleton(String sentence) {
    return NUMBER.matcher(sentence).replaceAll(found -> isDuration(found.group()) ? "#s" : "#");
  }

  /**
   * One sentence for all.
   *
   * @param sentences of one skeleton, one at least
   */
  static String fold(List<String> sentences) {
    List<List<String>> numbers = new ArrayList<>();
    for (String sentence : sentences) {
      numbers.add(NUMBER.matcher(sentence).results().map(MatchResult::group).toList());
    }
    int[] place = {0};
    return NUMBER
        .matcher(sentences.getFirst())
        .replaceAll(
            found -> {
              int at = place[0]++;
              return range(numbers.stream().map(one -> one.get(at)).distinct().toList());
            });
  }

  private static String range(List<String> texts) {
    List<String> sorted = texts.stream().sorted(Comparator.comparing(Ranges::size)).toList();
    return sorted.size() == 1 ? sorted.getFirst() : sorted.getFirst() + "–" + sorted.getLast();
  }

  private static BigDecimal size(String number) {
    return isDuration(number)
        ? DURATION_PART
            .matcher(number)
            .results()
            .map(part -> BigDecimal.valueOf(DurationText.parseNs(part.group())))
            .reduce(BigDecimal.ZERO, BigDecimal::add)
        : new BigDecimal(number);
  }

  private static boolean isDuration(String number) {
    return !Character.isDigit(number.charAt(number.length() - 1));
  }
}
