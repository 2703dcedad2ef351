package org.carillon.analysis.partial;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ShareTest {

  @Property
  void everyIdIsInExactlyOneShare(@ForAll long id, @ForAll @IntRange(min = 1, max = 50) int of) {
    assertThat(IntStream.rangeClosed(1, of).filter(number -> new Share(number, of).test(id)))
        .hasSize(1);
  }

  @Test
  void blocksOfIdsAreDealtInTurn() {
    Share second = Share.parse("2/3");
    assertThat(second.test(4095)).isFalse();
    assertThat(second.test(4096)).isTrue();
    assertThat(second.test(8191)).isTrue();
    assertThat(second.test(8192)).isFalse();
    assertThat(second.test(4 * 4096)).isTrue();
    assertThat(second.test(-1)).as("the last share's").isFalse();
    assertThat(Share.parse("3/3").test(-1)).isTrue();
  }

  @Test
  void aStateIsNamedByItsShare() {
    assertThat(new Share(3, 8).name()).isEqualTo("share-3-of-8");
    assertThat(Share.named("share-3-of-8")).contains(new Share(3, 8));
    assertThat(Share.named(".share-3-of-8.123")).isEmpty();
    assertThat(Share.named("share-9-of-8")).isEmpty();
    assertThat(new Share(3, 8)).hasToString("3/8");
  }

  @ParameterizedTest
  @CsvSource({
    "0/4, there is none with number 0",
    "5/4, of 4 shares there is none with number 5",
    "1/0, not into 0",
    "1/1001, divided into 1 to 1000 shares",
    "3, '3' is no share; write it as K/N",
    "a/b, is no share",
    "-1/4, is no share",
    "99999999999/4, is no share",
    "'', is no share"
  })
  void whatIsNoShareIsRefused(String text, String sentence) {
    assertThatThrownBy(() -> Share.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(sentence);
  }
}
