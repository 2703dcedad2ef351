package org.carillon.events.receive;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.DatagramSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SocketDropsTest {

  private static final String HEADER =
      "   sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout"
          + " inode ref pointer drops             \n";

  @TempDir private Path folder;

  @Test
  void theLastColumnOfEverySocketOnThePortIsAddedUp() throws IOException {
    Path four =
        Files.writeString(
            folder.resolve("udp"),
            HEADER
                + " 1: 00000000:2328 00000000:0000 07 00000000:00000000 00:00000000 00000000     0 "
                + "       0 12345 2 0000000000000000 17        \n"
                + " 2: 00000000:2329 00000000:0000 07 00000000:00000000 00:00000000 00000000     0 "
                + "       0 12346 2 0000000000000000 99        \n");
    Path six =
        Files.writeString(
            folder.resolve("udp6"),
            HEADER
                + " 1: 00000000000000000000000000000000:2328 00000000000000000000000000000000:0000 07"
                + " 00000000:00000000 00:00000000 00000000     0        0 2 2 0000000000000000 3\n");
    SocketDrops drops = new SocketDrops(List.of(four, six));
    assertThat(drops.ofPort(9_000)).hasValue(20);
    assertThat(drops.ofPort(9_002)).isEmpty();
  }

  @Test
  void noTableOrGarbageIsNoNumber() throws IOException {
    Path garbage =
        Files.writeString(folder.resolve("udp"), "a b c :2328\n\n1: x:2328" + " y".repeat(11));
    assertThat(new SocketDrops(List.of(garbage, folder.resolve("none"))).ofPort(9_000)).isEmpty();
  }

  @Test
  void theKernelsOwnTableIsUnderstood() throws IOException {
    try (DatagramSocket socket = new DatagramSocket(0)) {
      assertThat(new SocketDrops().ofPort(socket.getLocalPort())).hasValue(0);
    }
  }
}
