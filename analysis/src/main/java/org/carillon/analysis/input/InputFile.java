package org.carillon.analysis.input;

import java.util.List;

/**
 * What became of one input file. Every line that is neither the header nor blank is a row that was
 * read, torn or refused.
 *
 * @param index its number among the files of the run, from 0
 * @param name its name in the run's folder
 * @param table what kind of file it is
 * @param node the node in its name; empty for the coordinator's
 * @param sha256 of the whole file, in hexadecimal
 * @param sizeBytes of the whole file
 * @param lines lines after the header, blank ones not counted
 * @param rows of these, how many were read
 * @param torn 1 if the last line does not end in a line feed, as after a crash; such a line is not
 *     used, because its last number may be cut short
 * @param refused lines that are damaged
 * @param blank blank lines
 * @param cellsRefused cells of optional columns that hold nothing legible, in rows that were read
 * @param cut whether it is damaged such that rows are missing which nobody can count
 * @param unusedColumns columns of the file that the analysis does not know
 * @param missingColumns optional columns that the file does not have
 * @param problems the first of everything that is wrong, with line and column
 */
public record InputFile(
    int index,
    String name,
    Table table,
    String node,
    String sha256,
    long sizeBytes,
    long lines,
    long rows,
    long torn,
    long refused,
    long blank,
    long cellsRefused,
    boolean cut,
    List<String> unusedColumns,
    List<String> missingColumns,
    List<InputProblem> problems) {
  public InputFile {
    unusedColumns = List.copyOf(unusedColumns);
    missingColumns = List.copyOf(missingColumns);
    problems = List.copyOf(problems);
    if (lines != rows + torn + refused) {
      throw new IllegalArgumentException(
          name + ": " + lines + " lines ≠ " + rows + " + " + torn + " + " + refused);
    }
  }
}
