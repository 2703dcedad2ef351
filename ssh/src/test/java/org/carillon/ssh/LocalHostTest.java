package org.carillon.ssh;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import org.junit.jupiter.api.Test;

class LocalHostTest extends HostContract {
  private final Host host = new LocalHost("here");

  @Override
  Host host() {
    return host;
  }

  @Test
  void beginsRelativePathsInItsHomeFolder() throws Exception {
    Host there = new LocalHost("there", folder);
    Files.writeString(folder.resolve("file"), "text");
    there.upload(folder.resolve("file"), "made/copy", DEADLINE);
    assertThat(folder.resolve("made/copy")).hasContent("text");
    assertThat(there.run(Command.script("cat made/copy", DEADLINE)).out()).isEqualTo("text");
  }
}
