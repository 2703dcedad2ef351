package org.carillon.ntp;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.PortUnreachableException;
import java.net.UnknownHostException;
import java.nio.channels.UnsupportedAddressTypeException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import org.carillon.clock.DriftBound;
import org.carillon.core.net.HostPort;
import org.carillon.core.net.PathAsymmetry;
import org.carillon.core.record.SampleRow;
import org.carillon.core.record.TimestampSource;
import org.carillon.core.time.ClockSource;
import org.carillon.core.time.Moment;
import org.carillon.core.time.RawTimescale;
import org.carillon.ntp.wire.NtpPacket;
import org.carillon.ntp.wire.ReferenceId;
import org.carillon.ntp.wire.StampedSocket;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The exchanges with one server, one after the other. Each has a fresh socket on a random port (RFC
 * 9109), and after a failure the server's next address. For one thread; any other may close it.
 */
final class ServerExchanges implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(ServerExchanges.class);

  private final HostPort server;
  private final ClockSource clock;
  private final Duration timeout;
  private final DriftBound drift;
  private final PathAsymmetry asymmetry;
  private final ClockPrecision precision;
  private final RawTimescale timescale;
  private final Interleaving interleaving = new Interleaving();
  private final ServerAddresses addresses;
  private final SecureRandom cookies = new SecureRandom();
  private boolean lastAnswered;
  private volatile Optional<Asked> lastAsked = Optional.empty();
  private volatile long duplicateAnswers;
  private volatile boolean closed;

  ServerExchanges(HostPort server, ClockSource clock, TimeKeeper.Settings settings) {
    this.server = server;
    this.clock = clock;
    this.timeout = settings.timeout();
    this.drift = settings.assumptions().drift();
    this.asymmetry =
        settings.asymmetries().stream()
            .filter(known -> known.server().equals(server))
            .findFirst()
            .orElseGet(() -> new PathAsymmetry(server, 0, OptionalLong.empty()));
    this.precision = ClockPrecision.measure(clock);
    this.timescale = new RawTimescale(clock);
    this.addresses = new ServerAddresses(server);
  }

  /**
   * Asks once, and waits for the answer.
   *
   * @return how it ended; of no meaning if this was closed meanwhile
   */
  Poll next() {
    Poll poll = poll();
    if (poll instanceof Poll.Failed) {
      addresses.failed();
    }
    return poll;
  }

  private Poll poll() {
    lastAsked.ifPresent(this::settle);
    lastAsked = Optional.empty();
    lastAnswered = false;
    InetSocketAddress address;
    try {
      address = addresses.current();
    } catch (UnknownHostException e) {
      return new Poll.Unresolved(unanswered(OptionalLong.empty(), "unresolvable name"));
    }
    try {
      Asked asked =
          new Asked(
              StampedSocket.connectedTo(address, clock), cookies.nextLong(), cookies.nextLong());
      lastAsked = Optional.of(asked);
      if (closed) {
        asked.close();
        return failed(OptionalLong.empty(), "closed");
      }
      Poll poll = exchange(asked, address);
      lastAnswered = poll instanceof Poll.Measured;
      return poll;
    } catch (IOException | UnsupportedAddressTypeException e) {
      LOG.debug("NTP server {} at {}", server, address, e);
      return failed(OptionalLong.empty(), "unreachable");
    }
  }

  /** Counts further answers to the last request, and closes its socket. */
  private void settle(Asked asked) {
    int further = lastAnswered ? asked.furtherAnswers() : 0;
    asked.close();
    if (further > 0) {
      if (duplicateAnswers == 0) {
        LOG.warn("NTP server {} has answered a request twice; only first answers count", server);
      }
      duplicateAnswers += further;
    }
  }

  private Poll exchange(Asked asked, InetSocketAddress address) throws IOException {
    StampedSocket socket = asked.socket();
    byte[] request =
        interleaving.request(address, asked.cookie(), asked.interleavedCookie()).bytes();
    int referenceId = ReferenceId.of(address.getAddress());
    long deadlineNs = clock.monotonicNs() + timeout.toNanos();
    Stamp t1 = Stamp.ofDeparture(timescale.pair(), TimestampSource.USER);
    socket.send(request, address);
    String verdict = "timeout";
    for (long leftNs = timeout.toNanos(); leftNs > 0; leftNs = deadlineNs - clock.monotonicNs()) {
      Optional<StampedSocket.Arrival> arrival;
      try {
        arrival = socket.receive(Duration.ofNanos(leftNs));
      } catch (PortUnreachableException e) {
        return failed(OptionalLong.of(t1.localNs()), "connection refused");
      }
      if (arrival.isEmpty()) {
        break;
      }
      Optional<NtpPacket> answer = NtpPacket.parse(arrival.get().bytes());
      if (answer.isEmpty()) {
        verdict = Exchange.SHORT_ANSWER;
        continue;
      }
      timescale.pair();
      Moment arrived = timescale.at(arrival.get().realtimeNs());
      Stamp t4 = Stamp.ofArrival(arrived, arrival.get().source());
      Exchange exchange =
          new Exchange(
              server.toString(),
              asked.cookie(),
              departure(socket, t1, t4),
              precision.ns(),
              drift,
              asymmetry);
      switch (interleaving.judge(
          address, exchange, asked.interleavedCookie(), answer.get(), t4, referenceId)) {
        case Poll.Measured measured -> {
          return measured;
        }
        case Poll.Failed failed -> {
          return failed;
        }
        case Poll.Answered.Not none -> verdict = none.verdict();
      }
    }
    return failed(OptionalLong.of(t1.localNs()), verdict);
  }

  /**
   * When the request left. The kernel's stamp is nearer to that than our own, which was noted
   * before the send, and must lie between that and the answer.
   */
  private Stamp departure(StampedSocket socket, Stamp before, Stamp answered) throws IOException {
    return socket.transmitTimeNs().stream()
        .mapToObj(timescale::at)
        .map(left -> Stamp.ofDeparture(left, TimestampSource.KERNEL))
        .filter(left -> left.rawNs() >= before.rawNs() && left.rawNs() <= answered.rawNs())
        .findFirst()
        .orElse(before);
  }

  private Poll failed(OptionalLong t1Ns, String verdict) {
    return new Poll.Failed(unanswered(t1Ns, verdict), Optional.empty());
  }

  private SampleRow unanswered(OptionalLong t1Ns, String verdict) {
    return SampleRow.unanswered(server.toString(), t1Ns, verdict);
  }

  /** How many answers came to requests that had been answered; from any thread. */
  long duplicateAnswers() {
    return duplicateAnswers;
  }

  /** Gives up an exchange under way; from any thread. */
  @Override
  public void close() {
    closed = true;
    lastAsked.ifPresent(Asked::close);
  }
}
