package org.carillon.analysis.statistics;

import org.carillon.analysis.input.InputFile;

/**
 * What became of every line of a file: lines = used + duplicates + foreign + torn + refused.
 *
 * @param file as it was read
 * @param used rows that count
 * @param duplicates rows of an event that another row stands for
 * @param foreign rows of another run, or of another node
 * @param misnamed of these, rows that name another node than the rest of the file
 */
public record InputAccount(
    InputFile file, long used, long duplicates, long foreign, long misnamed) {
  public InputAccount {
    if (file.rows() != used + duplicates + foreign) {
      throw new IllegalStateException(
          file.name()
              + ": "
              + file.rows()
              + " rows ≠ "
              + used
              + " + "
              + duplicates
              + " + "
              + foreign);
    }
  }
}
