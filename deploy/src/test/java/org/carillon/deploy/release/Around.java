package org.carillon.deploy.release;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.carillon.ssh.Command;
import org.carillon.ssh.CommandResult;
import org.carillon.ssh.Host;
import org.carillon.ssh.RemoteFile;

/** A host that hands everything on to another; tests put between what they need. */
class Around implements Host {
  private final Host real;

  Around(Host real) {
    this.real = real;
  }

  @Override
  public String name() {
    return real.name();
  }

  @Override
  public CommandResult run(Command command) {
    return real.run(command);
  }

  @Override
  public void upload(Path local, String remote, Duration deadline) {
    real.upload(local, remote, deadline);
  }

  @Override
  public void download(String remote, Path localFile, Duration deadline) {
    real.download(remote, localFile, deadline);
  }

  @Override
  public List<RemoteFile> list(String remoteFolder, Duration deadline) {
    return real.list(remoteFolder, deadline);
  }

  @Override
  public void close() {
    real.close();
  }
}
