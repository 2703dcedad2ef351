package org.carillon.ntp.simulation;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/**
 * A recording of how a real clock and a real path moved: offsets and delays that an NTP client
 * measured. It says nothing of true time, nor of how a delay divides into there and back, so these
 * are made up: a clock that moves as the offsets did, over a path with these delays.
 *
 * @param rows in order of time, at least two
 */
public record RecordedTrace(List<Row> rows) {

  private static final String TIME = "elapsed_seconds";
  private static final String OFFSET = "ntp_offset_ms";
  private static final String DELAY = "ntp_delay_ms";
  private static final String HALF_DELAY = "ntp_uncertainty_ms";

  /**
   * One measurement.
   *
   * @param atNs since the recording began, ≥ 0
   * @param offsetNs true minus local time
   * @param delayNs there and back, ≥ 0
   */
  public record Row(long atNs, double offsetNs, long delayNs) {}

  /** How a delay divides into the way there and the way back. */
  public enum Split {
    ALL_THERE,
    ALL_BACK,
    IN_TURN,
    AT_RANDOM;

    private double shareThere(int number, SplittableRandom random) {
      return switch (this) {
        case ALL_THERE -> 1;
        case ALL_BACK -> 0;
        case IN_TURN -> number % 2;
        case AT_RANDOM -> random.nextDouble();
      };
    }
  }

  public RecordedTrace {
    rows = List.copyOf(rows);
    if (rows.size() < 2) {
      throw new IllegalArgumentException("a trace of " + rows.size() + " rows shows no motion");
    }
    for (int i = 0; i < rows.size(); i++) {
      if (rows.get(i).delayNs() < 0 || rows.get(i).atNs() < 0) {
        throw new IllegalArgumentException("time or delay is negative: " + rows.get(i));
      }
      if (i > 0 && rows.get(i).atNs() <= rows.get(i - 1).atNs()) {
        throw new IllegalArgumentException("not in order of time: " + rows.get(i));
      }
    }
  }

  /**
   * Reads a CSV with a header: elapsed_seconds, ntp_offset_ms, and ntp_delay_ms or else
   * ntp_uncertainty_ms, which is half of it. A row without an offset is no measurement.
   *
   * @throws IllegalArgumentException with file and line if it is not such a file
   */
  public static RecordedTrace read(java.nio.file.Path file) throws IOException {
    CSVFormat format = CSVFormat.RFC4180.builder().setHeader().setSkipHeaderRecord(true).get();
    List<Row> rows = new ArrayList<>();
    try (CSVParser parser = CSVParser.parse(file, StandardCharsets.UTF_8, format)) {
      boolean delays = parser.getHeaderNames().contains(DELAY);
      for (CSVRecord line : parser) {
        if (!cell(line, OFFSET).isEmpty()) {
          long delayNs = ns(line, delays ? DELAY : HALF_DELAY, 1e6) * (delays ? 1 : 2);
          rows.add(new Row(ns(line, TIME, 1e9), ns(line, OFFSET, 1e6), delayNs));
        }
      }
      return new RecordedTrace(rows);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(file + ": " + e.getMessage(), e);
    }
  }

  private static String cell(CSVRecord line, String column) {
    if (!line.isSet(column)) {
      throw new IllegalArgumentException("line " + line.getRecordNumber() + " has no " + column);
    }
    return line.get(column);
  }

  private static long ns(CSVRecord line, String column, double unitNs) {
    try {
      double value = Double.parseDouble(cell(line, column));
      if (Double.isFinite(value)) {
        return Math.round(value * unitNs);
      }
    } catch (NumberFormatException e) {
      // Reported as any other text that is no number.
    }
    throw new IllegalArgumentException(
        "line " + line.getRecordNumber() + ": " + column + " is not a number: " + line.get(column));
  }

  /** From its first to its last row. */
  public Duration length() {
    return Duration.ofNanos(rows.getLast().atNs() - rows.getFirst().atNs());
  }

  /** How often it was measured, on average. */
  public Duration poll() {
    return length().dividedBy(rows.size() - 1);
  }

  /**
   * Of every so many rows the one with the smallest delay: what moves less than the path's jitter
   * pretends.
   */
  public RecordedTrace fastestOf(int many) {
    List<Row> fastest = new ArrayList<>();
    for (int i = 0; i < rows.size(); i += many) {
      fastest.add(
          rows.subList(i, Math.min(rows.size(), i + many)).stream()
              .min((a, b) -> Long.compare(a.delayNs(), b.delayNs()))
              .orElseThrow());
    }
    return new RecordedTrace(fastest);
  }

  /** The fastest that the offset moves between two rows, ppm. */
  public double steepestPpm() {
    double steepest = 0;
    for (int i = 1; i < rows.size(); i++) {
      steepest = Math.max(steepest, Math.abs(slope(i - 1)) * 1e6);
    }
    return steepest;
  }

  private double slope(int row) {
    Row from = rows.get(row);
    Row to = rows.get(row + 1);
    return (to.offsetNs() - from.offsetNs()) / (to.atNs() - from.atNs());
  }

  /**
   * A clock with these offsets, and straight lines between them. Before and after the recording the
   * first and the last line go on.
   */
  public ClockError clock() {
    return trueNs -> {
      long atNs = trueNs + rows.getFirst().atNs();
      int row = 0;
      int end = rows.size() - 1;
      while (end - row > 1) {
        int middle = (row + end) / 2;
        if (rows.get(middle).atNs() <= atNs) {
          row = middle;
        } else {
          end = middle;
        }
      }
      return -(rows.get(row).offsetNs() + slope(row) * (atNs - rows.get(row).atNs()));
    };
  }

  /**
   * A path with these delays, one after the other and from the start again. The way back of an
   * exchange is what its way there has left, so both must be drawn in turn.
   */
  public Path path(Split split) {
    int[] drawn = {0};
    long[] backNs = {0};
    Delay there =
        random -> {
          long delayNs = rows.get(drawn[0] % rows.size()).delayNs();
          long thereNs = Math.round(delayNs * split.shareThere(drawn[0]++, random));
          backNs[0] = delayNs - thereNs;
          return thereNs;
        };
    return new Path(there, random -> backNs[0], 0, trueNs -> false);
  }
}
