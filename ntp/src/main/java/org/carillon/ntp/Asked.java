package org.carillon.ntp;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import org.carillon.ntp.wire.NtpPacket;
import org.carillon.ntp.wire.StampedSocket;

/**
 * A request that was sent: the socket that hears the answer, and the random numbers that it
 * returns. The socket stays open until the next request, so that a second answer is noticed, and
 * the server not told that nobody listens.
 */
record Asked(StampedSocket socket, long cookie, long interleavedCookie) implements AutoCloseable {

  /** More is a flood, and says nothing more. */
  private static final int READ_MAX = 64;

  /** How many answers to this request have come that nobody has taken; does not wait. */
  int furtherAnswers() {
    int answers = 0;
    try {
      for (int i = 0; i < READ_MAX; i++) {
        Optional<StampedSocket.Arrival> arrival = socket.receive(Duration.ZERO);
        if (arrival.isEmpty()) {
          return answers;
        }
        if (NtpPacket.parse(arrival.get().bytes()).filter(this::isAnswered).isPresent()) {
          answers++;
        }
      }
    } catch (IOException e) {
      // The server's host has taken its port away, or the socket is closed: nothing more comes.
    }
    return answers;
  }

  private boolean isAnswered(NtpPacket packet) {
    return packet.mode() == NtpPacket.MODE_SERVER
        && (packet.origin() == cookie || packet.origin() == interleavedCookie);
  }

  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException e) {
      // What closing a datagram socket reports says nothing that one could act on.
    }
  }
}
