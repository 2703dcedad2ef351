package org.carillon.clock;

import java.util.Objects;

/**
 * A bound on the offset at one moment, from one exchange: true time lay within {@code rawNs +
 * offsetNs ± errorNs}, if the server's own claims are true.
 *
 * @param server as the user named it, with its port
 * @param rawNs the moment, raw time: T4 of the exchange
 * @param offsetNs θ
 * @param errorNs root distance λ, rounded up, > 0
 * @param likelyOffsetNs the best guess of θ from this exchange alone; unless the ways there and
 *     back are known to differ it is {@code offsetNs}; one outside the bound is moved to its edge
 * @param delayNs δ of this exchange, there and back, ≥ 0
 * @param rootDelayNs to the primary server: the server's root delay and the δ of this exchange, ≥ 0
 * @param stratum of the server, 1–15
 * @param leap the server's leap warning, 0–2
 * @param referenceId what a server that takes its time from this one calls it
 */
public record Measurement(
    String server,
    long rawNs,
    long offsetNs,
    long errorNs,
    long likelyOffsetNs,
    long delayNs,
    long rootDelayNs,
    int stratum,
    int leap,
    int referenceId) {
  public Measurement {
    Objects.requireNonNull(server);
    if (errorNs <= 0 || delayNs < 0 || rootDelayNs < delayNs) {
      throw new IllegalArgumentException(
          "an error of %d ns, a delay of %d ns and a root delay of %d ns do not go together"
              .formatted(errorNs, delayNs, rootDelayNs));
    }
    likelyOffsetNs = Math.clamp(likelyOffsetNs, offsetNs - errorNs, offsetNs + errorNs);
    if (stratum < 1 || stratum > 15 || leap < 0 || leap > 2) {
      throw new IllegalArgumentException("a synchronized server has no such stratum or leap");
    }
  }

  /** Of an exchange whose ways there and back are not known to differ. */
  public Measurement(
      String server,
      long rawNs,
      long offsetNs,
      long errorNs,
      long delayNs,
      long rootDelayNs,
      int stratum,
      int leap,
      int referenceId) {
    this(
        server,
        rawNs,
        offsetNs,
        errorNs,
        offsetNs,
        delayNs,
        rootDelayNs,
        stratum,
        leap,
        referenceId);
  }

  /** The error bound at another moment of the counter: it grows with the age. */
  public long errorNsAt(long otherRawNs, DriftBound drift) {
    return errorNs + drift.driftNs(otherRawNs - rawNs);
  }
}
