package org.carillon.core.record;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.carillon.core.CarillonException;
import org.carillon.core.ExitCode;

/**
 * How far apart the events of a recorded coordinator.csv were: as they were due or, in a file that
 * does not tell that, as they were sent.
 */
public final class RecordedGaps {

  /** The first of these that a file has. */
  private static final List<String> COLUMNS = List.of("scheduled_time_ns", "send_time_ns");

  private static final CSVFormat FORMAT =
      CSVFormat.RFC4180.builder().setHeader().setSkipHeaderRecord(true).get();

  private final Path file;
  private final CSVParser parser;
  private final String column;
  private long[] offsetsNs = new long[1024];
  private int count;
  private long firstNs;

  private RecordedGaps(Path file, CSVParser parser) {
    this.file = file;
    this.parser = parser;
    this.column =
        COLUMNS.stream()
            .filter(parser.getHeaderNames()::contains)
            .findFirst()
            .orElseThrow(() -> complaint(1, "none of the columns " + String.join(", ", COLUMNS)));
  }

  /**
   * Reads a file. A last line without LF, as a process leaves it that was killed, is left out.
   *
   * @return of each event, ns after the first; ascending, and at least one
   * @throws CarillonException USAGE if it cannot be read or is no such file, with line and column
   */
  public static long[] offsetsNs(Path file) {
    if (!Files.exists(file)) {
      throw new CarillonException(ExitCode.USAGE, "there is no file " + file + ".");
    }
    try (WholeLines lines = new WholeLines(file);
        CSVParser parser = CSVParser.parse(lines, StandardCharsets.UTF_8, FORMAT)) {
      return new RecordedGaps(file, parser).read();
    } catch (IOException e) {
      throw new CarillonException(
          ExitCode.USAGE, "cannot read " + file + ": " + e.getMessage() + ".", e);
    } catch (UncheckedIOException | IllegalArgumentException | IllegalStateException e) {
      throw noCsv(file, String.valueOf(e.getMessage()), e); // what the parser throws
    }
  }

  private static CarillonException noCsv(Path file, String reason, Exception cause) {
    return new CarillonException(ExitCode.USAGE, file + " is no CSV file: " + reason + ".", cause);
  }

  private long[] read() {
    Iterator<CSVRecord> records = parser.iterator();
    while (records.hasNext()) {
      CSVRecord row = records.next();
      long line = parser.getCurrentLineNumber();
      if (!row.isConsistent()) {
        throw complaint(line, row.size() + " cells instead of " + parser.getHeaderNames().size());
      }
      add(line, row.get(column));
    }
    if (count == 0) {
      throw new CarillonException(ExitCode.USAGE, file + " has no events.");
    }
    return Arrays.copyOf(offsetsNs, count);
  }

  private void add(long line, String cell) {
    long timeNs;
    try {
      timeNs = Long.parseLong(cell);
    } catch (NumberFormatException e) {
      throw complaint(line, column + ": '" + cell + "' is no time in ns");
    }
    if (count == 0) {
      firstNs = timeNs;
    }
    if (count == offsetsNs.length) {
      offsetsNs = Arrays.copyOf(offsetsNs, 2 * count);
    }
    long offsetNs = timeNs - firstNs;
    if (offsetNs < 0 && timeNs > firstNs) {
      throw complaint(line, column + ": " + cell + " is more than 292 years after the first");
    }
    if (offsetNs < (count == 0 ? 0 : offsetsNs[count - 1])) {
      throw complaint(line, column + ": " + cell + " is before the time of the row above");
    }
    offsetsNs[count++] = offsetNs;
  }

  private CarillonException complaint(long line, String what) {
    return new CarillonException(ExitCode.USAGE, file + ":" + line + ": " + what + ".");
  }

  /** A file up to its last LF. */
  private static final class WholeLines extends FilterInputStream {

    /** No line of ours is longer, even with a thousand workers. */
    private static final int LINE_BYTES_MAX = 1 << 20;

    private long leftBytes;

    WholeLines(Path file) throws IOException {
      super(Files.newInputStream(file));
      leftBytes = wholeBytes(file);
    }

    private static long wholeBytes(Path file) throws IOException {
      try (RandomAccessFile end = new RandomAccessFile(file.toFile(), "r")) {
        long start = Math.max(0, end.length() - LINE_BYTES_MAX);
        byte[] bytes = new byte[(int) (end.length() - start)];
        end.seek(start);
        end.readFully(bytes);
        int position = bytes.length;
        while (position > 0 && bytes[position - 1] != '\n') {
          position--;
        }
        return start + position;
      }
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
      if (leftBytes == 0) {
        return -1;
      }
      int taken = super.read(into, offset, (int) Math.min(length, leftBytes));
      leftBytes -= Math.max(0, taken);
      return taken;
    }
  }
}
