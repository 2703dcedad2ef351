package org.carillon.analysis.input;

import java.util.Arrays;

/**
 * Reads rows as our own writers write them, straight from their bytes: digits, decimals without
 * exponent, ASCII text, quotes around a whole cell. What is unusual in any way is left to {@link
 * CsvFile}, which knows every case and words every problem; for each row that this class accepts,
 * the two give the same values.
 */
final class PlainRow {

  /** More digits might not fit in 64 bits. */
  private static final int MAX_DIGITS = 18;

  private static final long[] TEN_TO = new long[MAX_DIGITS + 1];

  static {
    TEN_TO[0] = 1;
    for (int i = 1; i <= MAX_DIGITS; i++) {
      TEN_TO[i] = TEN_TO[i - 1] * 10;
    }
  }

  /** How a cell is read. */
  private enum Form {
    NUMBER,
    NANOSECONDS,
    MILLISECONDS,
    SECONDS,
    TEXT,
    /** A column that nobody asks for: passed over. */
    NONE
  }

  private final Form[] forms;
  private final int[] columns;
  private final boolean[] required;
  private final boolean[] uncertainty;
  private final byte[][] lastTexts;

  private byte[] bytes;
  private RowBatch batch;
  private long magnitude;

  /** Of a file whose header was read and can be used. */
  PlainRow(Table table, CsvFile file, boolean[] wanted) {
    int cells = file.cellsPerRow();
    forms = new Form[cells];
    columns = new int[cells];
    required = new boolean[cells];
    uncertainty = new boolean[cells];
    lastTexts = new byte[cells][];
    Arrays.fill(forms, Form.NONE);
    for (int i = 0; i < table.columns().size(); i++) {
      int cell = file.cellOf(i);
      if (cell >= 0) {
        InputColumn column = table.columns().get(i);
        columns[cell] = i;
        required[cell] = column.required();
        uncertainty[cell] = column.name().contains("uncertainty");
        forms[cell] =
            switch (column.kind()) {
              case TEXT -> wanted[i] || column.required() ? Form.TEXT : Form.NONE;
              case NUMBER -> Form.NUMBER;
              case NANOSECONDS -> Form.NANOSECONDS;
              case MILLISECONDS -> Form.MILLISECONDS;
              case SECONDS -> Form.SECONDS;
            };
      }
    }
  }

  /**
   * Reads the line that begins at a position, and sets the columns of the batch's next row.
   *
   * @param from holds the whole line with its line feed
   * @return where the next line begins; negative if this line is not plain, and the row then holds
   *     no sense
   */
  int read(byte[] from, int position, RowBatch to) {
    bytes = from;
    batch = to;
    int at = position;
    int last = forms.length - 1;
    for (int cell = 0; cell < last; cell++) {
      at = cell(cell, at);
      if (at < 0 || from[at] != ',') {
        return -1;
      }
      at++;
    }
    at = cell(last, at);
    if (at < 0) {
      return -1;
    }
    if (from[at] == '\r') {
      at++;
    }
    return from[at] == '\n' ? at + 1 : -1;
  }

  /** Where the cell ends, which is at a comma or a line's end unless it is not plain. */
  private int cell(int cell, int at) {
    return switch (forms[cell]) {
      case NUMBER, NANOSECONDS -> whole(cell, at);
      case MILLISECONDS -> decimal(cell, at, 6);
      case SECONDS -> decimal(cell, at, 9);
      case TEXT -> text(cell, at, true);
      case NONE -> text(cell, at, false);
    };
  }

  private int whole(int cell, int start) {
    boolean negative = bytes[start] == '-';
    int firstDigit = negative ? start + 1 : start;
    int at = digits(firstDigit);
    int digits = at - firstDigit;
    if (digits == 0) {
      return negative ? -1 : empty(cell, at);
    }
    // Nineteen digits fit in 64 bits without a sign, so that none of them is lost before this.
    long value = magnitude;
    if (digits > MAX_DIGITS + 1 || value < 0) {
      return -1;
    }
    if (forms[cell] == Form.NANOSECONDS && value >= InputColumn.MAX_NS) {
      return -1;
    }
    return number(cell, at, negative ? -value : value);
  }

  /** Half to even, as {@link InputColumn#parse}. */
  private int decimal(int cell, int start, int places) {
    boolean negative = bytes[start] == '-';
    int firstDigit = negative ? start + 1 : start;
    int at = digits(firstDigit);
    int digits = at - firstDigit;
    if (digits == 0) {
      return negative ? -1 : empty(cell, at);
    }
    if (digits + places > MAX_DIGITS) {
      return -1;
    }
    long value = magnitude;
    byte next = bytes[at];
    int kept = 0;
    boolean up = false;
    if (next == '.') {
      next = bytes[++at];
      int firstPlace = at;
      while (next >= '0' && next <= '9' && kept < places) {
        value = value * 10 + (next - '0');
        kept++;
        next = bytes[++at];
      }
      if (next >= '0' && next <= '9') {
        int half = next - '5';
        boolean more = false;
        next = bytes[++at];
        while (next >= '0' && next <= '9') {
          more |= next != '0';
          next = bytes[++at];
        }
        up = half > 0 || half == 0 && (more || (value & 1) == 1);
      }
      if (at == firstPlace) {
        return -1;
      }
    }
    if (at - start > InputColumn.MAX_DECIMAL_LENGTH) {
      return -1;
    }
    value = value * TEN_TO[places - kept] + (up ? 1 : 0);
    return value >= InputColumn.MAX_NS ? -1 : number(cell, at, negative ? -value : value);
  }

  /** Where the digits that begin here end; {@link #magnitude} is their value. */
  private int digits(int start) {
    int at = start;
    long value = 0;
    for (byte next = bytes[at]; next >= '0' && next <= '9'; next = bytes[++at]) {
      value = value * 10 + (next - '0');
    }
    magnitude = value;
    return at;
  }

  private int number(int cell, int end, long value) {
    if (uncertainty[cell] && (value < 0 || value > InputColumn.MAX_UNCERTAINTY_NS)) {
      return -1;
    }
    batch.setNumber(columns[cell], value);
    return end;
  }

  private int empty(int cell, int at) {
    if (required[cell]) {
      return -1;
    }
    batch.setUnknown(columns[cell]);
    return at;
  }

  private int text(int cell, int start, boolean keep) {
    boolean quoted = bytes[start] == '"';
    int begin = quoted ? start + 1 : start;
    int end = begin;
    while (isPlain(bytes[end]) && (quoted || bytes[end] != ',')) {
      end++;
    }
    if (quoted && bytes[end] != '"') {
      return -1;
    }
    if (keep) {
      if (end == begin) {
        if (required[cell]) {
          return -1;
        }
        batch.setUnknown(columns[cell]);
      } else if (bytes[begin] == ' ' || bytes[end - 1] == ' ') {
        return -1;
      } else {
        batch.setText(columns[cell], interned(cell, begin, end));
      }
    }
    return quoted ? end + 1 : end;
  }

  /** Printable ASCII but for quotes. */
  private static boolean isPlain(byte b) {
    return b >= ' ' && b != '"' && b != 0x7F;
  }

  /** The same text as in the row before is the same array. */
  private byte[] interned(int cell, int begin, int end) {
    byte[] last = lastTexts[cell];
    if (last == null || !Arrays.equals(last, 0, last.length, bytes, begin, end)) {
      last = Arrays.copyOfRange(bytes, begin, end);
      lastTexts[cell] = last;
    }
    return last;
  }
}
