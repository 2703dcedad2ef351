package org.carillon.ssh;

import static org.assertj.core.api.Assertions.assertThat;

import com.jcraft.jsch.JSchException;
import java.io.IOException;
import java.security.InvalidKeyException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class HandshakeFailureTest {
  private static final Hop HOP =
      new Hop(
          "bell",
          "10.0.0.7",
          22,
          "ann",
          "10.0.0.7",
          false,
          List.of(),
          true,
          Optional.empty(),
          List.of(),
          false,
          HostKeyPolicy.STRICT);

  private static HandshakeFailure failure(Throwable cause) {
    return new HandshakeFailure(
        HOP, new JSchException("Session.connect: " + cause, cause), Optional.empty(), true);
  }

  @Test
  void whoIsHungUpOnIsToldOfTheLimitOfLoginsAndTriesAgain() {
    HandshakeFailure failure = failure(new IOException("End of IO Stream Read"));
    assertThat(failure.retry()).isTrue();
    assertThat(failure.failure(1)).hasMessageContaining("MaxStartups");
  }

  @Test
  void aKeyOrSignatureThatDoesNotHoldIsNoLimitOfLogins() {
    for (Throwable cause :
        List.of(new InvalidKeyException("a small order"), new JSchException("verify: false"))) {
      HandshakeFailure failure = failure(cause);
      assertThat(failure.retry()).isFalse();
      assertThat(failure.failure(1))
          .hasMessage(
              "bell: the cryptography of the login to ann@10.0.0.7 failed: " + cause.getMessage());
    }
  }
}
