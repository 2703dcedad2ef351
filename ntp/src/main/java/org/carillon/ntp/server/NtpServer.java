package org.carillon.ntp.server;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.carillon.core.CarillonException;
import org.carillon.core.record.TimestampSource;
import org.carillon.core.time.ClockSource;
import org.carillon.core.time.Moment;
import org.carillon.ntp.ClockPrecision;
import org.carillon.ntp.wire.NtpPacket;
import org.carillon.ntp.wire.NtpTimestamp;
import org.carillon.ntp.wire.StampedSocket;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers NTP clients of version 3 and 4 on UDP, IPv4 and IPv6: one thread per address. Whatever
 * else comes is counted and not answered.
 */
final class NtpServer implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(NtpServer.class);
  private static final Duration PAUSE_AFTER_FAULT = Duration.ofMillis(100);

  private final ClockSource clock;
  private final TimeReference reference;
  private final Optional<RateLimit> rateLimit;
  private final Answers answers;
  private final Counters counters;
  private final Departures departures = new Departures();
  private final List<StampedSocket> sockets = new ArrayList<>();
  private final List<Thread> threads = new ArrayList<>();
  private volatile boolean closed;

  NtpServer(
      ClockSource clock,
      TimeReference reference,
      ClockPrecision precision,
      Optional<RateLimit> rateLimit,
      Counters counters) {
    this.clock = clock;
    this.reference = reference;
    this.rateLimit = rateLimit;
    this.answers = new Answers(precision);
    this.counters = counters;
  }

  /**
   * Binds an address and answers what comes to it.
   *
   * @return the port, which the system chose if 0 was asked for
   * @throws CarillonException if the address cannot be bound
   */
  int serve(InetSocketAddress address) {
    StampedSocket socket;
    int port;
    try {
      socket = StampedSocket.boundTo(address, clock);
      sockets.add(socket);
      port = socket.localAddress().getPort();
    } catch (IOException e) {
      throw BindFault.explain("UDP", "--port", address, e);
    }
    Thread thread =
        Thread.ofPlatform()
            .daemon()
            .name("ntp server " + address.getAddress().getHostAddress())
            .start(() -> answerOnAndOn(socket));
    threads.add(thread);
    return port;
  }

  /** Who stamps what arrives, as a rule; to be asked once an address is served. */
  TimestampSource stampedBy() {
    return sockets.getFirst().stampedBy();
  }

  private void answerOnAndOn(StampedSocket socket) {
    while (!closed) {
      try {
        take(socket, socket.receive());
      } catch (IOException e) {
        if (closed) {
          return;
        }
        LOG.warn("receiving NTP requests: {}", e.toString());
        try {
          clock.sleep(PAUSE_AFTER_FAULT);
        } catch (InterruptedException interrupted) {
          return;
        }
      }
    }
  }

  private void take(StampedSocket socket, StampedSocket.Arrival arrival) {
    switch (Request.of(arrival.bytes())) {
      case Request.Malformed malformed -> counters.malformed.increment();
      case Request.NotFromClient other -> counters.notFromClient.increment();
      case Request.FromClient(NtpPacket packet) when arrival.from().getPort() == 0 ->
          counters.malformed.increment();
      case Request.FromClient(NtpPacket packet) -> {
        counters.requests.increment();
        reply(socket, arrival, packet);
      }
    }
  }

  private void reply(StampedSocket socket, StampedSocket.Arrival arrival, NtpPacket request) {
    RateLimit.Decision decision =
        rateLimit
            .map(limit -> limit.decide(arrival.from().getAddress(), clock.monotonicNs()))
            .orElse(RateLimit.Decision.ANSWER);
    try {
      switch (decision) {
        case ANSWER -> {
          answer(socket, arrival, request);
          counters.answers.increment();
        }
        case KISS -> {
          socket.send(answers.kissOfDeath(request).bytes(), arrival.from());
          counters.kisses.increment();
        }
        case DROP -> counters.dropped.increment();
      }
    } catch (IOException e) {
      counters.sendFailures.increment();
      LOG.debug("answering {}", arrival.from(), e);
    }
  }

  private void answer(StampedSocket socket, StampedSocket.Arrival arrival, NtpPacket request)
      throws IOException {
    InetAddress client = arrival.from().getAddress();
    Optional<ServedTime> served = reference.at(Moment.now(clock));
    OptionalLong before = departures.take(client, request);
    long t2Ns = clock.localNs(arrival.realtimeNs());
    long t3Ns = clock.nowNs();
    NtpPacket basic = answers.answer(request, served, t2Ns, t3Ns);
    NtpPacket answer =
        served.isPresent() && before.isPresent()
            ? basic.with(request.receive(), before.getAsLong())
            : basic;
    socket.send(answer.bytes(), arrival.from());
    OptionalLong left = socket.transmitTimeNs();
    if (served.isPresent() && left.isPresent() && Departures.areAskedFor(request)) {
      long leftNs = clock.localNs(left.getAsLong());
      if (leftNs >= t3Ns) {
        // On the scale of the answer, whatever the offset is when the next request comes.
        departures.keep(
            client, answer.receive(), NtpTimestamp.fromUnixNs(leftNs + served.get().offsetNs()));
      }
    }
  }

  @Override
  public void close() {
    closed = true;
    for (StampedSocket socket : sockets) {
      try {
        socket.close();
      } catch (IOException e) {
        LOG.debug("closing an NTP socket", e);
      }
    }
    threads.forEach(Thread::interrupt);
  }
}
