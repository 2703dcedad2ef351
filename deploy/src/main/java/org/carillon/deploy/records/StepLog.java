package org.carillon.deploy.records;

import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.stream.Collectors;
import org.carillon.core.CarillonException;
import org.carillon.core.ExitCode;
import org.carillon.core.run.RunFiles;
import org.carillon.core.time.ClockSource;

/**
 * The steps of one action as they are taken, one line of JSON each, on the disk before the step
 * begins: whoever finds it after the head node was lost can read what was under way on which host.
 */
public final class StepLog implements AutoCloseable {

  /** Its name within the folder of an action. */
  public static final String FILE = "steps.jsonl";

  /** The step of a rollback that names the backup, before anything is changed. */
  public static final String PREPARE = "verify and prepare";

  private final Path file;

  /** No channel, which an interrupt would close for all that comes after it. */
  private final FileOutputStream out;

  private final ClockSource clock;
  private final List<StepEntry> entries = new ArrayList<>();

  private StepLog(Path file, FileOutputStream out, ClockSource clock) {
    this.file = file;
    this.out = out;
    this.clock = clock;
  }

  /** Opens it for appending; made if need be. */
  static StepLog open(Path folder, ClockSource clock) {
    Path file = folder.resolve(FILE);
    try {
      FileOutputStream out = new FileOutputStream(file.toFile(), true);
      RunFiles.restrict(file);
      return new StepLog(file, out, clock);
    } catch (IOException e) {
      throw unwritable(file, e);
    }
  }

  /** A step is about to be done. Returns when that is on the disk. */
  public void begin(String host, String step, String detail) {
    add(host, step, StepEvent.BEGIN, detail);
  }

  /** It is done. */
  public void done(String host, String step, String detail) {
    add(host, step, StepEvent.DONE, detail);
  }

  /**
   * It was not done.
   *
   * @param sentence why, and what is where now if that is not as before
   */
  public void failed(String host, String step, String sentence) {
    add(host, step, StepEvent.FAILED, sentence);
  }

  private synchronized void add(String host, String step, StepEvent event, String detail) {
    StepEntry entry = new StepEntry(clock.realtimeNs(), host, step, event, Redactor.text(detail));
    entries.add(entry);
    try {
      out.write((entry.toLine() + "\n").getBytes(StandardCharsets.UTF_8));
      out.getFD().sync();
    } catch (IOException e) {
      throw unwritable(file, e);
    }
  }

  /** The lines so far. */
  public synchronized List<StepEntry> entries() {
    return List.copyOf(entries);
  }

  /**
   * The steps of an action that were begun and neither done nor failed; a torn last line is passed
   * over.
   *
   * @param folder of the action; without steps there were none
   */
  static Collection<StepEntry> underWay(Path folder) {
    SequencedMap<String, StepEntry> open = new LinkedHashMap<>();
    for (StepEntry entry : read(folder).orElse(List.of())) {
      switch (entry.event()) {
        case BEGIN -> open.put(entry.host(), entry);
        case DONE, FAILED -> open.remove(entry.host());
      }
    }
    return open.values();
  }

  /**
   * The hosts on which an action did anything; empty if its steps cannot be read.
   *
   * @param folder of the action
   */
  static Optional<Set<String>> hosts(Path folder) {
    return read(folder)
        .map(
            entries ->
                entries.stream()
                    .map(StepEntry::host)
                    .filter(host -> !host.isEmpty())
                    .collect(Collectors.toSet()));
  }

  /**
   * What a step was about, on whichever hosts it was begun.
   *
   * @param folder of the action
   */
  static Set<String> details(Path folder, String step) {
    return read(folder).orElse(List.of()).stream()
        .filter(entry -> entry.event() == StepEvent.BEGIN && entry.step().equals(step))
        .map(StepEntry::detail)
        .collect(Collectors.toSet());
  }

  /**
   * Empty if the file is not there: the history says what it can, also when a report was removed.
   */
  private static Optional<List<StepEntry>> read(Path folder) {
    try {
      return Optional.of(
          new String(Files.readAllBytes(folder.resolve(FILE)), StandardCharsets.UTF_8)
              .lines()
              .map(StepEntry::parse)
              .flatMap(Optional::stream)
              .toList());
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private static CarillonException unwritable(Path file, IOException fault) {
    return new CarillonException(
        ExitCode.USAGE, "cannot write " + file + ": " + RunFiles.reason(fault) + ".", fault);
  }

  @Override
  public void close() {
    try {
      out.close();
    } catch (IOException e) {
      throw unwritable(file, e);
    }
  }
}
