package org.carillon.cli;

import java.time.Duration;
import org.carillon.core.ExitCode;
import org.carillon.core.time.DurationText;
import org.carillon.core.time.SystemClock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Option;

/** How long a process may live, whatever becomes of the one that started it. */
final class LifetimeOptions {

  private static final Logger LOG = LoggerFactory.getLogger(LifetimeOptions.class);

  @Option(
      names = "--max-runtime",
      paramLabel = "DURATION",
      converter = Converters.OfDuration.class,
      description =
          "End in good order after this time, as on SIGTERM, so that nothing is left running if"
              + " whoever started this cannot end it (default: no limit).")
  private Duration maxRuntime;

  /** From here on, the time runs. */
  void start() {
    if (maxRuntime != null) {
      Thread.ofPlatform().name("lifetime").daemon().start(this::endAfterwards);
    }
  }

  private void endAfterwards() {
    try {
      new SystemClock().sleep(maxRuntime);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return;
    }
    LOG.warn("ending: the --max-runtime of {} is over", DurationText.format(maxRuntime));
    System.exit(ExitCode.TIMEOUT.code());
  }
}
