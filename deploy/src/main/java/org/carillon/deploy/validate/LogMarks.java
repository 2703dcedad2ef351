package org.carillon.deploy.validate;

import java.util.Map;
import java.util.SequencedMap;
import java.util.TreeMap;

/**
 * How long the logs were at a moment. What stands behind that is newer, whatever the host's clock
 * and the lines themselves say of the time.
 *
 * @param byHost for each host, for each log: its inode and its size in bytes
 */
public record LogMarks(Map<String, Map<String, Mark>> byHost) {

  /** A file as it was; one that was not there has inode 0. */
  public record Mark(long inode, long sizeBytes) {}

  /** Nothing is known of any. */
  public static final LogMarks NONE = new LogMarks(Map.of());

  /** These, and of the hosts that were looked at later what was seen then. */
  public LogMarks plus(LogMarks later) {
    Map<String, Map<String, Mark>> both = new TreeMap<>(byHost);
    both.putAll(later.byHost);
    return new LogMarks(both);
  }

  /** Of one host. */
  Map<String, Mark> of(String host) {
    return byHost.getOrDefault(host, Map.of());
  }

  static LogMarks of(SequencedMap<String, Map<String, Mark>> found) {
    return new LogMarks(new TreeMap<>(found));
  }
}
