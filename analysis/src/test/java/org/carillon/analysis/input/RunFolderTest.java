package org.carillon.analysis.input;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.carillon.core.CarillonException;
import org.carillon.core.ExitCode;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunFolderTest {

  @TempDir private Path folder;

  @BeforeEach
  void writeTwoRecordings() throws IOException {
    Files.createFile(folder.resolve("coordinator.csv"));
    Files.createFile(folder.resolve("worker_b.csv"));
  }

  private void assertRefused(String name) {
    assertThatThrownBy(() -> RunFolder.open(folder))
        .isInstanceOfSatisfying(
            CarillonException.class,
            fault -> assertThat(fault.exitCode()).isEqualTo(ExitCode.USAGE))
        .hasMessageContaining(name + " is no file that can be read");
  }

  @Test
  void aBrokenLinkInPlaceOfAWorkersFileIsNotPassedOverInSilence() throws IOException {
    Files.createSymbolicLink(folder.resolve("worker_a.csv"), folder.resolve("moved away.csv"));
    assertRefused("worker_a.csv");
  }

  @Test
  void aFolderInPlaceOfAFileIsNotPassedOverInSilence() throws IOException {
    Files.createDirectory(folder.resolve("commit_wait_b.csv"));
    assertRefused("commit_wait_b.csv");
  }

  @Test
  void aLinkToAFileIsAFileAndOtherNamesDoNotMatter() throws IOException {
    Files.createSymbolicLink(folder.resolve("worker_a.csv"), folder.resolve("worker_b.csv"));
    Files.createDirectory(folder.resolve("worker_.csv"));
    Files.createDirectory(folder.resolve("worker_logs"));
    assertThat(RunFolder.open(folder).workers())
        .containsExactly(folder.resolve("worker_a.csv"), folder.resolve("worker_b.csv"));
  }
}
