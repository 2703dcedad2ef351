package org.carillon.core.udp;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteOrder;
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
  void onlyLinuxOnKnownProcessorsWithNativeAccessIsCalledDirectly() {
    ByteOrder little = ByteOrder.LITTLE_ENDIAN;
    assertThat(StampChoice.obstacle("Linux", "amd64", little, true)).isEmpty();
    assertThat(StampChoice.obstacle("Linux", "aarch64", little, true)).isEmpty();
    assertThat(StampChoice.obstacle("Mac OS X", "aarch64", little, true))
        .hasValueSatisfying(why -> assertThat(why).contains("Mac OS X"));
    assertThat(StampChoice.obstacle("Linux", "s390x", ByteOrder.BIG_ENDIAN, true))
        .hasValueSatisfying(why -> assertThat(why).contains("s390x"));
    assertThat(StampChoice.obstacle("Linux", "amd64", little, false))
        .hasValueSatisfying(why -> assertThat(why).contains("--enable-native-access"));
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
