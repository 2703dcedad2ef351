package org.carillon.ssh;

import com.jcraft.jsch.Logger;
import org.slf4j.LoggerFactory;

/**
 * What JSch tells of a connection, at log level DEBUG: what a user needs to know reaches him as an
 * exception.
 */
final class JschLog implements Logger {
  private static final org.slf4j.Logger LOG = LoggerFactory.getLogger(JschLog.class);

  private final String host;
  private final boolean told = LOG.isDebugEnabled();

  JschLog(String host) {
    this.host = host;
  }

  @Override
  public boolean isEnabled(int level) {
    return told && level >= INFO;
  }

  @Override
  public void log(int level, String message) {
    if (isEnabled(level)) {
      LOG.debug("{}: {}", host, message);
    }
  }

  @Override
  public void log(int level, String message, Throwable cause) {
    if (isEnabled(level)) {
      LOG.debug("{}: {}", host, message, cause);
    }
  }
}
