package org.carillon.core.libc;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteOrder;
import org.junit.jupiter.api.Test;

class PlatformTest {

  @Test
  void onlyLinuxOnKnownProcessorsWithNativeAccessIsCalledDirectly() {
    ByteOrder little = ByteOrder.LITTLE_ENDIAN;
    assertThat(Platform.obstacle("Linux", "amd64", little, true)).isEmpty();
    assertThat(Platform.obstacle("Linux", "aarch64", little, true)).isEmpty();
    assertThat(Platform.obstacle("Mac OS X", "aarch64", little, true))
        .hasValueSatisfying(why -> assertThat(why).contains("Mac OS X"));
    assertThat(Platform.obstacle("Linux", "s390x", ByteOrder.BIG_ENDIAN, true))
        .hasValueSatisfying(why -> assertThat(why).contains("s390x"));
    assertThat(Platform.obstacle("Linux", "amd64", little, false))
        .hasValueSatisfying(why -> assertThat(why).contains("--enable-native-access"));
  }
}
