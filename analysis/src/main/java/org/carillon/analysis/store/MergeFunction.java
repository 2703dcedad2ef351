package org.carillon.analysis.store;

import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.carillon.analysis.input.RowBatch;
import org.carillon.analysis.merge.EventMerge;
import org.carillon.analysis.merge.Slice;
import org.duckdb.DuckDBColumnType;
import org.duckdb.DuckDBConnection;
import org.duckdb.DuckDBDataChunkWriter;
import org.duckdb.DuckDBFunctions;
import org.duckdb.DuckDBTableFunction;
import org.duckdb.DuckDBTableFunctionBindInfo;
import org.duckdb.DuckDBTableFunctionBuilder;
import org.duckdb.DuckDBTableFunctionCallInfo;
import org.duckdb.DuckDBTableFunctionInitInfo;
import org.duckdb.DuckDBWritableVector;

/**
 * The table function {@code merged_events(number)}: the events of a merge as rows of the database,
 * without any of them being stored in between. A function cannot be taken back, so there is one for
 * all merges, which are found by number.
 */
final class MergeFunction
    implements DuckDBTableFunction<MergeFunction.Source, MergeFunction.Source, Object> {

  private static final String NAME = "merged_events";
  private static final Map<Long, Source> SOURCES = new ConcurrentHashMap<>();
  private static final AtomicLong NEXT = new AtomicLong();

  /** A merge and what is asked of it. */
  static final class Source {
    private final EventMerge merge;
    private final List<MergedColumn> columns;
    private final int threads;
    private volatile RuntimeException failure;

    Source(EventMerge merge, List<MergedColumn> columns, int threads) {
      this.merge = merge;
      this.columns = columns;
      this.threads = threads;
    }

    /** Why there were no more rows: the database only hands on its message. */
    Optional<RuntimeException> failure() {
      return Optional.ofNullable(failure);
    }
  }

  /** Something to be done with the rows. */
  interface Use {
    /**
     * Does it.
     *
     * @param function what stands behind FROM
     */
    void with(String function) throws SQLException;
  }

  private MergeFunction() {}

  /** Makes the function known to a database. */
  static void register(DuckDBConnection connection) throws SQLException {
    try (DuckDBTableFunctionBuilder builder = DuckDBFunctions.tableFunction()) {
      builder
          .withName(NAME)
          .withParameter(DuckDBColumnType.BIGINT)
          .withFunction(new MergeFunction())
          .register(connection);
    }
  }

  /** Offers the rows of a merge for as long as they are used. */
  static void offer(Source source, Use use) throws SQLException {
    long number = NEXT.incrementAndGet();
    SOURCES.put(number, source);
    try {
      use.with(NAME + "(" + number + ")");
    } finally {
      SOURCES.remove(number);
    }
  }

  @Override
  public Source bind(DuckDBTableFunctionBindInfo info) {
    Source source = SOURCES.get(info.getParameter(0).getLong());
    for (MergedColumn column : source.columns) {
      info.addResultColumn(
          column.name(), column.isText() ? DuckDBColumnType.VARCHAR : DuckDBColumnType.BIGINT);
    }
    return source;
  }

  @Override
  public Source init(DuckDBTableFunctionInitInfo info) {
    Source source = info.getBindData();
    info.setMaxThreads(source.threads);
    return source;
  }

  @Override
  public Object localInit(DuckDBTableFunctionInitInfo info) {
    return this;
  }

  @Override
  public long apply(DuckDBTableFunctionCallInfo info, DuckDBDataChunkWriter out) {
    Source source = info.getBindData();
    try {
      EventMerge.Events events = source.merge.next();
      for (int i = 0; i < source.columns.size(); i++) {
        MergedColumn column = source.columns.get(i);
        Slice slice =
            column.worker() == MergedColumn.SENT
                ? events.sent()
                : events.received().get(column.worker());
        if (column.isText()) {
          out.vector(i).setStringUtf8Batch(0, texts(column.column(), slice, events.size()));
        } else if (column.column() == MergedColumn.LINE) {
          lines(out.vector(i), slice, events.size());
        } else {
          numbers(out.vector(i), column.column(), slice, events.size());
        }
      }
      return events.size();
    } catch (RuntimeException e) {
      source.failure = e;
      throw e;
    }
  }

  private static void numbers(DuckDBWritableVector to, int column, Slice slice, int size) {
    RowBatch[] batches = slice.batches();
    int[] rows = slice.rows();
    for (int i = 0; i < size; i++) {
      RowBatch batch = batches[i];
      int row = rows[i];
      if (batch != null && batch.isKnown(column, row)) {
        to.setLong(i, batch.number(column, row));
      } else {
        to.setNull(i);
      }
    }
  }

  private static void lines(DuckDBWritableVector to, Slice slice, int size) {
    for (int i = 0; i < size; i++) {
      RowBatch batch = slice.batches()[i];
      if (batch != null) {
        to.setLong(i, batch.line(slice.rows()[i]));
      } else {
        to.setNull(i);
      }
    }
  }

  private static byte[][] texts(int column, Slice slice, int size) {
    byte[][] texts = new byte[size][];
    for (int i = 0; i < size; i++) {
      RowBatch batch = slice.batches()[i];
      texts[i] = batch == null ? null : batch.text(column, slice.rows()[i]);
    }
    return texts;
  }
}
