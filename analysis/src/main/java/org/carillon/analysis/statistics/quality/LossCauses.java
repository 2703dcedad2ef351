package org.carillon.analysis.statistics.quality;

import java.util.Optional;
import java.util.OptionalLong;

/**
 * Why events have no row at a worker; the causes add up to the events lost.
 *
 * @param lost events sent, less received
 * @param disk that reached the worker and whose rows could not be written
 * @param damaged whose lines are torn, refused or name another node, or stood behind the damage of
 *     the file
 * @param kernel that the kernel dropped, because the socket's buffer was full; empty if it does not
 *     tell
 * @param afterTheLast sent after the worker's last row: it may have ended
 * @param network that never reached the worker's socket; empty if that cannot be told
 * @param unknown of which nothing tells
 */
public record LossCauses(
    long lost,
    long disk,
    long damaged,
    OptionalLong kernel,
    long afterTheLast,
    OptionalLong network,
    long unknown) {

  public LossCauses {
    if (lost != disk + damaged + kernel.orElse(0) + afterTheLast + network.orElse(0) + unknown) {
      throw new IllegalArgumentException("causes do not add up to " + lost);
    }
  }

  /**
   * Gives each cause as many as were counted of it, in this order, and what remains to the network
   * if the others are known.
   *
   * @param linesDamaged of the worker's file
   * @param isCut whether rows at the end of the file were lost with it: then nothing tells what
   *     became of the events after the last row that is left
   * @param afterTheLast events sent after the worker's last arrival
   */
  static LossCauses of(
      long lost,
      long linesDamaged,
      boolean isCut,
      long afterTheLast,
      Optional<Reception> reception) {
    long rest = lost;
    long disk = Math.min(rest, reception.map(Reception::rowsLost).orElse(0L));
    rest -= disk;
    long damaged = Math.min(rest, linesDamaged);
    rest -= damaged;
    OptionalLong drops = reception.map(Reception::kernelDrops).orElse(OptionalLong.empty());
    OptionalLong kernel =
        drops.isPresent()
            ? OptionalLong.of(Math.min(rest, drops.getAsLong()))
            : OptionalLong.empty();
    rest -= kernel.orElse(0);
    long late = Math.min(rest, afterTheLast);
    rest -= late;
    return new LossCauses(
        lost,
        disk,
        isCut ? damaged + late : damaged,
        kernel,
        isCut ? 0 : late,
        kernel.isPresent() ? OptionalLong.of(rest) : OptionalLong.empty(),
        kernel.isPresent() ? 0 : rest);
  }
}
