package org.carillon.analysis.statistics;

/**
 * What hindsight brings.
 *
 * @param nodes by node, the coordinator first
 * @param arrivals orders of the arrivals of the same event at two workers
 * @param sends orders of sending before receiving
 */
public record HindsightSummary(PerNode<NodeHindsight> nodes, Orders arrivals, Orders sends) {

  /**
   * How many orders are provable.
   *
   * @param n orders with an interval in hindsight at both ends
   * @param online of these, how many were provable by the bounded clock when they were recorded
   * @param hindsight how many are provable now
   */
  public record Orders(long n, long online, long hindsight) {

    /** None at all. */
    public static final Orders NONE = new Orders(0, 0, 0);
  }

  /** Nowhere, for one reason. */
  public static HindsightSummary none(String why) {
    return new HindsightSummary(PerNode.notComparable(why), Orders.NONE, Orders.NONE);
  }

  /** Whether there is any. */
  public boolean exists() {
    return !nodes.known().isEmpty();
  }
}
