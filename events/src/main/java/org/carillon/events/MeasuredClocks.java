package org.carillon.events;

import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import org.carillon.clock.BrokenAssumptions;
import org.carillon.clock.ClockState;
import org.carillon.clock.Measurement;
import org.carillon.clock.ReadingBuffer;
import org.carillon.control.statistics.ClockReport;
import org.carillon.control.workload.NodeClock;
import org.carillon.core.CarillonException;
import org.carillon.core.ExitCode;
import org.carillon.core.record.ClockBuffer;
import org.carillon.core.record.ClockCells;
import org.carillon.core.record.MeasuredOffset;
import org.carillon.core.time.ClockSource;
import org.carillon.core.time.ClockStatus;
import org.carillon.core.time.Moment;
import org.carillon.core.time.Reading;
import org.carillon.ntp.ChronoTickPoller;
import org.carillon.ntp.TimeKeeper;

/**
 * A node's clock as NTP servers and a ChronoTick service see it, each asked in the background, and
 * the files of all that was learned from them.
 */
public final class MeasuredClocks implements NodeClocks, NodeClock {

  /** ChronoTick's clock is a prediction, which changes slowly. */
  private static final Duration CHRONOTICK_INTERVAL = Duration.ofSeconds(1);

  private static final String NO_SERVER = "there is no --ntp-server to measure it with";

  private final ClockSource clock;
  private final Optional<ChronoTickPoller> chronoTick;
  private final Optional<ClockLog> log;
  private final Optional<TimeKeeper> timeKeeper;

  /** The state on the way from the keeper to a caller's buffer; several threads may ask. */
  private final ThreadLocal<ReadingBuffer> readings = ThreadLocal.withInitial(ReadingBuffer::new);

  private MeasuredClocks(
      ClockSource clock,
      Optional<ChronoTickPoller> chronoTick,
      Optional<ClockLog> log,
      Optional<TimeKeeper> timeKeeper) {
    this.clock = clock;
    this.chronoTick = chronoTick;
    this.log = log;
    this.timeKeeper = timeKeeper;
  }

  /**
   * Starts asking.
   *
   * @param files get what is learned; made only if there is somebody to learn it from
   * @throws CarillonException if a file cannot be made, or the service's address is no good
   */
  public static MeasuredClocks start(ClockOptions options, ClockSource clock, ClockFiles files) {
    Optional<ClockLog> log =
        options.ntpServers().isEmpty()
            ? Optional.empty()
            : Optional.of(ClockLog.open(files, clock));
    try {
      return new MeasuredClocks(
          clock,
          options
              .chronoTickServer()
              .map(server -> ChronoTickPoller.start(server, clock, CHRONOTICK_INTERVAL)),
          log,
          log.map(
              listener ->
                  TimeKeeper.start(clock, options.ntpServers(), options.settings(), listener)));
    } catch (IllegalArgumentException e) {
      log.ifPresent(ClockLog::close);
      throw new CarillonException(ExitCode.USAGE, e.getMessage() + ".", e);
    }
  }

  @Override
  public ClockCells at(Moment moment) {
    ClockState state = state(moment);
    return new ClockCells(
        state.ntp(),
        chronoTick.flatMap(poller -> poller.at(moment.localNs())),
        state.status(),
        state.reading(),
        clock.knowsTrueTime() ? OptionalLong.of(moment.realtimeNs()) : OptionalLong.empty(),
        OptionalLong.of(moment.rawNs()),
        OptionalLong.of(moment.rawUncertaintyNs()));
  }

  @Override
  public void read(
      long realtimeNs, long localNs, long rawNs, long rawUncertaintyNs, ClockBuffer into) {
    into.clear();
    if (timeKeeper.isPresent()) {
      ReadingBuffer reading = readings.get();
      timeKeeper.get().read(localNs, rawNs, rawUncertaintyNs, reading);
      take(reading, into);
    }
    if (chronoTick.isPresent()) {
      chronoTick.get().read(localNs, into);
    }
    if (clock.knowsTrueTime()) {
      into.setTrueTime(realtimeNs);
    }
    into.setRawTime(rawNs, rawUncertaintyNs);
  }

  private static void take(ReadingBuffer reading, ClockBuffer into) {
    if (reading.status() != ClockStatus.UNSYNCHRONIZED) {
      into.setBounded(reading.status(), reading.earliestNs(), reading.bestNs(), reading.latestNs());
    }
    if (reading.isMeasured()) {
      into.setNtp(reading.measuredOffsetNs(), reading.measuredErrorNs());
    }
  }

  private ClockState state(Moment moment) {
    return timeKeeper.map(keeper -> keeper.at(moment)).orElse(ClockState.UNSYNCHRONIZED);
  }

  @Override
  public long lostRows() {
    return log.map(ClockLog::lostRows).orElse(0L);
  }

  @Override
  public Optional<Reading> now() {
    ReadingBuffer now = new ReadingBuffer();
    timeKeeper.ifPresent(keeper -> keeper.read(now));
    return now.toReading();
  }

  @Override
  public Optional<Reading> readingAt(Moment moment) {
    return state(moment).reading();
  }

  @Override
  public ClockReport report() {
    Moment now = Moment.now(clock);
    ClockState state = state(now);
    return new ClockReport(
        state.status(),
        state.reading(),
        state.reading().map(reading -> offset(reading, now.localNs())),
        timeKeeper.map(keeper -> evidence(keeper, now.rawNs())).orElse(NO_SERVER));
  }

  private static MeasuredOffset offset(Reading reading, long localNs) {
    return new MeasuredOffset(reading.bestNs() - localNs, Math.ceilDiv(reading.widthNs(), 2));
  }

  private String evidence(TimeKeeper keeper, long rawNs) {
    StringBuilder text = new StringBuilder();
    text.append(
        keeper
            .selected()
            .map(measurement -> describe(measurement, rawNs))
            .orElse("no usable answer of " + keeper.servers()));
    if (!keeper.falsetickers().isEmpty()) {
      text.append("; not believed: ").append(String.join(", ", keeper.falsetickers()));
    }
    if (keeper.duplicateAnswers() > 0) {
      text.append("; ").append(keeper.duplicateAnswers()).append(" duplicate answers ignored");
    }
    keeper
        .broken()
        .last()
        .ifPresent(
            last -> text.append("; ").append(describe(keeper.broken().count(), last, rawNs)));
    return text.toString();
  }

  private static String describe(long count, BrokenAssumptions.Break last, long rawNs) {
    return String.format(
        Locale.ROOT,
        "assumptions broke %s, last %.1f s ago: %s",
        count == 1 ? "once" : count + " times",
        (rawNs - last.rawNs()) / 1e9,
        last.what());
  }

  private static String describe(Measurement measurement, long rawNs) {
    return String.format(
        Locale.ROOT,
        "%s, stratum %d, %.1f s ago",
        measurement.server(),
        measurement.stratum(),
        (rawNs - measurement.rawNs()) / 1e9);
  }

  @Override
  public void sharpen() {
    timeKeeper.ifPresent(TimeKeeper::sharpen);
  }

  @Override
  public void close() {
    timeKeeper.ifPresent(TimeKeeper::close);
    chronoTick.ifPresent(ChronoTickPoller::close);
    log.ifPresent(ClockLog::close);
  }
}
