package org.carillon.ntp.simulation;

import java.time.Duration;
import java.util.List;

/**
 * A node's clock, the servers that it asks, and how often.
 *
 * @param name in words, for messages
 * @param clock error of the node's clock
 * @param servers at least one
 * @param seed of all that is random on the way
 */
public record Scenario(
    String name,
    ClockError clock,
    List<Server> servers,
    Duration poll,
    Duration length,
    long seed) {
  public Scenario {
    servers = List.copyOf(servers);
  }

  @Override
  public String toString() {
    return name + ", seed " + seed;
  }
}
