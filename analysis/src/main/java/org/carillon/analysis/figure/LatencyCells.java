package org.carillon.analysis.figure;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.carillon.analysis.statistics.Clock;

/**
 * Latency counted by when in the run and by size.
 *
 * @param columnNs how much of the run a column holds
 * @param cells by clock; each column and bin once
 */
record LatencyCells(long columnNs, Map<Clock, List<Cell>> cells) {

  /**
   * Events of one stretch of the run with about the same latency.
   *
   * @param column from 0
   * @param bin number of a {@link LogHistogram.Bin}
   * @param n how many
   */
  record Cell(int column, int bin, long n) {}

  /** In coarser rows, each of as many bins, so that at most about so many are seen. */
  Map<Clock, Grid> grids(int mostRows) {
    Map<Clock, Grid> grids = new TreeMap<>();
    cells.forEach((clock, list) -> grids.put(clock, Grid.of(list, mostRows)));
    return grids;
  }

  /**
   * Counts in rows of as many bins each; what is closer to zero than the first of these rows is row
   * 0.
   *
   * @param axis holds every latency
   * @param firstBin of row 1; at least 1
   * @param binsPerRow at least 1
   * @param counts by column and then by row, both rising
   */
  record Grid(LogAxis axis, int firstBin, int binsPerRow, Map<Integer, Map<Integer, Long>> counts) {

    static Grid of(List<Cell> cells, int mostRows) {
      LogHistogram.Builder all = new LogHistogram.Builder();
      for (Cell cell : cells) {
        long edge = edgeNs(cell.bin());
        all.add(new LogHistogram.Bin(cell.bin(), cell.n(), edge, edge));
      }
      LogHistogram histogram = all.build();
      int lowest = histogram.bins().getFirst().number();
      int highest = histogram.bins().getLast().number();
      long least = lowest < 0 ? -LogHistogram.floorNs(1 - lowest) + 1 : histogram.leastNs();
      long greatest = highest > 0 ? LogHistogram.floorNs(highest + 1) - 1 : histogram.greatestNs();
      LogAxis axis = LogAxis.of(LogAxis.Labels.NS, least, greatest, histogram.smallNs());
      int first = lowest > 0 ? lowest : bin(Math.max(1, axis.linearNs()));
      int spread = Math.max(0, highest - first + 1) + Math.max(0, -lowest - first + 1);
      int perRow = Math.max(1, Math.ceilDiv(spread, mostRows));
      Map<Integer, Map<Integer, Long>> counts = new TreeMap<>();
      for (Cell cell : cells) {
        counts
            .computeIfAbsent(cell.column(), _ -> new TreeMap<>())
            .merge(row(cell.bin(), first, perRow), cell.n(), Long::sum);
      }
      return new Grid(axis, first, perRow, counts);
    }

    private static long edgeNs(int bin) {
      return bin == 0 ? 0 : Integer.signum(bin) * LogHistogram.floorNs(Math.abs(bin));
    }

    private static int bin(double ns) {
      return 1
          + (int) Math.floor(Math.log(ns) / Math.log(2) * LogHistogram.BINS_PER_DOUBLING + 1e-9);
    }

    private static int row(int bin, int first, int perRow) {
      int size = Math.abs(bin);
      return size < first ? 0 : Integer.signum(bin) * (1 + (size - first) / perRow);
    }

    /** The least latency of a row. */
    long fromNs(int row) {
      if (row > 0) {
        return LogHistogram.floorNs(firstBin + (row - 1) * binsPerRow);
      }
      return row == 0 && !axis.isSigned() ? 0 : 1 - untilNs(-row);
    }

    /** What every latency of a row is below. */
    long untilNs(int row) {
      return row >= 0 ? LogHistogram.floorNs(firstBin + row * binsPerRow) : 1 - fromNs(-row);
    }

    /** How many events the fullest cell has. */
    long most() {
      return counts.values().stream()
          .flatMap(rows -> rows.values().stream())
          .mapToLong(Long::longValue)
          .max()
          .orElse(0);
    }
  }
}
