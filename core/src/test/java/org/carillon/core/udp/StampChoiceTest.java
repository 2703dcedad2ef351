package org.carillon.core.udp;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class StampChoiceTest {

  @Test
  void thePropertyAndThenTheEnvironmentAskForStampsOfThisProcess() {
    Optional<String> none = Optional.empty();
    assertThat(StampChoice.userAskedFor(none, none)).isFalse();
    assertThat(StampChoice.userAskedFor(Optional.of("user"), none)).isTrue();
    assertThat(StampChoice.userAskedFor(none, Optional.of(" USER "))).isTrue();
    assertThat(StampChoice.userAskedFor(Optional.of("kernel"), Optional.of("user"))).isFalse();
    assertThat(StampChoice.userAskedFor(none, Optional.of("anything"))).isFalse();
  }

  @Test
  void whereTheTestsRunTheKernelStamps() throws IOException {
    try (UdpSocket socket =
        UdpSocket.bound(
            UdpSocketContract.LOOPBACK_4, UdpSocketContract.SMALL, UdpSocketContract.CLOCK)) {
      assertThat(socket).isInstanceOf(KernelSocket.class);
    }
  }
}
