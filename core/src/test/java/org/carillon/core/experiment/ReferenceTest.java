package org.carillon.core.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.carillon.core.keys.Reference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The document about the experiment file says what the program does. */
class ReferenceTest {

  private static final Path DOCUMENT = Path.of("..", "docs", "experiment-file.md");

  /** If this fails, replace the document's part between the two marks by what is expected here. */
  @Test
  void theDocumentHoldsExactlyTheKeysOfTheProgram() throws IOException {
    Files.writeString(
        Path.of("target", "experiment-keys.md"),
        Reference.markdown(Keys.SCHEMA, "the experiment") + "\n");
    String document = Files.readString(DOCUMENT);

    assertThat(document.substring(document.indexOf(Reference.BEGIN)).strip())
        .as("compare with core/target/experiment-keys.md")
        .isEqualTo(Reference.markdown(Keys.SCHEMA, "the experiment"));
  }

  @Test
  void theDocumentsSmallestFileWorks(@TempDir Path folder) throws IOException {
    String document = Files.readString(DOCUMENT);
    String yaml =
        document
            .lines()
            .skip(document.substring(0, document.indexOf("    name: first")).lines().count())
            .takeWhile(line -> !line.isBlank())
            .map(line -> line.substring(4) + "\n")
            .reduce("", String::concat);
    Path file = Files.writeString(folder.resolve("first.yaml"), yaml);

    Experiment experiment = ExperimentLoader.load(file, List.of(), folder).experiment();
    assertThat(experiment.nodes()).containsOnlyKeys("a", "b");
  }
}
