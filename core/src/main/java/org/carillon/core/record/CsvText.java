package org.carillon.core.record;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.QuoteMode;

/** CSV as all our files are: UTF-8, comma, LF, quotes only where they must be. */
final class CsvText {

  static final CSVFormat FORMAT =
      CSVFormat.DEFAULT.builder().setRecordSeparator('\n').setQuoteMode(QuoteMode.MINIMAL).get();

  /** The first cell of a line is quoted more often than others. */
  private static final String FIRST_CELL = "0,";

  private CsvText() {}

  /** The header line, LF included. */
  static byte[] header(List<Column> columns) {
    return (FORMAT.format(columns.stream().map(Column::name).toArray()) + "\n")
        .getBytes(StandardCharsets.UTF_8);
  }

  /** A cell that is not the first of its line. */
  static byte[] cell(String text) {
    return FORMAT.format(0, text).substring(FIRST_CELL.length()).getBytes(StandardCharsets.UTF_8);
  }
}
