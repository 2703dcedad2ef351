package org.carillon.ssh;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** Detached processes of an account whose login shell is tcsh. */
class SshDetachedTcshIT extends DetachedContract {
  private static SshdFixture sshd;
  private static SshHosts hosts;
  private static Host host;

  @BeforeAll
  static void connect(@TempDir Path folder) {
    sshd = new SshdFixture(folder, "ForceCommand tcsh -c \"$SSH_ORIGINAL_COMMAND\"");
    hosts = sshd.hosts();
    host = hosts.connect(sshd.target());
  }

  @AfterAll
  static void close() {
    hosts.close();
    sshd.close();
  }

  @Override
  Host host() {
    return host;
  }
}
