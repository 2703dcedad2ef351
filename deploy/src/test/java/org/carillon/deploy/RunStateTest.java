package org.carillon.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.carillon.core.CarillonException;
import org.carillon.core.run.RunDirectory;
import org.carillon.ssh.DetachedProcess;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RunStateTest {

  @TempDir Path folder;

  @Test
  void whatIsWrittenIsReadBack() {
    RunDirectory run = new RunDirectory(folder);
    RunState state =
        new RunState(
            "00000000000000ff",
            5,
            List.of(
                new RunState.Entry(
                    "a",
                    Member.Role.WORKER,
                    "/w/a",
                    Optional.of(
                        new DetachedProcess(
                            "/w/a",
                            "a",
                            4711,
                            99,
                            "01234567-89ab-cdef-0123-456789abcdef",
                            "0123456789abcdef0123456789abcdef"))),
                new RunState.Entry(
                    "coordinator", Member.Role.COORDINATOR, "/w/c", Optional.empty())));

    state.write(run);

    assertThat(RunState.read(run)).isEqualTo(state);
  }

  @Test
  void aRunThatEndedInGoodOrderHasNone() {
    assertThatThrownBy(() -> RunState.read(new RunDirectory(folder)))
        .isInstanceOf(CarillonException.class)
        .hasMessageContaining("nothing of " + folder + " is under way");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{",
        "{\"members\":[{}]}",
        "{\"members\":[{\"name\":\"a\",\"role\":\"worker\",\"folder\":\"/w\",\"pid\":1}]}"
      })
  void aDamagedFileIsNamed(String text) throws IOException {
    RunDirectory run = new RunDirectory(folder);
    Files.writeString(run.state(), text);

    assertThatThrownBy(() -> RunState.read(run))
        .isInstanceOf(CarillonException.class)
        .hasMessageContaining("cannot read " + run.state());
  }
}
