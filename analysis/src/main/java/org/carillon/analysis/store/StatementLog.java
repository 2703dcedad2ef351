package org.carillon.analysis.store;

import java.sql.SQLException;
import org.carillon.core.time.SystemClock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says at DEBUG how long each statement took, so that a slow analysis can be explained. */
final class StatementLog {

  private static final Logger LOG = LoggerFactory.getLogger(Database.class);
  private static final SystemClock CLOCK = new SystemClock();

  private StatementLog() {}

  /**
   * Does something and says how long it took.
   *
   * @param name of the statement
   */
  static <T> T timed(String name, Database.Question<T> question) throws SQLException {
    if (!LOG.isDebugEnabled()) {
      return question.ask();
    }
    long beganNs = CLOCK.monotonicNs();
    try {
      return question.ask();
    } finally {
      LOG.debug("{} took {} ms", name, (CLOCK.monotonicNs() - beganNs) / 1_000_000);
    }
  }
}
