package org.carillon.analysis.store;

import java.nio.file.Path;
import java.util.List;
import java.util.function.LongConsumer;
import java.util.function.LongPredicate;
import org.carillon.analysis.input.Recording;
import org.carillon.analysis.input.RunFolder;
import org.carillon.analysis.merge.OutOfReach;
import org.carillon.analysis.merge.Span;
import org.carillon.core.CarillonException;
import org.carillon.core.ExitCode;

/**
 * The rows of some of a run's events, as a part of its merged.parquet. What counts, what is a
 * duplicate and what is foreign is decided over all rows of the run, so that it is the same in
 * every share of it.
 */
public final class ShareRows {

  private ShareRows() {}

  /**
   * Reads a run's files, writes what a share of it is, and fills an empty database with its events.
   *
   * @param wanted which event ids the share has
   * @param folder where merged.parquet and merged.json go
   * @param progress is told how many bytes were read, each time, by several threads
   * @return when the events of the whole run were sent
   * @throws CarillonException USAGE if a file cannot be read or written, or the run is too mixed up
   *     for shares
   */
  public static Span write(
      Database database, RunFolder run, LongPredicate wanted, Path folder, LongConsumer progress) {
    List<Recording> recordings = run.recordings().stream().filter(Recording::isOfEvents).toList();
    MergedCache files = new MergedCache(folder, false);
    FileStamps before = FileStamps.before(recordings);
    MergedRun merged;
    try {
      merged = MergedTable.write(database, recordings, files.parquet(), wanted, progress);
    } catch (OutOfReach e) {
      throw new CarillonException(
          ExitCode.USAGE,
          run.folder()
              + " cannot be divided: "
              + e.getMessage()
              + "; analyse it as a whole, without --partial.",
          e);
    }
    files.keep(merged, before);
    RunLoader.giveBack(recordings);
    database.judge(merged.files(), merged, List.of(files.parquet()));
    return merged.sending();
  }
}
