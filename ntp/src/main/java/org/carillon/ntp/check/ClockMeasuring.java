package org.carillon.ntp.check;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.carillon.core.net.HostPort;
import org.carillon.core.record.ClockRow;
import org.carillon.core.record.SampleRow;
import org.carillon.core.time.ClockSource;
import org.carillon.core.time.KernelClock;
import org.carillon.core.time.Moment;
import org.carillon.core.time.Reading;
import org.carillon.ntp.TimeKeeper;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Measures this node's system clock for a while, and looks at what the system says of it. */
public final class ClockMeasuring {

  private static final Logger LOG = LoggerFactory.getLogger(ClockMeasuring.class);

  private static final long SECOND_NS = 1_000_000_000L;

  /** More of them say nothing new. */
  private static final int DISTURBANCES_MAX = 1_000;

  /** How long the wish to stop may go unnoticed. */
  private static final long SLICE_NS = 100_000_000;

  private static final Path HOSTNAME = Path.of("/proc/sys/kernel/hostname");
  private static final Path COUNTER =
      Path.of("/sys/devices/system/clocksource/clocksource0/current_clocksource");
  private static final Path PROC = Path.of("/proc");

  private final ClockSource clock;
  private final List<HostPort> servers;
  private final Duration length;
  private final TimeKeeper.Settings settings;
  private volatile boolean stopped;

  /**
   * How far the measuring is, about once a second.
   *
   * @param elapsed since it began
   * @param exchanges with all servers, failed ones too
   * @param offset as known by now
   */
  public record Progress(Duration elapsed, int exchanges, Optional<OffsetBounds> offset) {}

  /**
   * @param servers to ask; with none, only the system is looked at
   * @param length how long to ask them, > 0
   */
  public ClockMeasuring(
      ClockSource clock, List<HostPort> servers, Duration length, TimeKeeper.Settings settings) {
    if (length.isNegative() || length.isZero()) {
      throw new IllegalArgumentException("a measurement takes some time, not " + length);
    }
    this.clock = clock;
    this.servers = List.copyOf(servers);
    this.length = length;
    this.settings = settings;
  }

  /** Ends the measuring soon, with what is known by then; from any thread. */
  public void stop() {
    stopped = true;
  }

  /** Measures; blocks until the time is over or somebody has stopped it. */
  public ClockFindings run(Consumer<Progress> progress) throws InterruptedException {
    Optional<ClockFindings.Measured> measured =
        servers.isEmpty() ? Optional.empty() : Optional.of(measure(progress));
    return new ClockFindings(
        line(HOSTNAME).orElse("this machine"),
        measured,
        KernelClock.read(),
        line(COUNTER),
        TimeDaemons.seen(PROC));
  }

  private ClockFindings.Measured measure(Consumer<Progress> progress) throws InterruptedException {
    Map<String, ServerLog> logs = new LinkedHashMap<>();
    servers.forEach(
        server ->
            logs.put(
                server.toString(),
                new ServerLog(server.toString(), settings.assumptions().drift())));
    List<TimedOffset> moments = new ArrayList<>();
    List<String> disturbances = Collections.synchronizedList(new ArrayList<>());
    List<String> broken = Collections.synchronizedList(new ArrayList<>());
    long startNs = clock.monotonicNs();
    try (TimeKeeper keeper =
        TimeKeeper.start(clock, servers, settings, new Ears(logs, disturbances, broken))) {
      long endNs = startNs + length.toNanos();
      while (!stopped && clock.monotonicNs() < endNs) {
        sleepUntil(Math.min(endNs, nextSecond(keeper)));
        Optional<TimedOffset> moment = now(keeper);
        moment.ifPresent(moments::add);
        progress.accept(
            new Progress(
                Duration.ofNanos(clock.monotonicNs() - startNs),
                logs.values().stream().mapToInt(ServerLog::size).sum(),
                moment.map(TimedOffset::offset)));
      }
      Duration elapsed = Duration.ofNanos(clock.monotonicNs() - startNs);
      List<String> falsetickers = keeper.falsetickers();
      return new ClockFindings.Measured(
          length,
          elapsed.compareTo(length) < 0 ? elapsed : length,
          logs.entrySet().stream()
              .map(log -> log.getValue().findings(falsetickers.contains(log.getKey())))
              .toList(),
          now(keeper).map(TimedOffset::offset),
          moments,
          keeper.assumptions(),
          broken.size(),
          broken.isEmpty() ? Optional.empty() : Optional.of(broken.getLast()),
          disturbances.stream().limit(DISTURBANCES_MAX).toList());
    }
  }

  /** Keeps what is told. */
  private record Ears(Map<String, ServerLog> logs, List<String> disturbances, List<String> broken)
      implements TimeKeeper.Listener {
    @Override
    public void sampled(SampleRow sample) {
      logs.get(sample.server()).add(sample);
    }

    @Override
    public void noticed(ClockRow row) {
      switch (row.kind()) {
        case STEP, SUSPEND, PAUSE -> disturbances.add(row.detail());
        case CONTRADICTION, DISAGREEMENT -> broken.add(row.detail());
        case ASSUMPTIONS, AGREEMENT -> {}
      }
    }
  }

  private void sleepUntil(long deadlineNs) throws InterruptedException {
    for (long nowNs = clock.monotonicNs();
        nowNs < deadlineNs && !stopped;
        nowNs = clock.monotonicNs()) {
      clock.sleepUntil(Math.min(deadlineNs, nowNs + SLICE_NS));
    }
  }

  /**
   * When the next second of true time begins, as a monotonic time: so that the moments of several
   * nodes are the same ones, and can be compared.
   */
  private long nextSecond(TimeKeeper keeper) {
    long nowNs = clock.monotonicNs();
    long trueNs = now(keeper).map(TimedOffset::trueNs).orElseGet(clock::nowNs);
    return nowNs + untilNextSecondNs(trueNs);
  }

  static long untilNextSecondNs(long trueNs) {
    return SECOND_NS - Math.floorMod(trueNs, SECOND_NS);
  }

  private Optional<TimedOffset> now(TimeKeeper keeper) {
    Moment now = Moment.now(clock);
    return keeper.at(now).reading().map(reading -> offset(reading, now.localNs()));
  }

  private static TimedOffset offset(Reading reading, long localNs) {
    return new TimedOffset(
        reading.bestNs(),
        new OffsetBounds(
            reading.earliestNs() - localNs,
            reading.bestNs() - localNs,
            reading.latestNs() - localNs));
  }

  private static Optional<String> line(Path file) {
    try {
      return Optional.of(Files.readString(file, StandardCharsets.ISO_8859_1).strip())
          .filter(text -> !text.isEmpty());
    } catch (IOException e) {
      LOG.debug("{} cannot be read", file, e);
      return Optional.empty();
    }
  }
}
