package org.carillon.deploy.validate;

import java.util.SequencedMap;
import java.util.Set;

/** Looks at all hosts together, since no one of them alone can tell. */
interface FleetwideCheck {

  /** What its results are of. */
  Set<CheckName> names();

  /**
   * Looks.
   *
   * @param nodes that answer; at least one
   */
  void look(SequencedMap<String, Node> nodes, Question question, Findings findings);
}
