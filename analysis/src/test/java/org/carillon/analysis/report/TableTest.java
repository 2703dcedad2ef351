package org.carillon.analysis.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TableTest {

  private static Table of(String... cells) {
    return Table.of(
        "name", "Title", List.of("column"), List.of(cells).stream().map(List::of).toList());
  }

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource(
      delimiter = ';',
      value = {
        "3,000; true",
        "−0.003; true",
        "99.9 %; true",
        "below 0.1 %; true",
        "98.0 % to 99.9 %; true",
        "630 µs; true",
        "–; true",
        "3f0c9a; false",
        "2026-11-22T10:15:30Z; false",
        "system; false",
        "node1; false",
        "1 of 3; false"
      })
  void aColumnOfNumbersIsRecognised(String cell, boolean isNumber) {
    assertThat(of(cell, cell).numericColumns().get(0)).isEqualTo(isNumber);
  }

  @Test
  void oneTextMakesAColumnOfTextsAndAnEmptyCellNone() {
    assertThat(of("1", "one").numericColumns().isEmpty()).isTrue();
    assertThat(of("1", "").numericColumns().get(0)).isTrue();
    assertThat(of("", "").numericColumns().isEmpty()).isTrue();
  }

  @Test
  void aLongTableIsCutAndSaysWhereTheRestIs() {
    Table table = of(IntStream.range(0, 1_234).mapToObj(String::valueOf).toArray(String[]::new));
    assertThat(table.shown()).hasSize(200);
    assertThat(table.heading())
        .isEqualTo("Title (the first 200 of 1,234 rows; statistics/summary.json has all)");
    assertThat(table.from("control.json").heading()).contains("control.json has all");
    assertThat(of("1").heading()).isEqualTo("Title");
  }

  @Test
  void aRowMustHaveACellPerColumnAndANameMustBeOneOfAFile() {
    assertThatThrownBy(() -> Table.of("t", "", List.of("a", "b"), List.of(List.of("1"))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("1 cells in 2 columns");
    assertThatThrownBy(() -> Table.of("../t", "", List.of("a"), List.of()))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
