package org.carillon.ntp.server;

import java.net.InetAddress;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How often one client address may ask: a token bucket each, in bounded memory. Pure arithmetic;
 * safe for several threads.
 *
 * <p>Whoever asks too often is told so by a kiss of death, once a second at most, and otherwise not
 * answered: so a server cannot be used to flood a third party whose address is forged. The buckets
 * of the addresses heard from longest ago give way to new ones.
 */
public final class RateLimit {

  /** How many addresses are remembered, about 1 MiB. */
  static final int CLIENTS_MAX = 8_192;

  private static final double SECOND_NS = 1e9;

  private final double perSecond;
  private final double burst;
  private final Map<InetAddress, Bucket> buckets;

  private static final class Bucket {
    private double tokens;
    private long filledNs;
    private long kissedNs;
    private boolean kissed;
  }

  /** What to do with a request. */
  public enum Decision {
    /** Answer it. */
    ANSWER,
    /** Tell the client to ask less often. */
    KISS,
    /** Say nothing. */
    DROP
  }

  /**
   * @param perSecond requests a second, > 0; twice as many may come at once
   */
  public RateLimit(double perSecond) {
    if (!(perSecond > 0)) {
      throw new IllegalArgumentException("a rate limit is above 0, not " + perSecond);
    }
    this.perSecond = perSecond;
    this.burst = Math.max(1, 2 * perSecond);
    this.buckets =
        new LinkedHashMap<>(16, 0.75f, true) {
          private static final long serialVersionUID = 1L;

          @Override
          protected boolean removeEldestEntry(Map.Entry<InetAddress, Bucket> eldest) {
            return size() > CLIENTS_MAX;
          }
        };
  }

  /**
   * Decides on a request.
   *
   * @param monotonicNs now; only differences count
   */
  public synchronized Decision decide(InetAddress client, long monotonicNs) {
    Bucket bucket =
        buckets.computeIfAbsent(
            client,
            address -> {
              Bucket full = new Bucket();
              full.tokens = burst;
              full.filledNs = monotonicNs;
              return full;
            });
    double filled = (monotonicNs - bucket.filledNs) / SECOND_NS * perSecond;
    bucket.tokens = Math.min(burst, bucket.tokens + filled);
    bucket.filledNs = monotonicNs;
    if (bucket.tokens >= 1) {
      bucket.tokens--;
      return Decision.ANSWER;
    }
    if (!bucket.kissed || monotonicNs - bucket.kissedNs >= SECOND_NS) {
      bucket.kissed = true;
      bucket.kissedNs = monotonicNs;
      return Decision.KISS;
    }
    return Decision.DROP;
  }

  synchronized int clients() {
    return buckets.size();
  }
}
