package org.carillon.analysis.merge;

import org.carillon.analysis.input.RowBatch;

/**
 * Some events one after the other, and for each of them where its row stands in a file.
 *
 * @param batches the batch that holds the row of the event at this place; null where there is none
 * @param rows which row of the batch
 */
public record Slice(RowBatch[] batches, int[] rows) {

  static Slice empty() {
    return new Slice(new RowBatch[RowBatch.CAPACITY], new int[RowBatch.CAPACITY]);
  }

  void set(int place, RowBatch batch, int row) {
    batches[place] = batch;
    rows[place] = row;
  }
}
