package org.carillon.deploy.records;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.carillon.core.CarillonException;
import org.carillon.core.ExitCode;
import org.carillon.core.run.RunFiles;

/**
 * {@code reports/history.jsonl}: one line when an action begins and one when it ends, appended and
 * never changed. An action without an end is under way or was cut off.
 */
public final class History {

  /** Its name under the reports. */
  public static final String FILE = "history.jsonl";

  private final Path file;

  /**
   * @param reports folder
   */
  public History(Path reports) {
    file = reports.resolve(FILE);
  }

  /**
   * What was read.
   *
   * @param entries one per action, the oldest first
   * @param unreadable lines that are none of ours, such as one that a crash has torn
   */
  public record Read(List<HistoryEntry> entries, int unreadable) {
    public Read {
      entries = List.copyOf(entries);
    }

    /** Those that began then or later, ns since the Unix epoch. */
    public List<HistoryEntry> since(long sinceNs) {
      return entries.stream().filter(entry -> entry.startNs() >= sinceNs).toList();
    }
  }

  /** Reads it; a history that has not begun is empty. */
  public Read read() {
    if (Files.notExists(file)) { // false, too, where one may not look
      return new Read(List.of(), 0);
    }
    Map<String, HistoryEntry> entries = new LinkedHashMap<>();
    int unreadable = 0;
    try {
      for (String line :
          new String(Files.readAllBytes(file), StandardCharsets.UTF_8).lines().toList()) {
        Optional<HistoryEntry> entry = HistoryEntry.parse(line);
        entry.ifPresent(found -> entries.put(found.id(), found));
        unreadable += entry.isEmpty() && !line.isBlank() ? 1 : 0;
      }
      return new Read(List.copyOf(entries.values()), unreadable);
    } catch (IOException e) {
      throw new CarillonException(
          ExitCode.USAGE, "cannot read " + file + ": " + RunFiles.reason(e) + ".", e);
    }
  }

  /** Appends a line, whole, whoever else appends at the same time. */
  synchronized void append(HistoryEntry entry) {
    boolean isNew = !Files.exists(file);
    try (FileChannel channel =
            FileChannel.open(
                file,
                StandardOpenOption.CREATE,
                StandardOpenOption.READ,
                StandardOpenOption.WRITE);
        FileLock lock = channel.lock()) {
      String torn = lock.isValid() && endsWithoutNewline(channel) ? "\n" : "";
      byte[] line = (torn + entry.toJson() + "\n").getBytes(StandardCharsets.UTF_8);
      channel.write(ByteBuffer.wrap(line), channel.size());
      channel.force(false);
      if (isNew) {
        RunFiles.restrict(file);
      }
    } catch (IOException e) {
      throw new CarillonException(
          ExitCode.USAGE, "cannot write " + file + ": " + RunFiles.reason(e) + ".", e);
    }
  }

  private static boolean endsWithoutNewline(FileChannel channel) throws IOException {
    ByteBuffer last = ByteBuffer.allocate(1);
    return channel.size() > 0 && channel.read(last, channel.size() - 1) == 1 && last.get(0) != '\n';
  }
}
