package org.carillon.analysis.condition;

/** A place where a text stops being a condition. */
final class ConditionFault extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /**
   * @param position of the first character that is wrong, from 1
   * @param expected what could have stood there
   * @param found what stands there
   */
  ConditionFault(int position, String expected, String found) {
    super("character " + position + ": expected " + expected + ", found " + found);
  }
}
