package org.carillon.analysis.figure;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LettersTest {

  @Test
  void lettersThatTheFontLacksAreToldByTheirCodePoints() {
    assertThat(Letters.legible("knoten-é µs ≤", Style.SMALL)).isEqualTo("knoten-é µs ≤");
    assertThat(Letters.legible("节点-1", Style.SMALL)).isEqualTo("[U+8282][U+70B9]-1");
    assertThat(Letters.legible("a🕰", Style.SMALL)).isEqualTo("a[U+1F570]");
    assertThat(Letters.width("节", Style.SMALL))
        .isEqualTo(Letters.width("[U+8282]", Style.SMALL))
        .isNotEqualTo(Letters.width("点点", Style.SMALL));
  }
}
