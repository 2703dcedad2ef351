package org.carillon.ssh.copy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.carillon.ssh.Command;
import org.carillon.ssh.CommandResult;
import org.carillon.ssh.Host;
import org.carillon.ssh.RemoteFile;
import org.carillon.ssh.ShellWords;

/**
 * A host whose shell has something done first, such as making a function of {@code tar}.
 *
 * @param asNobody whether its commands run without the rights of root, if we have them
 */
record BentHost(Host host, String first, boolean asNobody) implements Host {
  private static final boolean IS_ROOT = System.getProperty("user.name").equals("root");

  @Override
  public String name() {
    return host.name();
  }

  @Override
  public CommandResult run(Command command) {
    String text = first + "\n" + command.shellText();
    String words =
        asNobody && IS_ROOT
            ? "exec setpriv --reuid=65534 --regid=65534 --clear-groups sh -c "
                + ShellWords.quote(text)
            : text;
    return host.run(
        new Command(
            words, command.input(), command.deadline(), command.silence(), command.label()));
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
