package org.carillon.core.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import org.carillon.core.CarillonException;
import org.carillon.core.ExitCode;

/** Whatever stands in the file, the loader answers with an experiment or with a clear refusal. */
class ExperimentGarbageTest {

  private static Path folder;

  @BeforeContainer
  static void makeFolder() throws IOException {
    folder = Files.createTempDirectory("garbage");
  }

  @AfterContainer
  static void removeFolder() throws IOException {
    Files.deleteIfExists(folder.resolve("garbage.yaml"));
    Files.delete(folder);
  }

  @Property(tries = 500)
  void randomBytesNeverBreakTheLoader(@ForAll byte[] content) throws IOException {
    answers(content, List.of());
  }

  @Property(tries = 1000)
  void randomYamlNeverBreaksTheLoader(@ForAll("yamlish") String text) throws IOException {
    answers(text.getBytes(StandardCharsets.UTF_8), List.of());
  }

  @Property(tries = 500)
  void randomSettingsNeverBreakTheLoader(@ForAll("yamlish") String setting) throws IOException {
    answers("name: x\n".getBytes(StandardCharsets.UTF_8), List.of(setting, "a=" + setting));
  }

  private static void answers(byte[] content, List<String> settings) throws IOException {
    Path file = Files.write(folder.resolve("garbage.yaml"), content);
    try {
      assertThat(ExperimentLoader.load(file, settings, folder).experiment().nodes()).isNotEmpty();
    } catch (CarillonException e) {
      assertThat(e.exitCode()).isEqualTo(ExitCode.USAGE);
      assertThat(e.getMessage()).contains(settings.isEmpty() ? "garbage.yaml" : ":");
    }
  }

  @Provide
  Arbitrary<String> yamlish() {
    return Arbitraries.of(
            "name", "nodes", "time", "serve", "a", ": ", ":", "\n", "\n  ", "- ", "[", "]", "{",
            "}", ",", "#", "&x ", "*x", "!!int ", "!<t> ", "|\n ", ">-\n ", "'", "\"", "\\x",
            "%YAML", "---\n", "...\n", "\t", "1e9", "0x1f", "~", "null", "<<", "? ", "@", "`",
            "\u0000", "é", "😀", "=", ".")
        .list()
        .ofMaxSize(40)
        .map(parts -> String.join("", parts));
  }
}
