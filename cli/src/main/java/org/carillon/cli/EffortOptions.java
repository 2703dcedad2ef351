package org.carillon.cli;

import java.nio.file.Path;
import java.util.Optional;
import org.carillon.analysis.Effort;
import org.carillon.analysis.store.Resources;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** How much of the machine analyze uses, and what it leaves for later. */
final class EffortOptions {

  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec;

  @Option(
      names = "--memory",
      paramLabel = "SIZE",
      defaultValue = "1GiB",
      converter = Converters.OfSize.class,
      description =
          "How much memory to use, 512MiB at least (default: ${DEFAULT-VALUE}). What does not fit is"
              + " spilled to a folder in --out, which is removed afterwards.")
  private long memoryBytes;

  @Option(
      names = "--threads",
      paramLabel = "N",
      defaultValue = "2",
      description = "How many processors to use (default: ${DEFAULT-VALUE}).")
  private int threads;

  @Option(
      names = "--no-cache",
      description =
          "Read all files again. Otherwise statistics/merged.parquet of an earlier analysis is used"
              + " if the SHA-256 of every file is still the same.")
  private boolean noCache;

  @Option(
      names = "--parquet",
      paramLabel = "FILE",
      description =
          "Also write the merged table, a row per event and worker with the columns of both sides,"
              + " as a Parquet file for DuckDB, pandas, Spark or Trino.")
  private Path parquet;

  /** Whether the merged table is to be written for other programs. */
  boolean isExport() {
    return parquet != null;
  }

  /**
   * What was asked for.
   *
   * @param reading is told how far the reading is
   */
  Effort effort(Effort.Reading reading) {
    try {
      return new Effort(
          new Resources(memoryBytes, threads), !noCache, Optional.ofNullable(parquet), reading);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), e.getMessage(), e);
    }
  }
}
