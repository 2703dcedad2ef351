package org.carillon.ssh;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Detached processes where {@code sh} is bash, as on Red Hat's systems, instead of dash. */
class SshDetachedBashIT extends DetachedContract {
  private static SshdFixture sshd;
  private static SshHosts hosts;
  private static Host host;

  @BeforeAll
  static void connect(@TempDir Path folder) throws IOException {
    Files.createSymbolicLink(folder.resolve("sh"), Path.of("/bin/bash"));
    sshd =
        new SshdFixture(
            folder, "ForceCommand PATH=" + folder + ":$PATH; eval \"$SSH_ORIGINAL_COMMAND\"");
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

  @Test
  void isBashIndeed() {
    assertThat(
            host.run(Command.script("sh -c 'echo ${BASH_VERSION:+bash}'", HostContract.DEADLINE))
                .text())
        .isEqualTo("bash");
  }
}
