package org.carillon.cli;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.Configurator;
import ch.qos.logback.core.spi.ContextAwareBase;

/**
 * The log until {@link LogOptions} says where it goes: nowhere. Logback would look for
 * configurations in every jar first, and find none.
 */
public final class LogBeginning extends ContextAwareBase implements Configurator {
  /** Logback makes it by its name. */
  public LogBeginning() {}

  @Override
  public ExecutionStatus configure(LoggerContext context) {
    return ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY;
  }
}
