package org.carillon.ssh;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** A host that hands everything on to another; who extends it puts between what he needs. */
public abstract class ForwardingHost implements Host {
  private final Host host;

  /**
   * @param host that does the work
   */
  protected ForwardingHost(Host host) {
    this.host = host;
  }

  @Override
  public String name() {
    return host.name();
  }

  @Override
  public CommandResult run(Command command) {
    return host.run(command);
  }

  @Override
  public void upload(Path local, String remote, Duration deadline) {
    host.upload(local, remote, deadline);
  }

  @Override
  public void download(String remote, Path localFile, Duration deadline) {
    host.download(remote, localFile, deadline);
  }

  @Override
  public List<RemoteFile> list(String remoteFolder, Duration deadline) {
    return host.list(remoteFolder, deadline);
  }

  @Override
  public void close() {
    host.close();
  }
}
