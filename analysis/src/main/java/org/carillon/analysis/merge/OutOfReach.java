package org.carillon.analysis.merge;

/** A run whose rows are too far out of order to be merged in one pass. */
public final class OutOfReach extends RuntimeException {

  private static final long serialVersionUID = 1L;

  OutOfReach(String why) {
    super(why);
  }

  /** For a run that is not merged for another reason. */
  public static OutOfReach because(String why) {
    return new OutOfReach(why);
  }
}
