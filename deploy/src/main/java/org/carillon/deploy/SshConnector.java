package org.carillon.deploy;

import org.carillon.core.experiment.Experiment;
import org.carillon.ssh.Host;
import org.carillon.ssh.HostKeyPolicy;
import org.carillon.ssh.LocalHost;
import org.carillon.ssh.SshHosts;
import org.carillon.ssh.SshTarget;

/** Reaches hosts as an experiment file says: this machine directly, others over SSH. */
public final class SshConnector implements Connector, AutoCloseable {
  private final Experiment.Ssh settings;
  private final SshHosts ssh = new SshHosts();

  /**
   * @param settings of all SSH connections
   */
  public SshConnector(Experiment.Ssh settings) {
    this.settings = settings;
  }

  @Override
  public Host connect(String name, Experiment.HostSpec spec) {
    return switch (spec.kind()) {
      case LOCAL -> new LocalHost(name);
      case SSH -> ssh.connect(target(name, spec));
    };
  }

  private SshTarget target(String name, Experiment.HostSpec spec) {
    HostKeyPolicy policy =
        switch (settings.hostKeys()) {
          case STRICT -> HostKeyPolicy.STRICT;
          case ACCEPT_NEW -> HostKeyPolicy.ACCEPT_NEW;
        };
    return new SshTarget(
        name,
        spec.address(),
        spec.sshPort(),
        spec.user(),
        settings.identity(),
        settings.config(),
        settings.knownHosts(),
        policy);
  }

  /** Ends all connections. */
  @Override
  public void close() {
    ssh.close();
  }
}
