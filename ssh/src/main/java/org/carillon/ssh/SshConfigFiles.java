package org.carillon.ssh;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The OpenSSH configuration that counts for a host; read once for all hosts that share it. */
final class SshConfigFiles {
  private final Account account;
  private final Map<Optional<Path>, List<SshConfigFile>> read = new HashMap<>();

  SshConfigFiles(Account account) {
    this.account = account;
  }

  /**
   * The files in the order in which they count.
   *
   * @throws HostException of kind SETTINGS if one cannot be read
   */
  synchronized List<SshConfigFile> of(SshTarget target) {
    List<SshConfigFile> files = read.get(target.configFile());
    if (files == null) {
      files = read(target);
      read.put(target.configFile(), files);
    }
    return files;
  }

  private List<SshConfigFile> read(SshTarget target) {
    try {
      if (target.configFile().isPresent()) {
        Path file = target.configFile().get();
        if (!Files.isReadable(file)) {
          throw settings(
              target,
              "there is no readable SSH configuration "
                  + file
                  + "; correct ssh.config or leave it out");
        }
        return List.of(SshConfigFile.read(file, account.sshFolder(), account.home()));
      }
      return List.of(
          SshConfigFile.read(
              account.sshFolder().resolve("config"), account.sshFolder(), account.home()),
          SshConfigFile.read(
              account.systemFolder().resolve("ssh_config"),
              account.systemFolder(),
              account.home()));
    } catch (IOException e) {
      throw settings(target, "cannot read the SSH configuration: " + LocalCopy.reason(e));
    }
  }

  private static HostException settings(SshTarget target, String complaint) {
    return new HostException(HostException.Kind.SETTINGS, target.name(), complaint);
  }
}
