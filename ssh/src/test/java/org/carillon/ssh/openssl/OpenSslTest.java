package org.carillon.ssh.openssl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.jcraft.jsch.HASH;
import com.jcraft.jsch.JSch;
import com.jcraft.jsch.SignatureEdDSA;
import com.jcraft.jsch.XDH;
import com.jcraft.jsch.jce.SHA256;
import com.jcraft.jsch.jce.SignatureEd25519;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Java's own algorithms are the reference. */
class OpenSslTest {
  private final Random random = new Random(11);

  @BeforeAll
  static void theLibraryIsHere() {
    assertThat(OpenSsl.serveJsch()).as("libcrypto, which OpenSSH needs as well").isTrue();
  }

  private byte[] bytes(int length) {
    byte[] bytes = new byte[length];
    random.nextBytes(bytes);
    return bytes;
  }

  @Test
  void doesTheArithmeticOfAllConnections() {
    assertThat(JSch.getConfig("xdh")).isEqualTo(Curve25519.class.getName());
    assertThat(JSch.getConfig("aes128-gcm@openssh.com")).isEqualTo(AesGcm.class.getName());
  }

  @Test
  void agreesWithJavaOnASecret() throws Exception {
    for (int i = 0; i < 10; i++) {
      XDH ours = new Curve25519();
      XDH javas = new com.jcraft.jsch.jce.XDH();
      ours.init("X25519", 32);
      javas.init("X25519", 32);
      byte[] fromJava = javas.getQ();
      assertThat(ours.validate(fromJava)).isTrue();
      assertThat(ours.getSecret(fromJava)).isEqualTo(javas.getSecret(ours.getQ()));
    }
  }

  @Test
  void refusesAKeyThatGivesTheSecretAway() throws Exception {
    XDH ours = new Curve25519();
    ours.init("X25519", 32);
    assertThatThrownBy(() -> ours.getSecret(new byte[32])).hasMessageContaining("key exchange");
    assertThat(ours.validate(new byte[31])).isFalse();
    assertThatThrownBy(() -> new Curve25519().init("X448", 56)).hasMessage("X448");
  }

  @Test
  void signsAsJavaDoesAndKnowsAForgedSignature() throws Exception {
    byte[] secret = bytes(32);
    byte[] message = bytes(200);
    byte[] signature = signature(new Ed25519(), secret, message);
    assertThat(signature).isEqualTo(signature(new SignatureEd25519(), secret, message));
    byte[] open;
    try (RawKey key = RawKey.secret(RawKey.ED25519, secret)) {
      open = key.openBytes();
    }
    assertThat(isGood(open, message, signature)).isTrue();
    assertThat(isGood(open, message, named("ssh-ed25519", signature))).isTrue();
    assertThat(isGood(open, message, named("ssh-ed25518", signature))).isFalse();
    assertThat(isGood(open, bytes(200), signature)).isFalse();
    assertThat(isGood(open, message, new byte[64])).isFalse();
    assertThat(isGood(open, message, new byte[3])).isFalse();
  }

  private static byte[] signature(SignatureEdDSA by, byte[] secret, byte[] message)
      throws Exception {
    by.init();
    by.setPrvKey(secret);
    by.update(message);
    return by.sign();
  }

  private static boolean isGood(byte[] open, byte[] message, byte[] signature) throws Exception {
    Ed25519 check = new Ed25519();
    check.init();
    check.setPubKey(open);
    check.update(message);
    return check.verify(signature);
  }

  /** As it travels (RFC 8709). */
  private static byte[] named(String name, byte[] signature) {
    byte[] bytes = name.getBytes(StandardCharsets.US_ASCII);
    return ByteBuffer.allocate(8 + bytes.length + signature.length)
        .putInt(bytes.length)
        .put(bytes)
        .putInt(signature.length)
        .put(signature)
        .array();
  }

  @Test
  void digestsAsJavaDoesAlsoASecondTime() throws Exception {
    HASH ours = new Sha256Hash();
    HASH javas = new SHA256();
    ours.init();
    javas.init();
    for (int length : new int[] {0, 1, 55, 64, 3000}) {
      byte[] text = bytes(length + 2);
      ours.update(text, 1, length);
      javas.update(text, 1, length);
      assertThat(ours.digest()).isEqualTo(javas.digest());
    }
  }
}
