package org.carillon.analysis.figure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class PointsTest {

  @Test
  void textsWithCommasQuotesAndLineFeedsAreQuoted() {
    assertThat(
            Points.of("pair", "n")
                .row("a,b", 1L)
                .row("say \"so\"", 2L)
                .row("c\nd", OptionalLong.empty())
                .build()
                .csv())
        .isEqualTo("pair,n\n\"a,b\",1\n\"say \"\"so\"\"\",2\n\"c\nd\",\n");
  }

  @Test
  void numbersAreExactAndHaveNoExponent() {
    assertThat(Points.of("x").row(Long.MIN_VALUE).row(1.5e-9).row(OptionalLong.of(7)).build().csv())
        .isEqualTo("x\n-9223372036854775808\n0.0000000015\n7\n");
    assertThatThrownBy(() -> Points.of("x").row(Double.NaN))
        .isInstanceOf(NumberFormatException.class);
  }

  @Test
  void panelsShareColumnsAndLeaveOthersEmpty() {
    Map<String, Points> panels = new LinkedHashMap<>();
    panels.put("a", Points.of("clock", "n").row("ntp", 3L).build());
    panels.put("b", Points.of("clock", "ns").row("system", 9L).build());
    assertThat(Points.panels(panels).csv()).isEqualTo("panel,clock,n,ns\na,ntp,3,\nb,system,,9\n");
  }

  @Test
  void aRowThatDoesNotFitItsColumnsIsRefused() {
    assertThatThrownBy(() -> Points.of("a", "b").row("x").build())
        .isInstanceOf(IllegalArgumentException.class);
  }
}
