package org.carillon.ssh.fanout;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.carillon.core.CarillonException;
import org.carillon.core.ExitCode;
import org.carillon.core.run.RunFiles;
import org.carillon.ssh.nodeset.Groups;
import org.carillon.ssh.nodeset.NodeSet;

/**
 * A file with one host a line, and after {@code #} why it stands there, so that another try can be
 * made for these alone. Lines that begin with {@code #} and empty ones mean nothing.
 */
public final class FailedHosts {

  private FailedHosts() {}

  /**
   * Writes those that failed, whole or not at all, also if there is none: so that a script that
   * feeds the file back finds no older one.
   *
   * @throws CarillonException if the file cannot be written
   */
  public static void write(Path file, Map<String, ? extends HostOutcome<?>> outcomes) {
    StringBuilder text = new StringBuilder();
    outcomes.forEach(
        (host, outcome) -> {
          if (!outcome.succeeded()) {
            text.append(host)
                .append(" # ")
                .append(outcome.word())
                .append(": ")
                .append(outcome.sentence().replaceAll("\\p{Cntrl}+", " ").strip())
                .append('\n');
          }
        });
    RunFiles.publish(file, text.toString());
  }

  /**
   * Reads the hosts of such a file; a line may hold a set, as in {@code node[01-16]}.
   *
   * @return the set; empty if the file names nobody
   * @throws CarillonException that names file and line
   */
  public static NodeSet read(Path file) {
    return read(file, Groups.NONE);
  }

  /** As above, with groups that a line may name. */
  public static NodeSet read(Path file, Groups groups) {
    List<String> lines;
    try {
      lines = Files.readAllLines(file, StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new CarillonException(
          ExitCode.USAGE, "cannot read the hosts of " + file + ": " + RunFiles.reason(e), e);
    }
    List<String> names = new ArrayList<>();
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i).replaceFirst("#.*", "").strip();
      try {
        if (!line.isEmpty()) {
          names.addAll(NodeSet.parse(line, groups).names());
        }
      } catch (IllegalArgumentException e) {
        throw new CarillonException(
            ExitCode.USAGE, "%s:%d: %s".formatted(file, i + 1, e.getMessage()), e);
      }
    }
    return NodeSet.of(names);
  }
}
