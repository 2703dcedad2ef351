package org.carillon.deploy.backup;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.carillon.deploy.release.NodeScript;
import org.carillon.ssh.CommandResult;
import org.carillon.ssh.Host;
import org.carillon.ssh.HostException;

/** Runs {@code backup.sh} on a host, and reads what it prints. */
final class BackupScript {

  /** For what only looks. */
  static final Duration SHORT = Duration.ofSeconds(60);

  /** For what reads or writes every file; a slow disk of a terabyte takes longer than an hour. */
  static final Duration LONG = Duration.ofHours(4);

  private static final NodeScript SCRIPT = NodeScript.beside(BackupScript.class, "backup.sh");

  private final Host host;
  private final String root;

  BackupScript(Host host, String root) {
    this.host = host;
    this.root = root;
  }

  Host host() {
    return host;
  }

  /**
   * Runs a verb.
   *
   * @param what is done, for the complaint: {@code take the backup ID}
   * @throws HostException of kind REFUSED, with the reason that the script gave
   */
  Answer run(String what, Duration deadline, byte[] input, String verb, List<String> arguments) {
    List<String> words = new ArrayList<>(List.of(verb, root));
    words.addAll(arguments);
    CommandResult result = SCRIPT.run(host, what + " in " + root, deadline, input, words);
    if (!result.succeeded()) {
      throw refuse("cannot " + what + ": " + reason(result));
    }
    return new Answer(what, result.out());
  }

  Answer run(String what, Duration deadline, String verb, List<String> arguments) {
    return run(what, deadline, new byte[0], verb, arguments);
  }

  /**
   * Looks whether these items can be exchanged, by renames, and a backup be taken.
   *
   * @throws HostException of kind REFUSED that names the folder where that cannot be
   */
  void requireMovable(List<String> items) {
    run("exchange what is there", SHORT, "movable", items);
  }

  /** What the script said last. */
  private static String reason(CommandResult result) {
    String said = result.err().strip();
    return said.isEmpty() ? result.complaint() : said.substring(said.lastIndexOf('\n') + 1).strip();
  }

  HostException refuse(String complaint) {
    return new HostException(HostException.Kind.REFUSED, host.name(), complaint);
  }

  /** What a verb printed. */
  final class Answer {
    private final String what;
    private final List<String> lines;

    private Answer(String what, String out) {
      this.what = what;
      this.lines = out.lines().toList();
    }

    List<String> lines() {
      return lines;
    }

    boolean says(String line) {
      return lines.contains(line);
    }

    /** The rest of the line that begins with this word. */
    String text(String word) {
      return lines.stream()
          .filter(line -> line.startsWith(word + " "))
          .map(line -> line.substring(word.length() + 1))
          .findFirst()
          .orElseThrow(() -> refuse("cannot " + what + ": its answer breaks off"));
    }

    /** What that line has packed. */
    byte[] bytes(String word) {
      try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(decode(text(word))))) {
        return in.readAllBytes();
      } catch (IOException | IllegalArgumentException e) {
        throw refuse("cannot " + what + ": its answer is damaged");
      }
    }

    /** The files that that line tells of. */
    FileTree tree(String word) {
      try {
        return Records.parse(bytes(word));
      } catch (IllegalArgumentException e) {
        throw refuse("cannot " + what + ": " + e.getMessage());
      }
    }
  }

  static byte[] decode(String base64) {
    return Base64.getDecoder().decode(base64.strip());
  }
}
