package org.carillon.analysis.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import org.carillon.core.CarillonException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RefusalTest {

  @ParameterizedTest
  @CsvSource({
    "IO Error: Could not write file \"a b/x\": No space left on device, the disk is full",
    "Out of Memory Error: failed to offload data block: No space left on device, the disk is full",
    "Out of Memory Error: could not allocate block of size 256.0 KiB, give it more with --memory"
  })
  void whatIsTooSmallIsSaidWithWhatHelps(String message, String expected) {
    assertThat(Refusal.of(new SQLException(message + "\n\nPossible solutions: ...")))
        .isInstanceOf(CarillonException.class)
        .hasMessageContaining(expected)
        .hasMessageContaining(message)
        .hasMessageNotContaining("Possible solutions");
  }

  @Test
  void anythingElseIsAFaultOfOurs() {
    assertThat(Refusal.of(new SQLException("Parser Error: syntax error at \"FORM\"")))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("FORM");
  }
}
