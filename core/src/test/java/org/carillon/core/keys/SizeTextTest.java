package org.carillon.core.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SizeTextTest {

  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "64B, 64",
    "1.5KiB, 1536",
    "64MiB, 67108864",
    "2GB, 2000000000",
    "3 kB, 3000"
  })
  void sizesAreReadWithTheirUnits(String text, long bytes) {
    assertThat(SizeText.parseBytes(text)).isEqualTo(bytes);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "64", "-1B", "1iB", "1.5B", "1 Mb", "B", "99999999999TiB"})
  void whatIsNoSizeIsRefused(String text) {
    assertThatThrownBy(() -> SizeText.parseBytes(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'" + text + "'");
  }

  @Property
  void formatIsReadBack(@ForAll @LongRange(min = 0) long bytes) {
    assertThat(SizeText.parseBytes(SizeText.format(bytes))).isEqualTo(bytes);
  }
}
