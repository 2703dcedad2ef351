package org.carillon.deploy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.Optional;
import org.carillon.core.time.ClockSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What deploy does, line by line: to the log, and into the run directory once there is one. */
public final class Journal {

  private static final long NS_PER_MS = 1_000_000;

  private final ClockSource clock;
  private final Logger log;
  private Optional<Path> file = Optional.empty();

  /**
   * @param clock for the time of each line in the file
   */
  public Journal(ClockSource clock) {
    this(clock, "deploy");
  }

  /**
   * @param executable whose log it is
   */
  public Journal(ClockSource clock, String executable) {
    this.clock = clock;
    this.log = LoggerFactory.getLogger(executable);
  }

  /** From now on, keep the lines in this file too. */
  public synchronized void keepIn(Path newFile) {
    file = Optional.of(newFile);
  }

  /** What is being done. */
  public void info(String line) {
    log.info("{}", line);
    keep("INFO ", line);
  }

  /** For the run directory; the console has it at level DEBUG only. */
  void detail(String line) {
    log.debug("{}", line);
    keep("INFO ", line);
  }

  /** What a user should see even where only what is wrong is shown. */
  public void warn(String line) {
    log.warn("{}", line);
    keep("WARN ", line);
  }

  /** What went wrong. */
  public void error(String line) {
    log.error("{}", line);
    keep("ERROR", line);
  }

  private synchronized void keep(String level, String line) {
    if (file.isEmpty()) {
      return;
    }
    long nowMs = Math.floorDiv(clock.realtimeNs(), NS_PER_MS);
    String text = Instant.ofEpochMilli(nowMs) + " " + level + " " + line + "\n";
    try {
      Files.write(
          file.get(),
          text.getBytes(StandardCharsets.UTF_8),
          StandardOpenOption.CREATE,
          StandardOpenOption.APPEND);
    } catch (IOException e) {
      log.warn("cannot write {}: {}", file.get(), e.getMessage());
      file = Optional.empty();
    }
  }
}
