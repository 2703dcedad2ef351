package org.carillon.deploy.validate;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.carillon.ssh.Command;
import org.carillon.ssh.CommandResult;
import org.carillon.ssh.Host;
import org.carillon.ssh.RemoteFile;

/**
 * A connection for somebody who closes what he uses, while it belongs to somebody who uses it on.
 *
 * @param owned by its owner
 */
record Borrowed(Host owned) implements Host {

  @Override
  public String name() {
    return owned.name();
  }

  @Override
  public CommandResult run(Command command) {
    return owned.run(command);
  }

  @Override
  public void upload(Path local, String remote, Duration deadline) {
    owned.upload(local, remote, deadline);
  }

  @Override
  public void download(String remote, Path localFile, Duration deadline) {
    owned.download(remote, localFile, deadline);
  }

  @Override
  public List<RemoteFile> list(String remoteFolder, Duration deadline) {
    return owned.list(remoteFolder, deadline);
  }

  /** Leaves it open. */
  @Override
  public void close() {}
}
