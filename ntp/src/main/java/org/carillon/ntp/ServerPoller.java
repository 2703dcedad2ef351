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
import java.util.concurrent.atomic.AtomicBoolean;
import org.carillon.clock.DriftBound;
import org.carillon.clock.Measurement;
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
 * Asks one server again and again, in a thread of its own, so that a dead one keeps nobody waiting.
 * Each exchange has a fresh socket on a random port (RFC 9109).
 */
final class ServerPoller implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(ServerPoller.class);

  /** How long the wish to sharpen may go unnoticed. */
  private static final long SLICE_NS = 250_000_000;

  private final HostPort server;
  private final ClockSource clock;
  private final TimeKeeper.Settings settings;
  private final DriftBound drift;
  private final PathAsymmetry asymmetry;
  private final ClockPrecision precision;
  private final Recipient recipient;
  private final RawTimescale timescale;
  private final PollSchedule schedule;
  private final Interleaving interleaving = new Interleaving();
  private final ServerAddresses addresses;
  private final SecureRandom cookies = new SecureRandom();
  private final Thread thread;
  private final AtomicBoolean sharpenAsked = new AtomicBoolean();
  private String lastVerdict = "";
  private Optional<Asked> lastAsked = Optional.empty();
  private boolean lastAnswered;
  private volatile long duplicateAnswers;
  private volatile boolean closed;
  private volatile StampedSocket openSocket;

  /** Takes what the polls bring; called from the poller's thread. */
  interface Recipient {
    /** A measurement for the bounded clock, and how long it counts as recent. */
    void measured(Measurement measurement, Duration freshFor);

    /**
     * By how much the clock's half width will have grown, ns; see {@link BoundedClock#growthNs}.
     */
    OptionalLong growthNs(long fromNs, Duration ahead);

    /** One exchange, after its measurement if it brought one. */
    void sampled(SampleRow sample);
  }

  private ServerPoller(
      HostPort server, ClockSource clock, TimeKeeper.Settings settings, Recipient recipient) {
    this.server = server;
    this.clock = clock;
    this.settings = settings;
    this.drift = settings.assumptions().drift();
    this.asymmetry =
        settings.asymmetries().stream()
            .filter(known -> known.server().equals(server))
            .findFirst()
            .orElseGet(() -> new PathAsymmetry(server, 0, OptionalLong.empty()));
    this.precision = ClockPrecision.measure(clock);
    this.recipient = recipient;
    this.timescale = new RawTimescale(clock);
    this.schedule = new PollSchedule(settings);
    this.addresses = new ServerAddresses(server);
    this.thread = Thread.ofPlatform().daemon().name("ntp " + server).unstarted(this::pollOnAndOn);
  }

  static ServerPoller start(
      HostPort server, ClockSource clock, TimeKeeper.Settings settings, Recipient recipient) {
    ServerPoller poller = new ServerPoller(server, clock, settings, recipient);
    poller.thread.start();
    return poller;
  }

  private void pollOnAndOn() {
    try {
      long dueNs = clock.monotonicNs();
      Optional<Duration> wait = Optional.of(Duration.ZERO);
      while (wait.isPresent() && !closed) {
        dueNs = awaitTurn(Math.max(clock.monotonicNs(), dueNs + wait.get().toNanos()));
        Poll poll = poll();
        if (closed) {
          return;
        }
        wait = take(poll);
        report(poll.sample());
      }
    } catch (InterruptedException e) {
      // Closed while it waited: the end.
    } finally {
      lastAsked.ifPresent(Asked::close);
    }
  }

  /** Who is asked. */
  String server() {
    return server.toString();
  }

  /** How many answers came to requests that had been answered; from any thread. */
  long duplicateAnswers() {
    return duplicateAnswers;
  }

  /** Waits until it is time, or the clock is to be sharpened; returns the moment it was due. */
  private long awaitTurn(long dueNs) throws InterruptedException {
    while (true) {
      long nowNs = clock.monotonicNs();
      if (sharpenAsked.getAndSet(false) && schedule.sharpen()) {
        return nowNs;
      }
      if (nowNs >= dueNs) {
        return dueNs;
      }
      clock.sleepUntil(Math.min(dueNs, nowNs + SLICE_NS));
    }
  }

  /** Asks more often for three seconds, unless the server forbids it; from any thread. */
  void sharpen() {
    sharpenAsked.set(true);
  }

  /** Hands the outcome on. Returns how long to wait, or empty if the server wants to be left. */
  private Optional<Duration> take(Poll poll) {
    return switch (poll) {
      case Poll.Measured measured -> {
        Duration freshFor =
            schedule.answered(
                measured.sample().delayNs().orElseThrow(),
                measured.measurements().getFirst().errorNs());
        measured.measurements().forEach(one -> recipient.measured(one, freshFor));
        long nowNs = measured.measurements().getLast().rawNs();
        yield Optional.of(schedule.afterAnswer(ahead -> recipient.growthNs(nowNs, ahead)));
      }
      case Poll.Failed failed -> {
        addresses.failed();
        yield failed.kissCode().isPresent()
            ? schedule.afterKiss(failed.kissCode().get())
            : Optional.of(schedule.afterFailure());
      }
      case Poll.Unresolved unresolved -> Optional.of(schedule.afterUnresolved());
    };
  }

  private void report(SampleRow sample) {
    if (!sample.verdict().equals(lastVerdict)) {
      lastVerdict = sample.verdict();
      if (sample.accepted()) {
        LOG.info(
            "NTP server {} answers: offset {} ms, delay {} ms, stratum {}",
            server,
            Milliseconds.text(sample.offsetNs().orElseThrow()),
            Milliseconds.text(sample.delayNs().orElseThrow()),
            sample.stratum().orElseThrow());
      } else {
        LOG.warn("NTP server {}: {}", server, sample.verdict());
      }
    }
    try {
      recipient.sampled(sample);
    } catch (RuntimeException e) {
      LOG.error("an NTP sample of {} could not be recorded", server, e);
    }
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
      StampedSocket socket = StampedSocket.connectedTo(address, clock);
      openSocket = socket;
      Asked asked = new Asked(socket, cookies.nextLong(), cookies.nextLong());
      lastAsked = Optional.of(asked);
      if (closed) {
        return failed(OptionalLong.empty(), "closed");
      }
      Poll poll = exchange(asked, address);
      lastAnswered = poll instanceof Poll.Measured;
      return poll;
    } catch (IOException | UnsupportedAddressTypeException e) {
      LOG.debug("NTP server {} at {}", server, address, e);
      return failed(OptionalLong.empty(), "unreachable");
    } finally {
      openSocket = null;
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
    long deadlineNs = clock.monotonicNs() + settings.timeout().toNanos();
    Stamp t1 = new Stamp(timescale.pair().localNs(), clock.rawNs(), TimestampSource.USER);
    socket.send(request, address);
    String verdict = "timeout";
    for (long leftNs = settings.timeout().toNanos();
        leftNs > 0;
        leftNs = deadlineNs - clock.monotonicNs()) {
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
      Stamp t4 = new Stamp(arrived.localNs(), arrived.rawNs(), arrival.get().source());
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
        .map(left -> new Stamp(left.localNs(), left.earliestRawNs(), TimestampSource.KERNEL))
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

  /** Ends the thread; an exchange under way is given up and not reported. */
  @Override
  public void close() {
    closed = true;
    thread.interrupt();
    StampedSocket socket = openSocket;
    if (socket != null) {
      try {
        socket.close();
      } catch (IOException e) {
        LOG.debug("closing the socket to {}", server, e);
      }
    }
  }
}
