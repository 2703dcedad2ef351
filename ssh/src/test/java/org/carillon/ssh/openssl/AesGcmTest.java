package org.carillon.ssh.openssl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.jcraft.jsch.Cipher;
import com.jcraft.jsch.jce.AES128GCM;
import java.util.Arrays;
import java.util.Random;
import javax.crypto.AEADBadTagException;
import org.junit.jupiter.api.Test;

class AesGcmTest {
  private static final int TAG_BYTES = 16;
  private final Random random = new Random(7);
  private final byte[] key = bytes(16);
  private final byte[] iv = bytes(12);

  private byte[] bytes(int length) {
    byte[] bytes = new byte[length];
    random.nextBytes(bytes);
    return bytes;
  }

  private <T extends Cipher> T ready(T cipher, int mode) throws Exception {
    cipher.init(mode, key, iv.clone()); // JSch counts in it
    return cipher;
  }

  private static byte[] packet(Cipher cipher, byte[] open, byte[] text, int lengthOut)
      throws Exception {
    byte[] packet = Arrays.copyOf(text, Math.max(text.length, lengthOut));
    cipher.updateAAD(open, 0, open.length);
    cipher.doFinal(packet, 0, text.length, packet, 0);
    return Arrays.copyOf(packet, lengthOut);
  }

  @Test
  void saysOfItselfWhatJschExpects() {
    Cipher ours = new AesGcm();
    Cipher javas = new AES128GCM();
    assertThat(ours.getIVSize()).isEqualTo(javas.getIVSize());
    assertThat(ours.getBlockSize()).isEqualTo(javas.getBlockSize());
    assertThat(ours.getTagSize()).isEqualTo(javas.getTagSize());
    assertThat(ours.isAEAD()).isEqualTo(javas.isAEAD());
    assertThat(ours.isCBC()).isEqualTo(javas.isCBC());
  }

  @Test
  void isTheSameByJavaAndByTheLibraryPacketForPacket() throws Exception {
    Cipher ours = ready(new AesGcm(), Cipher.ENCRYPT_MODE);
    Cipher ourReader = ready(new AesGcm(), Cipher.DECRYPT_MODE);
    Cipher javas = ready(new AES128GCM(), Cipher.ENCRYPT_MODE);
    for (int i = 0; i < 60; i++) {
      byte[] open = bytes(4);
      byte[] text = bytes(random.nextInt(1, 5_000) + (i == 40 ? 200_000 : 0));
      byte[] sealed = packet(ours, open, text, text.length + TAG_BYTES);
      assertThat(sealed).isEqualTo(packet(javas, open, text, text.length + TAG_BYTES));
      assertThat(packet(ourReader, open, sealed, text.length)).isEqualTo(text);
    }
  }

  @Test
  void refusesADamagedPacketAlsoByTheLibrary() throws Exception {
    Cipher writer = ready(new AesGcm(), Cipher.ENCRYPT_MODE);
    Cipher reader = ready(new AesGcm(), Cipher.DECRYPT_MODE);
    byte[] open = bytes(4);
    byte[] large = bytes(100_000);
    packet(reader, open, packet(writer, open, large, large.length + TAG_BYTES), large.length);
    byte[] damaged = packet(writer, open, bytes(100), 100 + TAG_BYTES);
    damaged[7] ^= 1;
    assertThatThrownBy(() -> packet(reader, open, damaged, 100))
        .isInstanceOf(AEADBadTagException.class);
  }
}
