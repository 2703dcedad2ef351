package org.carillon.deploy.deployable;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.carillon.core.keys.Reference;
import org.junit.jupiter.api.Test;

/** The document about deployables says what the program does. */
class DeployableReferenceTest {

  private static final Path CHECKOUT = Path.of("..");

  /** If this fails, replace the document's part between the two marks by what is expected here. */
  @Test
  void theDocumentHoldsExactlyTheKeysOfTheProgram() throws IOException {
    String keys = Reference.markdown(DeployableLoader.SCHEMA, "the deployable");
    Files.writeString(Path.of("target", "deployable-keys.md"), keys + "\n");
    String document = Files.readString(CHECKOUT.resolve("docs/deploy.md"));

    assertThat(document.substring(document.indexOf(Reference.BEGIN)).strip())
        .as("compare with deploy/target/deployable-keys.md")
        .isEqualTo(keys);
  }

  @Test
  void theExampleIsInOrder() {
    Path example = CHECKOUT.resolve("examples/service/echo.yaml");
    assertThat(DeployableLoader.load(example, List.of(), CHECKOUT).deployable().service())
        .isPresent();
  }
}
