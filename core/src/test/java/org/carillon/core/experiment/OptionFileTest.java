package org.carillon.core.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.carillon.core.CarillonException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OptionFileTest {

  private static final Set<String> KNOWN = Set.of("workers", "num-events", "pattern", "output");

  @TempDir private Path folder;

  private List<OptionFile.Setting> read(String yaml) throws IOException {
    return OptionFile.read(Files.writeString(folder.resolve("options.yaml"), yaml), KNOWN);
  }

  @Test
  void namesMayHaveUnderscoresAndListsBecomeCommaSeparated() throws IOException {
    List<OptionFile.Setting> settings =
        read("workers: [a:1, b:2]\nnum_events: 500\npattern: slow,fast\noutput:\n");
    assertThat(settings)
        .extracting(OptionFile.Setting::name, OptionFile.Setting::value)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple("workers", "a:1,b:2"),
            org.assertj.core.groups.Tuple.tuple("num-events", "500"),
            org.assertj.core.groups.Tuple.tuple("pattern", "slow,fast"));
    assertThat(settings.get(1).at()).endsWith("options.yaml:2:1");
  }

  @Test
  void anEmptyFileHasNoOptions() throws IOException {
    assertThat(read("")).isEmpty();
    assertThat(read("# nothing\n")).isEmpty();
  }

  @Test
  void everyFaultIsReportedWithItsPlaceAndTheNearestKey() {
    assertThatThrownBy(() -> read("num-event: 5\npattern: {a: b}\noutput: [[x]]\nzzz: 1\n"))
        .isInstanceOf(CarillonException.class)
        .hasMessageContaining("4 faults in the options file")
        .hasMessageContaining(
            "options.yaml:1:1: num-event: unknown key; did you mean 'num-events'?")
        .hasMessageContaining("options.yaml:2:10: pattern: expected a value")
        .hasMessageContaining("options.yaml:3:10: output: expected a single value in the list")
        .hasMessageContaining("zzz: unknown key; the keys here are");
  }

  @Test
  void whatIsNoYamlOrNoGroupOfKeysOrNotThereIsRefused() {
    assertThatThrownBy(() -> read("- a\n- b\n")).hasMessageContaining("found a list");
    assertThatThrownBy(() -> read("a: [")).isInstanceOf(CarillonException.class);
    assertThatThrownBy(() -> read("\0\1")).isInstanceOf(CarillonException.class);
    assertThatThrownBy(() -> OptionFile.read(folder.resolve("none.yaml"), KNOWN))
        .hasMessageEndingWith("none.yaml does not exist.");
    assertThatThrownBy(() -> OptionFile.read(folder, KNOWN)).isInstanceOf(CarillonException.class);
  }

  @Test
  void aFileWithoutEndIsRefusedAndNotReadWhole() {
    assertThatThrownBy(() -> OptionFile.read(Path.of("/dev/zero"), KNOWN))
        .isInstanceOf(CarillonException.class)
        .hasMessageContaining("/dev/zero")
        .hasMessageContaining("1 MiB is the most it may have");
  }
}
