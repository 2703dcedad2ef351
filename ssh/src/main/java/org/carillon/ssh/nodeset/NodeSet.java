package org.carillon.ssh.nodeset;

import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.SequencedSet;
import java.util.stream.Collectors;

/**
 * A set of host names, in the order in which they were first mentioned. Two sets are equal if they
 * hold the same names, in whatever order.
 *
 * <p>The notation: names and groups are joined by commas, blanks or newlines; {@code !} takes away
 * what follows, {@code &} keeps only what is in what follows too, from left to right. {@code
 * node[001-128,200]} stands for numbers, with their leading zeros; {@code [0-10/5]} for every
 * fifth; a name may have several brackets, {@code rack[1-2]node[1-4]}, and a bracket may stand in
 * one, {@code node[1-3,1[0-5]]}. {@code @gpu} is a group, {@code @racks:a} one of several of a
 * kind, {@code @*} all of them.
 */
public final class NodeSet {

  /** A set may hold no more names than this; the largest clusters have a tenth. */
  public static final int SIZE_MAX = 100_000;

  /** Names of the domain name system end there (RFC 1035, 2.3.4). */
  static final int NAME_MAX_CHARS = 253;

  private final SequencedSet<String> names;

  private NodeSet(SequencedSet<String> names) {
    this.names = Collections.unmodifiableSequencedSet(names);
  }

  /** A set without groups. */
  public static NodeSet parse(String text) {
    return parse(text, Groups.NONE);
  }

  /**
   * Reads a set.
   *
   * @param groups what the names after {@code @} stand for
   * @throws IllegalArgumentException with a sentence and a position if the text is none, or stands
   *     for more than {@link #SIZE_MAX} names
   */
  public static NodeSet parse(String text, Groups groups) {
    return new NodeSet(new NodeSetParser(text, groups).parse());
  }

  /**
   * The set of these names, each as it stands.
   *
   * @throws IllegalArgumentException if one of them is no name of a host
   */
  public static NodeSet of(Collection<String> names) {
    SequencedSet<String> set = new LinkedHashSet<>();
    for (String name : names) {
      NodeSetParser.requireName(name);
      set.add(name);
      NodeSetParser.requireSize(set.size());
    }
    return new NodeSet(set);
  }

  /** The names, in the order of their first mention. */
  public SequencedSet<String> names() {
    return names;
  }

  /** How many names there are. */
  public int size() {
    return names.size();
  }

  /** Whether there is none. */
  public boolean isEmpty() {
    return names.isEmpty();
  }

  /** This set without the names of another. */
  public NodeSet without(NodeSet others) {
    return new NodeSet(
        names.stream()
            .filter(name -> !others.names.contains(name))
            .collect(Collectors.toCollection(LinkedHashSet::new)));
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof NodeSet set && names.equals(set.names);
  }

  @Override
  public int hashCode() {
    return names.hashCode();
  }

  /**
   * The set as a short text that reads back as the same set: {@code node[001-126],node200}; sorted.
   */
  @Override
  public String toString() {
    return NodeSetFold.fold(names);
  }
}
