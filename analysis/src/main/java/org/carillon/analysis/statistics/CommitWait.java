package org.carillon.analysis.statistics;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How long a commit must wait until it is past for certain: the width of the interval.
 *
 * @param atEvent when the event arrived
 * @param after after each delay in ns
 */
public record CommitWait(Distribution atEvent, Map<Long, Distribution> after) {
  public CommitWait {
    after = Collections.unmodifiableMap(new LinkedHashMap<>(after));
  }
}
