package org.carillon.analysis.input;

import java.util.Objects;
import java.util.Optional;

/**
 * Something wrong in an input file.
 *
 * @param file its name
 * @param line from 1, of a Parquet file the row; 0 if the file as a whole is meant
 * @param column the column's name, where one is to blame
 * @param what what is wrong and what became of it, without a full stop
 */
public record InputProblem(String file, long line, Optional<String> column, String what) {
  public InputProblem {
    Objects.requireNonNull(file);
    Objects.requireNonNull(column);
    Objects.requireNonNull(what);
  }

  /** The problem as one sentence. */
  public String sentence() {
    return file + (line > 0 ? " " : "") + where() + ": " + what + ".";
  }

  /** As {@link #sentence()}, to follow one that names the file. */
  String sentenceWithoutFile() {
    String where = where();
    return (where.isEmpty() ? "" : where + ": ") + what + ".";
  }

  private String where() {
    String number = line > 0 ? (ParquetFile.isNamed(file) ? "row " : "line ") + line : "";
    return number + column.map(name -> ", column " + name).orElse("");
  }
}
