package org.carillon.deploy.validate;

import java.util.List;
import java.util.Set;

/** Looks at something on one host, without changing anything there. */
interface HostCheck {

  /** What its results are of. */
  Set<CheckName> names();

  /**
   * Looks.
   *
   * @return at least one result of each name that was asked for
   * @throws org.carillon.ssh.HostException if the host did not let it; its results are then unknown
   */
  List<CheckResult> look(Node node, Question question);
}
