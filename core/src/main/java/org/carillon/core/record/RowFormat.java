package org.carillon.core.record;

import java.util.List;
import java.util.Objects;
import java.util.function.Function;

/**
 * How rows of one kind become lines of one file: the columns, and for each row its cells in the
 * order of the columns. Keeping both in one value is what keeps header and rows in step.
 *
 * @param columns the header, left to right
 * @param cells the cells of a row, as many as there are columns; null is an empty cell
 * @param <R> the kind of row
 */
public record RowFormat<R>(List<Column> columns, Function<R, List<Object>> cells) {
  public RowFormat {
    columns = List.copyOf(columns);
    Objects.requireNonNull(cells);
  }
}
