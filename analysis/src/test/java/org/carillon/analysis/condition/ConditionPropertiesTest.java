package org.carillon.analysis.condition;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.carillon.analysis.condition.Outcome.Verdict;

class ConditionPropertiesTest {

  private static final Map<String, Integer> PLACES = Map.of("a.b", 3, "a.c", -7, "d", 0);

  /** A text and the whole number that it stands for, worked out beside the parser. */
  record Term(String text, long value) {}

  /** A text and whether it holds. */
  record Claim(String text, boolean holds) {}

  private static Arbitrary<Term> terms(int depth) {
    Arbitrary<Term> leaf =
        Arbitraries.oneOf(
            Arbitraries.integers().between(0, 99).map(n -> new Term("" + n, n)),
            Arbitraries.of(PLACES.keySet()).map(path -> new Term(path, PLACES.get(path))));
    if (depth == 0) {
      return leaf;
    }
    Arbitrary<Term> smaller = terms(depth - 1);
    return Arbitraries.oneOf(
        leaf,
        smaller.map(term -> new Term("-(" + term.text + ")", -term.value)),
        Combinators.combine(smaller, Arbitraries.of('+', '-', '*'), smaller)
            .as(
                (x, sign, y) ->
                    new Term(
                        "(" + x.text + ") " + sign + " (" + y.text + ")",
                        switch (sign) {
                          case '+' -> x.value + y.value;
                          case '-' -> x.value - y.value;
                          default -> x.value * y.value;
                        })));
  }

  private static Arbitrary<Claim> claims(int depth) {
    Arbitrary<Claim> leaf =
        Combinators.combine(terms(2), Arbitraries.of("<", "<=", ">", ">=", "==", "!="), terms(2))
            .as(
                (x, sign, y) -> {
                  int order = Long.compare(x.value, y.value);
                  return new Claim(
                      x.text + sign + y.text,
                      switch (sign) {
                        case "<" -> order < 0;
                        case "<=" -> order <= 0;
                        case ">" -> order > 0;
                        case ">=" -> order >= 0;
                        case "==" -> order == 0;
                        default -> order != 0;
                      });
                });
    if (depth == 0) {
      return leaf;
    }
    Arbitrary<Claim> smaller = claims(depth - 1);
    return Arbitraries.oneOf(
        leaf,
        smaller.map(claim -> new Claim("not (" + claim.text + ")", !claim.holds)),
        Combinators.combine(smaller, smaller)
            .as((x, y) -> new Claim("(" + x.text + ") and (" + y.text + ")", x.holds && y.holds)),
        Combinators.combine(smaller, smaller)
            .as((x, y) -> new Claim("(" + x.text + ") or (" + y.text + ")", x.holds || y.holds)));
  }

  @Provide
  Arbitrary<Claim> claims() {
    return claims(3);
  }

  @Property(tries = 500)
  void aConditionHoldsWhereItsArithmeticDoes(@ForAll("claims") Claim claim) {
    Numbers run =
        path ->
            PLACES.containsKey(path)
                ? new Lookup.Known(BigDecimal.valueOf(PLACES.get(path)))
                : new Lookup.Missing("");
    assertThat(Condition.parse(claim.text).judge(run, run).verdict())
        .isEqualTo(claim.holds ? Verdict.FAILED : Verdict.PASSED);
  }

  @Provide
  Arbitrary<String> garbage() {
    return Arbitraries.oneOf(
        Arbitraries.strings().ofMaxLength(60),
        Arbitraries.of(
                "a.b",
                "and",
                "or",
                "not",
                "baseline",
                "(",
                ")",
                "<",
                ">",
                "=",
                "!",
                "+",
                "-",
                "*",
                "/",
                "5ms",
                "5%",
                "1e9",
                "\"",
                ".",
                ",",
                "p_ns",
                " ",
                "−",
                "9".repeat(40))
            .list()
            .ofMaxSize(20)
            .map(words -> String.join(" ", words)));
  }

  @Property(tries = 2_000)
  void anyTextIsAConditionOrRefusedInOneSentence(@ForAll("garbage") String text) {
    try {
      Condition.parse(text).judge(_ -> new Lookup.Missing(""), _ -> new Lookup.Missing(""));
    } catch (IllegalArgumentException e) {
      assertThat(e).hasMessageContaining("is no condition: character ");
    }
  }
}
