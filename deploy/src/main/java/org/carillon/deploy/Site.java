package org.carillon.deploy;

import org.carillon.core.experiment.Experiment;
import org.carillon.core.experiment.HostKind;
import org.carillon.ssh.Host;

/**
 * A host of the experiment that deploy is connected to.
 *
 * @param name of the node, or {@code coordinator}
 * @param spec how it is reached
 * @param host the connection
 * @param facts what was found on arrival
 * @param workFolder absolute, for the release and the files of a run under way
 */
record Site(String name, Experiment.HostSpec spec, Host host, HostFacts facts, String workFolder) {

  boolean isLocal() {
    return spec.kind() == HostKind.LOCAL;
  }

  /** The folder of one run's files on this host. */
  String runFolder(String experiment, String run) {
    return workFolder + "/runs/" + experiment + "/" + run;
  }
}
