package org.carillon.deploy;

import org.carillon.core.experiment.Experiment;
import org.carillon.ssh.Host;

/** Reaches a host of an experiment. */
@FunctionalInterface
public interface Connector {

  /**
   * Connects.
   *
   * @param name how the user knows the host
   * @throws org.carillon.ssh.HostException if it cannot be reached
   */
  Host connect(String name, Experiment.HostSpec spec);
}
