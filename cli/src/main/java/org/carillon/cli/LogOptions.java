package org.carillon.cli;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.filter.ThresholdFilter;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.FileAppender;
import ch.qos.logback.core.OutputStreamAppender;
import ch.qos.logback.core.encoder.LayoutWrappingEncoder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.carillon.core.CarillonException;
import org.carillon.core.ExitCode;
import org.carillon.core.run.RunFiles;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Option;

/** Where the log goes and how much of it: standard error, and a file if one is named. */
public final class LogOptions {

  /** The levels of the existing Python toolkit, by their names there. */
  enum LogLevel {
    DEBUG(Level.DEBUG),
    INFO(Level.INFO),
    WARNING(Level.WARN),
    ERROR(Level.ERROR);

    private final Level level;

    LogLevel(Level level) {
      this.level = level;
    }
  }

  @Option(
      names = "--log-level",
      paramLabel = "LEVEL",
      description = "DEBUG, INFO, WARNING or ERROR (default: ${DEFAULT-VALUE}).")
  private LogLevel logLevel = LogLevel.INFO;

  @Option(
      names = "--log-file",
      paramLabel = "FILE",
      description = "Append the log to this file as well; its folder is made if need be.")
  private Path logFile;

  /** Starts logging as asked. */
  public void apply() {
    apply(logLevel);
  }

  /** As {@link #apply()}, but standard error gets errors only. */
  public void applyQuietly() {
    apply(LogLevel.ERROR);
  }

  private void apply(LogLevel onConsole) {
    LoggerContext context = context();
    context.reset();
    Logger root = context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    root.setLevel(logLevel.level);
    ConsoleAppender<ILoggingEvent> console = new ConsoleAppender<>();
    console.setTarget("System.err");
    ThresholdFilter threshold = new ThresholdFilter();
    threshold.setLevel(onConsole.level.toString());
    threshold.start();
    console.addFilter(threshold);
    start(context, root, console);
    if (logFile != null) {
      FileAppender<ILoggingEvent> file = new FileAppender<>();
      file.setFile(writable(logFile).toString());
      start(context, root, file);
    }
    if (logLevel == LogLevel.DEBUG) {
      LoggerFactory.getLogger(LogOptions.class).debug("{}", AotCache.state());
    }
  }

  /** Another thread may be bringing the library up, which SLF4J does under this lock. */
  private static LoggerContext context() {
    synchronized (LoggerFactory.class) {
      return (LoggerContext) LoggerFactory.getILoggerFactory();
    }
  }

  private static void start(
      LoggerContext context, Logger root, OutputStreamAppender<ILoggingEvent> appender) {
    LogLayout layout = new LogLayout();
    layout.setContext(context);
    layout.start();
    LayoutWrappingEncoder<ILoggingEvent> encoder = new LayoutWrappingEncoder<>();
    encoder.setContext(context);
    encoder.setLayout(layout);
    encoder.start();
    appender.setContext(context);
    appender.setEncoder(encoder);
    appender.start();
    root.addAppender(appender);
  }

  private static Path writable(Path file) {
    try {
      Path absolute = file.toAbsolutePath();
      if (Files.isDirectory(absolute)) {
        throw new IOException("it is a folder; name a file in it");
      }
      Files.createDirectories(absolute.getParent());
      if (!Files.exists(absolute)) {
        Files.createFile(absolute);
      }
      if (!Files.isWritable(absolute)) {
        throw new IOException("permission denied");
      }
      return absolute;
    } catch (IOException e) {
      throw new CarillonException(
          ExitCode.USAGE, "cannot write the log file " + file + ": " + RunFiles.reason(e), e);
    }
  }
}
