package org.carillon.analysis.input;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Collectors;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CellsTest {

  @Test
  void splitsAtCommasOutsideQuotes() {
    assertThat(Cells.split("a,\"b,c\",,\"d\"\"e\",")).hasValue(List.of("a", "b,c", "", "d\"e", ""));
    assertThat(Cells.split("")).hasValue(List.of(""));
    assertThat(Cells.split("\"\"")).hasValue(List.of(""));
    assertThat(Cells.split(",")).hasValue(List.of("", ""));
  }

  @ParameterizedTest(name = "{0}")
  @ValueSource(strings = {"\"", "\"a", "a\"b", "\"a\"b", "\"a\" ,b", "\"\"\""})
  void refusesQuotesThatDoNotFit(String line) {
    assertThat(Cells.split(line)).isEmpty();
  }

  @Property
  void whatIsQuotedComesBack(@ForAll @Size(min = 1, max = 6) List<String> cells) {
    String line =
        cells.stream()
            .map(cell -> "\"" + cell.replace("\"", "\"\"") + "\"")
            .collect(Collectors.joining(","));
    assertThat(Cells.split(line)).hasValue(cells);
  }
}
