package org.carillon.cli;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.LoggingEvent;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Against Logback's own pattern of the same form. */
class LogLayoutTest {
  private final LoggerContext context = new LoggerContext();

  @ParameterizedTest
  @CsvSource({
    "org.carillon.ssh.SshHost, INFO, 2026-11-22T10:15:30Z",
    "Alone, WARN, 1999-12-31T23:59:59.999999999Z",
    "a.b$C, DEBUG, 2026-02-03T04:05:06.007Z",
    "a.B, ERROR, 2026-02-03T04:05:06.700Z"
  })
  void aLineIsAsThePatternHasIt(String name, String level, Instant time) {
    PatternLayoutEncoder pattern = new PatternLayoutEncoder();
    pattern.setContext(context);
    pattern.setPattern(
        "%d{yyyy-MM-dd'T'HH:mm:ss.SSS'Z',UTC} %-5level %logger{0} - %msg%n%ex{full}");
    pattern.start();
    Exception failure = new IllegalStateException("it broke", new IOException("no disk"));
    for (Throwable thrown : new Throwable[] {null, failure}) {
      LoggingEvent event = event(name, Level.toLevel(level), thrown);
      event.setInstant(time);
      assertThat(new LogLayout().doLayout(event))
          .isEqualTo(new String(pattern.encode(event), StandardCharsets.UTF_8));
    }
  }

  private LoggingEvent event(String name, Level level, Throwable thrown) {
    Logger logger = context.getLogger(name);
    return new LoggingEvent(
        "caller", logger, level, "was {} of {}", thrown, new Object[] {1, "two"});
  }
}
