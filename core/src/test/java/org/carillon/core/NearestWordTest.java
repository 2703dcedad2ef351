package org.carillon.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class NearestWordTest {

  private static final List<String> KNOWN = List.of("loss", "delay", "duplicate");

  @Test
  void aSlipOfTheFingersFindsItsWord() {
    assertThat(NearestWord.of("los", KNOWN)).contains("loss");
    assertThat(NearestWord.of("dupilcate", KNOWN)).contains("duplicate");
    assertThat(NearestWord.of("delay", KNOWN)).contains("delay");
  }

  @Test
  void whatIsLikeNoWordFindsNone() {
    assertThat(NearestWord.of("thunderstorm", KNOWN)).isEmpty();
    assertThat(NearestWord.of("x".repeat(100_000), KNOWN)).isEmpty();
    assertThat(NearestWord.of("loss", List.of())).isEmpty();
  }
}
