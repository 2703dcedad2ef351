package org.carillon.core.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.carillon.core.CarillonException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExperimentLockTest {

  @TempDir Path folder;

  @Test
  void theSecondIsRefusedAndToldWhoHoldsIt() {
    try (ExperimentLock held = ExperimentLock.take(folder, "process 4711 on head")) {
      assertThat(held).isNotNull();
      assertThatThrownBy(() -> ExperimentLock.take(folder, "process 4712 on head"))
          .isInstanceOf(CarillonException.class)
          .hasMessageContaining("another run of this experiment is under way")
          .hasMessageContaining("process 4711 on head");
    }
  }

  @Test
  void itCanBeTakenAgainAfterItsRelease() {
    ExperimentLock.take(folder, "first").close();
    try (ExperimentLock again = ExperimentLock.take(folder, "second")) {
      assertThat(again).isNotNull();
    }
  }

  @Test
  void twoExperimentsDoNotHinderEachOther() {
    try (ExperimentLock a = ExperimentLock.take(folder.resolve("a"), "a");
        ExperimentLock b = ExperimentLock.take(folder.resolve("b"), "b")) {
      assertThat(a).isNotSameAs(b);
    }
  }

  @Test
  void aFileLeftByADeadProcessHindersNobody() throws IOException {
    Files.writeString(folder.resolve(".lock"), "process 1 on a machine long gone\n");
    try (ExperimentLock lock = ExperimentLock.take(folder, "me")) {
      assertThat(lock).isNotNull();
      assertThat(folder.resolve(".lock")).hasContent("me\n");
    }
  }

  @Test
  void aLockHeldByAnotherProcessIsRespectedUntilThatIsKilled() throws Exception {
    Process holder =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Holder.class.getName(),
                folder.toString())
            .start();
    try {
      assertThat(holder.inputReader().readLine()).isEqualTo("held");
      assertThatThrownBy(() -> ExperimentLock.take(folder, "me"))
          .hasMessageContaining("process 99 on elsewhere");
    } finally {
      holder.destroyForcibly().waitFor();
    }
    try (ExperimentLock lock = ExperimentLock.take(folder, "me")) {
      assertThat(lock).isNotNull();
    }
  }

  /** A process that holds the lock until it is killed. */
  static final class Holder {
    private Holder() {}

    public static void main(String[] args) throws IOException {
      ExperimentLock lock = ExperimentLock.take(Path.of(args[0]), "process 99 on elsewhere");
      System.out.println("held");
      System.in.read();
      lock.close();
    }
  }
}
