package org.carillon.analysis.condition;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Optional;
import java.util.Set;
import org.carillon.analysis.condition.Lookup.Known;
import org.carillon.analysis.condition.Lookup.Missing;

/** A condition as a tree: a quantity has a number, a test is true, false or neither. */
sealed interface Expression {

  /** Digits that a computation keeps; more than any count or time has. */
  MathContext DIGITS = MathContext.DECIMAL128;

  /** What a quantity measures; a number that somebody wrote fits everything. */
  enum Unit {
    ANY,
    COUNT,
    TIME,
    /** A sum of what cannot be added. */
    CLASH;

    Unit with(Unit other) {
      return this == other || other == ANY ? this : this == ANY ? other : CLASH;
    }
  }

  /** Where the numbers come from. */
  record Runs(Numbers run, Numbers baseline) {}

  /** Adds the places that it names, in the order in which it names them. */
  void places(Set<Place> of);

  /** Something with a number. */
  sealed interface Quantity extends Expression {

    /** The number, or why there is none. */
    Lookup of(Runs runs);

    Unit unit();

    /** The same, with every {@code baseline} standing for that of this path. */
    Quantity withBaselineOf(String path);
  }

  /** Something true or false. */
  sealed interface Test extends Expression {
    Truth of(Runs runs);
  }

  /** A number as it was written; durations in ns. */
  record Literal(BigDecimal value, Unit unit) implements Quantity {
    @Override
    public Lookup of(Runs runs) {
      return new Known(value);
    }

    @Override
    public Quantity withBaselineOf(String path) {
      return this;
    }

    @Override
    public void places(Set<Place> of) {}
  }

  /** The number at a path, of the run or of the baseline. */
  record Place(String path, boolean baseline) implements Quantity {
    @Override
    public Lookup of(Runs runs) {
      return (baseline ? runs.baseline() : runs.run()).find(path);
    }

    @Override
    public Unit unit() {
      return path.endsWith("_ns") ? Unit.TIME : Unit.COUNT;
    }

    @Override
    public Quantity withBaselineOf(String other) {
      return this;
    }

    @Override
    public void places(Set<Place> of) {
      of.add(this);
    }
  }

  /** The word {@code baseline} until it is known which path it is about. */
  record Baseline() implements Quantity {
    @Override
    public Lookup of(Runs runs) {
      throw new IllegalStateException("the parser leaves no baseline without a path");
    }

    @Override
    public Unit unit() {
      return Unit.ANY;
    }

    @Override
    public Quantity withBaselineOf(String path) {
      return new Place(path, true);
    }

    @Override
    public void places(Set<Place> of) {}
  }

  /** Two quantities and one of + - * /. */
  record Arithmetic(char sign, Quantity left, Quantity right) implements Quantity {
    @Override
    public Lookup of(Runs runs) {
      Lookup a = left.of(runs);
      Lookup b = right.of(runs);
      Optional<BigDecimal> x = a.number();
      Optional<BigDecimal> y = b.number();
      if (x.isEmpty() || y.isEmpty()) {
        return x.isEmpty() ? a : b;
      }
      if (sign == '/' && y.get().signum() == 0) {
        return new Missing("it divides by 0");
      }
      return new Known(
          switch (sign) {
            case '+' -> x.get().add(y.get(), DIGITS);
            case '-' -> x.get().subtract(y.get(), DIGITS);
            case '*' -> x.get().multiply(y.get(), DIGITS);
            case '/' -> x.get().divide(y.get(), DIGITS);
            default -> throw new IllegalStateException("no arithmetic with " + sign);
          });
    }

    @Override
    public Unit unit() {
      Unit a = left.unit();
      Unit b = right.unit();
      if (a == Unit.CLASH || b == Unit.CLASH) {
        return Unit.CLASH;
      }
      return switch (sign) {
        case '+', '-' -> a.with(b);
        case '/' -> b == Unit.TIME ? Unit.ANY : a == Unit.TIME ? a : a.with(b);
        default -> a == Unit.TIME || b == Unit.TIME ? Unit.TIME : a.with(b);
      };
    }

    @Override
    public Quantity withBaselineOf(String path) {
      return new Arithmetic(sign, left.withBaselineOf(path), right.withBaselineOf(path));
    }

    @Override
    public void places(Set<Place> of) {
      left.places(of);
      right.places(of);
    }
  }

  /** Two quantities and which is larger. */
  record Comparison(String sign, Quantity left, Quantity right) implements Test {
    @Override
    public Truth of(Runs runs) {
      Optional<BigDecimal> x = left.of(runs).number();
      Optional<BigDecimal> y = right.of(runs).number();
      if (x.isEmpty() || y.isEmpty()) {
        return Truth.UNKNOWN;
      }
      int order = x.get().compareTo(y.get());
      return Truth.of(
          switch (sign) {
            case "<" -> order < 0;
            case "<=" -> order <= 0;
            case ">" -> order > 0;
            case ">=" -> order >= 0;
            case "==" -> order == 0;
            case "!=" -> order != 0;
            default -> throw new IllegalStateException("no comparison with " + sign);
          });
    }

    @Override
    public void places(Set<Place> of) {
      left.places(of);
      right.places(of);
    }
  }

  /** Two tests of which both, or at least one, must hold. */
  record Both(boolean and, Test left, Test right) implements Test {
    @Override
    public Truth of(Runs runs) {
      return and ? left.of(runs).and(right.of(runs)) : left.of(runs).or(right.of(runs));
    }

    @Override
    public void places(Set<Place> of) {
      left.places(of);
      right.places(of);
    }
  }

  /** A test that must not hold. */
  record Not(Test test) implements Test {
    @Override
    public Truth of(Runs runs) {
      return test.of(runs).not();
    }

    @Override
    public void places(Set<Place> of) {
      test.places(of);
    }
  }
}
