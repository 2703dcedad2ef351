package org.carillon.analysis.input;

import java.io.Closeable;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** The rows of one file in batches, and what became of it. Used by one thread. */
interface RowSource extends Closeable {

  /** Whether the file has a column of its table, and it is read. */
  boolean has(int column);

  /** The next rows; none at the end of the file. */
  RowBatch next();

  /** What became of the file; to be asked once, after its last row. */
  InputFile account();

  /** Gives all rows to a sink. */
  default InputFile drain(int file, Table table, RowSink sink) {
    RowBatch batch = next();
    while (batch.size() > 0) {
      for (int row = 0; row < batch.size(); row++) {
        List<Object> values = new ArrayList<>();
        for (int i = 0; i < table.columns().size(); i++) {
          byte[] text = batch.text(i, row);
          values.add(
              text != null
                  ? new String(text, StandardCharsets.UTF_8)
                  : batch.isKnown(i, row) ? (Object) batch.number(i, row) : null);
        }
        sink.accept(file, batch.line(row), values);
      }
      batch = next();
    }
    return account();
  }
}
