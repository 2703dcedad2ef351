package org.carillon.core.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.MalformedInputException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.carillon.core.CarillonException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunFilesTest {

  @TempDir private Path folder;

  @Test
  void aReasonIsInWordsAndNotThePathAgain() {
    assertThat(RunFiles.reason(new AccessDeniedException("/a"))).isEqualTo("permission denied");
    assertThat(RunFiles.reason(new MalformedInputException(1))).isEqualTo("it is not UTF-8 text");
    assertThat(RunFiles.reason(new NoSuchFileException("/a")))
        .isEqualTo("there is no such file or folder");
  }

  @Test
  void whatCannotBePublishedLaterIsRefusedAtOnce() throws Exception {
    Path file = Files.createFile(folder.resolve("file"));

    assertThatThrownBy(() -> RunFiles.requirePublishable(file.resolve("ready")))
        .isInstanceOf(CarillonException.class)
        .hasMessageContaining("cannot write " + file.resolve("ready"));
    assertThatThrownBy(() -> RunFiles.requirePublishable(folder))
        .hasMessageContaining("it is a folder");
  }

  @Test
  void whatIsNoRegularFileStaysWhatItIs() throws Exception {
    Path nothing = Files.createSymbolicLink(folder.resolve("nothing"), Path.of("/dev/null"));

    RunFiles.withdraw(nothing);
    RunFiles.publish(nothing, "text");

    assertThat(nothing).isSymbolicLink();
    assertThat(folder).isDirectoryContaining(nothing::equals);
    assertThat(Files.list(folder)).hasSize(1);
  }

  @Test
  void whatCanBePublishedLeavesOnlyItsFolder() throws Exception {
    Path file = folder.resolve("new/ready");

    RunFiles.requirePublishable(file);

    assertThat(file.getParent()).isEmptyDirectory();
  }
}
