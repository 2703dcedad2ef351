package org.carillon.control;

import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import org.slf4j.LoggerFactory;

/**
 * Takes what gRPC writes to java.util.logging, which would reach standard error, into this
 * program's log: its faults as warnings, everything else for those who debug. A stranger who knocks
 * at a control port makes gRPC talk a lot.
 */
public final class GrpcLog {

  private static final org.slf4j.Logger LOG = LoggerFactory.getLogger("io.grpc");

  /** Held here, since java.util.logging forgets a logger that nobody holds. */
  private static final Logger GRPC = Logger.getLogger("io.grpc");

  private GrpcLog() {}

  /** From now on; calling it again changes nothing. */
  public static synchronized void capture() {
    if (GRPC.getUseParentHandlers()) {
      GRPC.setUseParentHandlers(false);
      GRPC.addHandler(new ToOurLog());
    }
  }

  private static final class ToOurLog extends Handler {
    private final SimpleFormatter formatter = new SimpleFormatter();

    @Override
    public void publish(LogRecord entry) {
      if (entry.getLevel().intValue() >= Level.SEVERE.intValue()) {
        LOG.warn("{}", formatter.formatMessage(entry), entry.getThrown());
      } else {
        LOG.debug("{}", formatter.formatMessage(entry), entry.getThrown());
      }
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
  }
}
