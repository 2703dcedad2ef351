package org.carillon.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.carillon.ssh.HostContract.DEADLINE;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.carillon.ssh.copy.Bundle;
import org.carillon.ssh.copy.Delivery;
import org.carillon.ssh.copy.Fetch;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@code hosts} does, of accounts with login shells of all kinds. */
class SshShellsIT {
  @TempDir private Path folder;

  @ParameterizedTest(name = "{0}")
  @ValueSource(
      strings = {
        "exec tcsh -c \"$SSH_ORIGINAL_COMMAND\"",
        "sleep 1; echo Welcome; echo to all >&2; exec sh -c \"$SSH_ORIGINAL_COMMAND\"",
      })
  void aCommandACopyAndAFetchAreDoneUnderAnyLoginShell(String shell) throws Exception {
    String command =
        "ForceCommand case $SSH_ORIGINAL_COMMAND in internal-sftp) exec /usr/lib/openssh/sftp-server ;; *) %s ;; esac";
    String content = "it's !x $HOME\n\"a\" \\ `b`\n";
    Path source = Files.createDirectories(folder.resolve("it's a!b/-c $d"));
    Files.writeString(source.resolve("new\nline"), content);
    Path there = folder.resolve("there !1/its\nplace");
    try (SshdFixture sshd =
            new SshdFixture(
                Files.createDirectory(folder.resolve("sshd")), command.formatted(shell));
        SshHosts hosts = sshd.hosts();
        Bundle bundle = Bundle.of(List.of(source.getParent()))) {
      Host host = hosts.connect(sshd.target());
      Command echo = Command.of(List.of("printf", "%s", content), DEADLINE);
      assertThat(host.run(echo).out()).isEqualTo(content);
      new Delivery(bundle, there + "/", DEADLINE, DEADLINE).on(host);
      new Fetch(List.of(there + "/it's a!b"), folder.resolve("home"), DEADLINE).on(host);
    }
    assertThat(there.resolve("it's a!b/-c $d/new\nline")).hasContent(content);
    assertThat(folder.resolve("home/bell/it's a!b/-c $d/new\nline")).hasContent(content);
  }
}
