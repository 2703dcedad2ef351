package org.carillon.ssh.nodeset;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Writes a set of names shortly. Names that differ in their numbers only form a family, each a
 * point whose coordinates are its numbers. Points that agree in all coordinates but one become one
 * box with a bracket there; then boxes are merged in the same way along the next coordinate. Along
 * one coordinate the result is the shortest; along several, a full grid becomes one text.
 */
final class NodeSetFold {
  private static final Pattern DIGITS =
      Pattern.compile("[0-9]{1," + NodeSetParser.DIGITS_MAX + "}+(?![0-9])");

  private NodeSetFold() {}

  /** A number as it was written: {@code 007} is 7 in a width of 3. */
  private record Number(int width, long value) implements Comparable<Number> {
    private static final Comparator<Number> ORDER =
        Comparator.comparingInt(Number::width).thenComparingLong(Number::value);

    @Override
    public int compareTo(Number other) {
      return ORDER.compare(this, other);
    }

    String text() {
      return NumberRange.text(value, width);
    }
  }

  static String fold(Collection<String> names) {
    // By the texts between the numbers; the order of the families is that of the texts.
    Map<List<String>, List<List<String>>> families = new LinkedHashMap<>();
    for (String name : names.stream().sorted().toList()) {
      List<String> texts = new ArrayList<>();
      List<String> numbers = new ArrayList<>();
      Matcher matcher = DIGITS.matcher(name);
      int end = 0;
      while (matcher.find()) {
        // What follows more digits than a number may have is a text too.
        if (matcher.start() > 0 && NodeSetParser.isDigit(name.charAt(matcher.start() - 1))) {
          continue;
        }
        texts.add(name.substring(end, matcher.start()));
        numbers.add(matcher.group());
        end = matcher.end();
      }
      texts.add(name.substring(end));
      families.computeIfAbsent(texts, key -> new ArrayList<>()).add(numbers);
    }
    return families.entrySet().stream()
        .flatMap(family -> family(family.getKey(), family.getValue()))
        .collect(Collectors.joining(","));
  }

  private static Stream<String> family(List<String> texts, List<List<String>> points) {
    int dimensions = texts.size() - 1;
    if (dimensions == 0) {
      return Stream.of(texts.getFirst());
    }
    List<List<NavigableSet<Number>>> single = new ArrayList<>();
    for (List<String> point : points) {
      single.add(new ArrayList<>());
    }
    for (int i = 0; i < dimensions; i++) {
      int dimension = i;
      List<Number> column = numbers(points.stream().map(point -> point.get(dimension)).toList());
      for (int row = 0; row < points.size(); row++) {
        single.get(row).add(new TreeSet<>(List.of(column.get(row))));
      }
    }
    // Which coordinate comes first decides how well a grid with holes folds.
    List<List<NavigableSet<Number>>> fromRight = single;
    List<List<NavigableSet<Number>>> fromLeft = single;
    for (int i = 0; i < dimensions; i++) {
      fromRight = merge(fromRight, dimensions - 1 - i);
      fromLeft = merge(fromLeft, i);
    }
    return (fromLeft.size() < fromRight.size() ? fromLeft : fromRight)
        .stream().sorted(NodeSetFold::compare).map(box -> text(texts, box));
  }

  /**
   * Gives each text its width. A number without a zero in front may belong to a padded range that
   * it is long enough for: 100 continues 098, 099, but not 0998, 0999.
   */
  private static List<Number> numbers(List<String> column) {
    TreeSet<Integer> widths = new TreeSet<>();
    column.stream().filter(NumberRange::isPadded).map(String::length).forEach(widths::add);
    return column.stream()
        .map(
            digits ->
                new Number(
                    Optional.ofNullable(widths.floor(digits.length())).orElse(1),
                    Long.parseLong(digits)))
        .toList();
  }

  private static List<List<NavigableSet<Number>>> merge(
      List<List<NavigableSet<Number>>> boxes, int dimension) {
    Map<List<NavigableSet<Number>>, NavigableSet<Number>> merged = new HashMap<>();
    for (List<NavigableSet<Number>> box : boxes) {
      List<NavigableSet<Number>> others = new ArrayList<>(box);
      NavigableSet<Number> own = others.remove(dimension);
      merged.computeIfAbsent(others, key -> new TreeSet<>()).addAll(own);
    }
    List<List<NavigableSet<Number>>> result = new ArrayList<>();
    merged.forEach(
        (others, own) -> {
          List<NavigableSet<Number>> box = new ArrayList<>(others);
          box.add(dimension, own);
          result.add(box);
        });
    return result;
  }

  private static int compare(List<NavigableSet<Number>> one, List<NavigableSet<Number>> other) {
    for (int i = 0; i < one.size(); i++) {
      int order = one.get(i).first().compareTo(other.get(i).first());
      if (order != 0) {
        return order;
      }
    }
    return 0;
  }

  private static String text(List<String> texts, List<NavigableSet<Number>> box) {
    StringBuilder name = new StringBuilder(texts.getFirst());
    for (int i = 0; i < box.size(); i++) {
      NavigableSet<Number> numbers = box.get(i);
      name.append(numbers.size() == 1 ? numbers.first().text() : "[" + ranges(numbers) + "]")
          .append(texts.get(i + 1));
    }
    return name.toString();
  }

  private static String ranges(NavigableSet<Number> numbers) {
    TreeMap<Number, Number> lastByFirst = new TreeMap<>();
    for (Number number : numbers) {
      Map.Entry<Number, Number> before = lastByFirst.lastEntry();
      boolean continues =
          before != null
              && before.getValue().width() == number.width()
              && before.getValue().value() + 1 == number.value();
      lastByFirst.put(continues ? before.getKey() : number, number);
    }
    return lastByFirst.entrySet().stream()
        .map(
            range ->
                range.getKey().equals(range.getValue())
                    ? range.getKey().text()
                    : range.getKey().text() + "-" + range.getValue().text())
        .collect(Collectors.joining(","));
  }
}
