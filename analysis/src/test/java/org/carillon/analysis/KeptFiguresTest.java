package org.carillon.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Pictures that need not be drawn again. */
class KeptFiguresTest {

  private static final String NAME = "figures/start.png";
  private static final String SVG = "<svg/>";

  @TempDir Path folder;
  private Output output;

  @BeforeEach
  void onePictureIsThere() {
    output = Output.in(folder);
    byte[] picture = {1, 2, 3};
    output.write(NAME, picture);
    KeptFigures first = KeptFigures.in(output, true);
    assertThat(first.has(NAME, SVG)).isFalse();
    first.put(NAME, SVG, picture);
    first.write();
  }

  @Test
  void aPictureOfTheSameSvgIsKeptFromOneAnalysisToTheNext() {
    KeptFigures second = KeptFigures.in(output, true);
    assertThat(second.has(NAME, SVG)).isTrue();
    second.write();
    assertThat(KeptFigures.in(output, true).has(NAME, SVG)).isTrue();
  }

  @Test
  void aPictureIsDrawnAgainWhereTheSvgOrTheFileIsAnotherOrAllIs() throws IOException {
    assertThat(KeptFigures.in(output, true).has(NAME, "<svg> </svg>")).isFalse();
    assertThat(KeptFigures.in(output, false).has(NAME, SVG)).as("--no-cache").isFalse();
    Files.write(folder.resolve(NAME), new byte[] {1, 2});
    assertThat(KeptFigures.in(output, true).has(NAME, SVG)).isFalse();
    Files.delete(folder.resolve(NAME));
    assertThat(KeptFigures.in(output, true).has(NAME, SVG)).isFalse();
  }

  @Test
  void damagedDigestsAreNone() throws IOException {
    for (String damage : new String[] {"", "{", "[]", "{\"made_by\": 1, \"pictures\": 7}"}) {
      Files.writeString(folder.resolve("statistics/figures.json"), damage);
      assertThat(KeptFigures.in(output, true).has(NAME, SVG)).as(damage).isFalse();
    }
  }
}
