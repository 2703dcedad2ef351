package org.carillon.control.statistics;

import java.util.OptionalDouble;

/**
 * How busy a node was since the report before; empty where the system does not tell.
 *
 * @param user share of the time of all processors spent in programs, 0 to 1
 * @param system the same in the kernel
 * @param iowait the same idle with disk requests outstanding
 * @param process time of the worker's own process as a share of one processor, 0 to their number
 */
public record CpuShares(
    OptionalDouble user, OptionalDouble system, OptionalDouble iowait, OptionalDouble process) {

  /** Nothing is known. */
  public static final CpuShares UNKNOWN =
      new CpuShares(
          OptionalDouble.empty(),
          OptionalDouble.empty(),
          OptionalDouble.empty(),
          OptionalDouble.empty());
}
