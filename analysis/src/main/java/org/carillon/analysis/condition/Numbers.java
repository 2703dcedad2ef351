package org.carillon.analysis.condition;

/** Numbers that have paths such as {@code causality.bounded.n1.violations}. */
@FunctionalInterface
public interface Numbers {

  /** What stands at a path, whose keys are joined by dots. */
  Lookup find(String path);
}
