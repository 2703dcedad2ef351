package org.carillon.analysis.condition;

import java.math.BigDecimal;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.carillon.analysis.condition.Expression.Arithmetic;
import org.carillon.analysis.condition.Expression.Baseline;
import org.carillon.analysis.condition.Expression.Both;
import org.carillon.analysis.condition.Expression.Comparison;
import org.carillon.analysis.condition.Expression.Literal;
import org.carillon.analysis.condition.Expression.Not;
import org.carillon.analysis.condition.Expression.Place;
import org.carillon.analysis.condition.Expression.Quantity;
import org.carillon.analysis.condition.Expression.Test;
import org.carillon.analysis.condition.Expression.Unit;
import org.carillon.analysis.condition.Token.Kind;

/**
 * Reads a condition by recursive descent:
 *
 * <pre>
 * or         = and {"or" and}
 * and        = not {"and" not}
 * not        = "not" not | comparison
 * comparison = sum [("&lt;" | "&lt;=" | "&gt;" | "&gt;=" | "==" | "!=") sum]
 * sum        = product {("+" | "-") product}
 * product    = factor {("*" | "/") factor}
 * factor     = "-" factor | number | duration | path | "baseline" ["(" path ")"] | "(" or ")"
 * </pre>
 */
final class Parser {

  private static final Set<String> COMPARISONS = Set.of("<", "<=", ">", ">=", "==", "!=");
  private static final Set<String> WORDS = Set.of("and", "or", "not", "baseline");

  /** Deep enough for people, and far from the end of the stack. */
  private static final int DEEPEST = 100;

  private final List<Token> tokens;
  private int at;
  private int depth;

  private Parser(List<Token> tokens) {
    this.tokens = tokens;
  }

  /**
   * The condition of a text.
   *
   * @throws ConditionFault at the first place that does not fit
   */
  static Test parse(String text) {
    Parser parser = new Parser(Tokens.of(text));
    Token first = parser.peek();
    Test test = parser.requireTest(parser.or(), first);
    if (parser.peek().kind() != Kind.END) {
      throw fault(parser.peek(), "'and', 'or' or the end");
    }
    return test;
  }

  private Token peek() {
    return tokens.get(at);
  }

  private boolean accept(String word) {
    if (peek().is(word)) {
      at++;
      return true;
    }
    return false;
  }

  private void require(String sign, String expected) {
    if (!accept(sign)) {
      throw fault(peek(), expected);
    }
  }

  private static ConditionFault fault(Token token, String expected) {
    return new ConditionFault(token.position(), expected, token.named());
  }

  private Test requireTest(Expression expression, Token first) {
    if (expression instanceof Test test) {
      return test;
    }
    throw peek().kind() == Kind.END || peek().is("and") || peek().is("or") || peek().is(")")
        ? fault(peek(), "a comparison such as > 0 behind " + first.named())
        : fault(peek(), "a comparison such as > 0");
  }

  private static Quantity requireQuantity(Expression expression, Token first) {
    if (expression instanceof Quantity quantity) {
      return quantity;
    }
    throw fault(first, "something with a number, not a comparison");
  }

  private Expression or() {
    Token first = peek();
    Expression left = and();
    while (peek().is("or")) {
      Test before = requireTest(left, first);
      at++;
      Token second = peek();
      left = new Both(false, before, requireTest(and(), second));
    }
    return left;
  }

  private Expression and() {
    Token first = peek();
    Expression left = not();
    while (peek().is("and")) {
      Test before = requireTest(left, first);
      at++;
      Token second = peek();
      left = new Both(true, before, requireTest(not(), second));
    }
    return left;
  }

  private Expression not() {
    if (!accept("not")) {
      return comparison();
    }
    deeper();
    Token first = peek();
    Test test = requireTest(not(), first);
    depth--;
    return new Not(test);
  }

  private Expression comparison() {
    Token first = peek();
    Expression left = sum();
    Token sign = peek();
    if (sign.kind() != Kind.SIGN || !COMPARISONS.contains(sign.text())) {
      return left;
    }
    at++;
    Token second = peek();
    return bound(
        new Comparison(sign.text(), requireQuantity(left, first), requireQuantity(sum(), second)),
        sign);
  }

  /** Gives {@code baseline} the path of its comparison, and sees that the two sides compare. */
  private Comparison bound(Comparison raw, Token sign) {
    Set<Place> places = new LinkedHashSet<>();
    raw.places(places);
    Set<String> paths = new TreeSet<>();
    places.forEach(place -> paths.add(place.path()));
    Comparison whole = raw;
    if (hasBaseline(raw.left()) || hasBaseline(raw.right())) {
      if (paths.size() != 1) {
        throw new ConditionFault(
            sign.position(),
            "one path beside 'baseline', or baseline(PATH)",
            paths.isEmpty() ? "none" : String.join(" and ", paths));
      }
      String path = paths.iterator().next();
      whole =
          new Comparison(
              raw.sign(), raw.left().withBaselineOf(path), raw.right().withBaselineOf(path));
    }
    Unit left = whole.left().unit();
    Unit right = whole.right().unit();
    if (left == Unit.CLASH || right == Unit.CLASH || left.with(right) == Unit.CLASH) {
      throw new ConditionFault(
          sign.position(),
          "times on both sides, or on neither (paths that end in _ns are times)",
          "a time and a count");
    }
    return whole;
  }

  private static boolean hasBaseline(Quantity quantity) {
    return switch (quantity) {
      case Baseline _ -> true;
      case Arithmetic(_, Quantity left, Quantity right) -> hasBaseline(left) || hasBaseline(right);
      case Literal _, Place _ -> false;
    };
  }

  private Expression sum() {
    Token first = peek();
    Expression left = product();
    while (peek().is("+") || peek().is("-")) {
      left = arithmetic(left, first, product(tokens.get(at++)));
    }
    return left;
  }

  private Expression product() {
    Token first = peek();
    Expression left = factor();
    while (peek().is("*") || peek().is("/")) {
      left = arithmetic(left, first, factor(tokens.get(at++)));
    }
    return left;
  }

  /** A sign and what stands behind it. */
  private record Operand(Token sign, Expression value, Token first) {}

  private Operand product(Token sign) {
    Token first = peek();
    return new Operand(sign, product(), first);
  }

  private Operand factor(Token sign) {
    Token first = peek();
    return new Operand(sign, factor(), first);
  }

  private static Quantity arithmetic(Expression left, Token first, Operand right) {
    return new Arithmetic(
        right.sign().text().charAt(0),
        requireQuantity(left, first),
        requireQuantity(right.value(), right.first()));
  }

  private Expression factor() {
    Token token = peek();
    at++;
    switch (token.kind()) {
      case NUMBER:
        return new Literal(token.value(), Unit.ANY);
      case DURATION:
        return new Literal(token.value(), Unit.TIME);
      case QUOTED_PATH:
        return new Place(token.text(), false);
      case PATH:
        if (token.is("baseline")) {
          return baseline();
        }
        if (!WORDS.contains(token.text())) {
          return new Place(token.text(), false);
        }
        break;
      case SIGN:
        if (token.is("-")) {
          deeper();
          Token first = peek();
          Quantity negated = requireQuantity(factor(), first);
          depth--;
          return new Arithmetic('-', new Literal(BigDecimal.ZERO, Unit.ANY), negated);
        }
        if (token.is("(")) {
          deeper();
          Expression inner = or();
          require(")", "')'");
          depth--;
          return inner;
        }
        break;
      case END:
        break;
    }
    at--;
    throw fault(token, "a path, a number, a duration or '('");
  }

  private Quantity baseline() {
    if (!accept("(")) {
      return new Baseline();
    }
    Token path = peek();
    boolean plain = path.kind() == Kind.PATH && !WORDS.contains(path.text());
    if (!plain && path.kind() != Kind.QUOTED_PATH) {
      throw fault(path, "a path");
    }
    at++;
    require(")", "')' behind the path");
    return new Place(path.text(), true);
  }

  private void deeper() {
    if (++depth > DEEPEST) {
      throw new ConditionFault(
          peek().position(), "at most " + DEEPEST + " levels of brackets", "one more");
    }
  }
}
