package org.carillon.deploy.validate;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.function.Supplier;
import org.carillon.core.CarillonException;
import org.carillon.core.ExitCode;
import org.carillon.core.time.ClockSource;
import org.carillon.deploy.Cancellation;

/** Validates again and again, and tells what changes. */
public final class Patrol {

  private final Settings settings;
  private final Supplier<ValidationReport> round;
  private final ClockSource clock;
  private final Cancellation cancellation;
  private final Alarms alarms;

  /**
   * How.
   *
   * @param interval from the beginning of one round to the next; a longer round delays the next one
   * @param hold how long a check must be bad before that is told
   * @param keepFailing how long it must be good again before that is told
   */
  public record Settings(Duration interval, Duration hold, Duration keepFailing) {}

  /** Is told what happens, by one thread. */
  public interface Listener {

    /** The first round is over. */
    void first(ValidationReport report);

    /** Something has changed, for some hosts together. */
    void changed(Instant at, Changed change);

    /** A round is over, whatever it found. */
    void round(ValidationReport report);
  }

  /**
   * @param round one validation, which throws {@link ExitCode#ABORTED} when it is cancelled
   * @param cancellation ends the patrol
   */
  public Patrol(
      Settings settings,
      Supplier<ValidationReport> round,
      ClockSource clock,
      Cancellation cancellation) {
    this.settings = settings;
    this.round = round;
    this.clock = clock;
    this.cancellation = cancellation;
    this.alarms = new Alarms(settings.hold(), settings.keepFailing());
  }

  /**
   * Goes on until it is cancelled.
   *
   * @return the last whole round; empty if there was none
   */
  public Optional<ValidationReport> run(Listener listener) {
    Optional<ValidationReport> last = Optional.empty();
    do {
      long beganNs = clock.monotonicNs();
      ValidationReport report;
      try {
        report = round.get();
      } catch (CarillonException e) {
        if (e.exitCode() == ExitCode.ABORTED && cancellation.requested()) {
          return last;
        }
        throw e;
      }
      Instant at = Instant.EPOCH.plus(clock.realtimeNs(), ChronoUnit.NANOS);
      if (last.isEmpty()) {
        listener.first(report);
      }
      Changed.folded(alarms.round(report, at)).forEach(change -> listener.changed(at, change));
      listener.round(report);
      last = Optional.of(report);
      long leftNs = settings.interval().toNanos() - (clock.monotonicNs() - beganNs);
      cancellation.await(Duration.ofNanos(leftNs));
    } while (!cancellation.requested());
    return last;
  }
}
