package org.carillon.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** A chronyd that serves the system clock on the loopback, and does not touch it. */
final class Chronyd {

  private static final Duration SOON = Duration.ofSeconds(90);
  private static final int PROBE_TIMEOUT_MS = 100;

  private Chronyd() {}

  /**
   * Starts one, and returns when it answers.
   *
   * @param folder for its files
   */
  static Program.Running serving(Path folder, int port, int stratum) {
    try {
      Path configuration =
          Files.write(
              folder.resolve("chrony.conf"),
              List.of(
                  "local stratum " + stratum,
                  "allow 127.0.0.1",
                  "bindaddress 127.0.0.1",
                  "port " + port,
                  "cmdport 0",
                  "bindcmdaddress /",
                  "pidfile " + folder.resolve("pid")));
      Program.Running running =
          Program.of("chronyd")
              .with("-x", "-d", "-U", "-u", System.getProperty("user.name"), "-f", configuration)
              .start();
      Program.await("chronyd answers; " + running.out(), SOON, () -> answers(port));
      return running;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A request of version 4, mode 3 (RFC 5905 §7.3). */
  private static boolean answers(int port) {
    try (DatagramSocket socket = new DatagramSocket()) {
      byte[] request = new byte[48];
      request[0] = 0x23;
      socket.setSoTimeout(PROBE_TIMEOUT_MS);
      socket.connect(InetAddress.getLoopbackAddress(), port);
      socket.send(new DatagramPacket(request, request.length));
      socket.receive(new DatagramPacket(request, request.length));
      return true;
    } catch (IOException e) {
      return false;
    }
  }
}
