package org.carillon.analysis.input;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Counts what becomes of each row of one file, and notes what is wrong. Used by one thread. */
final class FileAccount {

  /** Problems of one file that are reported one by one; the rest are counted. */
  static final int MAX_PROBLEMS = 10;

  /** Names of columns that are of no use are told up to this number; the rest are counted. */
  static final int MAX_UNUSED = 100;

  private final int index;
  private final String name;
  private final Table table;
  private final String node;

  private final List<InputProblem> problems = new ArrayList<>();
  private final List<String> unusedColumns = new ArrayList<>();
  private final List<String> missingColumns = new ArrayList<>();
  private long problemsNotShown;
  private long unusedNotShown;
  private long lines;
  private long rows;
  private long torn;
  private long refused;
  private long blank;
  private long cellsRefused;
  private boolean cut;

  /** Of a file that goes by a name. */
  FileAccount(int index, String name, Table table, String node) {
    this.index = index;
    this.name = name;
    this.table = table;
    this.node = node;
  }

  int index() {
    return index;
  }

  Table table() {
    return table;
  }

  /** What became of the file; to be asked once, at the end. */
  InputFile end(String sha256, long sizeBytes) {
    if (problemsNotShown > 0) {
      problems.add(problem(0, Optional.empty(), problemsNotShown + " more problems like these"));
    }
    if (unusedNotShown > 0) {
      unusedColumns.add("and " + unusedNotShown + " more");
    }
    return new InputFile(
        index,
        name,
        table,
        node,
        sha256,
        sizeBytes,
        lines,
        rows,
        torn,
        refused,
        blank,
        cellsRefused,
        cut,
        unusedColumns,
        missingColumns,
        problems);
  }

  void countRow() {
    lines++;
    rows++;
  }

  void countBlank() {
    blank++;
  }

  void countTorn() {
    lines++;
    torn++;
  }

  /** Notes that rows are missing which nobody can count. */
  void countCut() {
    cut = true;
  }

  /** Counts rows of which nothing is used. */
  void countRefused(long count) {
    lines += count;
    refused += count;
  }

  /** Counts a row of which nothing is used, and says why. */
  void refuse(long line, Optional<String> column, String what) {
    countRefused(1);
    report(line, column, what + "; the row is refused");
  }

  /** Counts an illegible cell of a row that is used. */
  void refuseCell(long line, String column, String what) {
    cellsRefused++;
    report(line, Optional.of(column), what + "; the cell counts as not measured");
  }

  void noteUnused(String column) {
    if (unusedColumns.size() < MAX_UNUSED) {
      unusedColumns.add(column);
    } else {
      unusedNotShown++;
    }
  }

  void noteMissing(String column) {
    missingColumns.add(column);
  }

  /** Notes a problem of a line, or of the whole file if that is 0. */
  void report(long line, Optional<String> column, String what) {
    if (problems.size() < MAX_PROBLEMS) {
      problems.add(problem(line, column, what));
    } else {
      problemsNotShown++;
    }
  }

  /** Notes what broke the file: it stands before all that follows from it, however much that is. */
  void reportFirst(String what) {
    problems.addFirst(problem(0, Optional.empty(), what));
  }

  private InputProblem problem(long line, Optional<String> column, String what) {
    return new InputProblem(name, line, column, what);
  }
}
