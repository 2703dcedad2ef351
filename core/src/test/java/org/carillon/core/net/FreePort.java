package org.carillon.core.net;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Ports for tests that must know one before anybody listens there, or of one where nobody ever
 * does. The system gives them to nobody who asks for just any, and no other test gets them.
 */
public final class FreePort {

  /** Another address of the loopback, where a test holds the twin of each port that it has got. */
  private static final String TWIN = "127.0.77.1";

  private static final Path GIVEN_TO_ANYBODY = Path.of("/proc/sys/net/ipv4/ip_local_port_range");

  private static final int FIRST_UNPRIVILEGED = 1_024;
  private static final int LAST = 65_535;

  /** Until this process ends. */
  private static final List<Socket> HELD = new ArrayList<>();

  private FreePort() {}

  /** One that is free for TCP and for UDP, on the loopback and on all addresses. */
  public static synchronized int next() {
    int end = firstGivenToAnybody();
    int begin = Math.max(FIRST_UNPRIVILEGED, end / 2);
    while (true) {
      // A machine may give all of them to anybody.
      int port =
          begin < end
              ? ThreadLocalRandom.current().nextInt(begin, end)
              : ThreadLocalRandom.current().nextInt(end, LAST + 1);
      try {
        Socket twin = new Socket(); // which is bound and does not listen
        HELD.add(twin);
        twin.bind(new InetSocketAddress(TWIN, port));
      } catch (IOException e) {
        continue;
      }
      if (isFree(port)) {
        return port;
      }
    }
  }

  private static boolean isFree(int port) {
    try (ServerSocket tcp = new ServerSocket();
        DatagramSocket udp = new DatagramSocket(port)) {
      tcp.bind(new InetSocketAddress("127.0.0.1", port));
      return udp.isBound();
    } catch (IOException e) {
      return false;
    }
  }

  private static int firstGivenToAnybody() {
    try {
      // By lines, since it has to be read at one go.
      return Integer.parseInt(Files.readAllLines(GIVEN_TO_ANYBODY).getFirst().split("\\s+")[0]);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
