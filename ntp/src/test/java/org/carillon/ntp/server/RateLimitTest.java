package org.carillon.ntp.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.stream.IntStream;
import org.carillon.ntp.server.RateLimit.Decision;
import org.junit.jupiter.api.Test;

class RateLimitTest {

  private static final long SECOND_NS = 1_000_000_000L;

  private final RateLimit limit = new RateLimit(5);

  private static InetAddress client(int number) {
    try {
      return InetAddress.getByAddress(
          new byte[] {10, (byte) (number >> 16), (byte) (number >> 8), (byte) number});
    } catch (UnknownHostException e) {
      throw new AssertionError(e);
    }
  }

  private long answered(int requests, long atNs) {
    return IntStream.range(0, requests)
        .filter(i -> limit.decide(client(1), atNs) == Decision.ANSWER)
        .count();
  }

  @Test
  void twiceTheRateMayComeAtOnceAndThenTheRateIsKept() {
    assertThat(answered(100, 0)).isEqualTo(10);
    assertThat(answered(100, SECOND_NS)).isEqualTo(5);
    assertThat(answered(100, 3 * SECOND_NS)).isEqualTo(10);
    assertThat(answered(100, 1_000 * SECOND_NS)).isEqualTo(10);
  }

  @Test
  void overTheRateOneKissASecondIsGivenAndTheRestDropped() {
    answered(10, 0);
    assertThat(limit.decide(client(1), 0)).isEqualTo(Decision.KISS);
    assertThat(limit.decide(client(1), 0)).isEqualTo(Decision.DROP);
    assertThat(limit.decide(client(1), SECOND_NS / 10)).isEqualTo(Decision.DROP);
    answered(5, SECOND_NS);
    assertThat(limit.decide(client(1), SECOND_NS)).isEqualTo(Decision.KISS);
    assertThat(limit.decide(client(1), SECOND_NS)).isEqualTo(Decision.DROP);
  }

  @Test
  void oneClientDoesNotSpendWhatIsAnothers() {
    answered(100, 0);
    assertThat(limit.decide(client(2), 0)).isEqualTo(Decision.ANSWER);
  }

  @Test
  void aFloodOfForgedAddressesDoesNotGrowTheMemory() {
    for (int i = 0; i < 100_000; i++) {
      limit.decide(client(i), i);
    }
    assertThat(limit.clients()).isEqualTo(RateLimit.CLIENTS_MAX);
  }

  @Test
  void aRateBelowOneASecondStillAnswersNowAndThen() {
    RateLimit slow = new RateLimit(0.1);
    assertThat(slow.decide(client(1), 0)).isEqualTo(Decision.ANSWER);
    assertThat(slow.decide(client(1), SECOND_NS)).isEqualTo(Decision.KISS);
    assertThat(slow.decide(client(1), 10 * SECOND_NS)).isEqualTo(Decision.ANSWER);
  }

  @Test
  void noRateIsNoLimit() {
    assertThatThrownBy(() -> new RateLimit(0)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new RateLimit(Double.NaN))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
