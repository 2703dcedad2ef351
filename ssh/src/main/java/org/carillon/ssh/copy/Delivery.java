package org.carillon.ssh.copy;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.carillon.ssh.Command;
import org.carillon.ssh.CommandResult;
import org.carillon.ssh.Host;
import org.carillon.ssh.HostException;
import org.carillon.ssh.Nonce;
import org.carillon.ssh.ShellWords;
import org.carillon.ssh.fanout.HostTask;

/**
 * Unpacks a bundle on a host: beside its destination, under a hidden name; checks every file there
 * by its SHA-256, and only then moves it into place. What exists there in a folder of the same name
 * stays, except files that are replaced.
 */
public final class Delivery implements HostTask<Long> {
  private static final String FOLDER = read("folder.sh");
  private static final String SCRIPT = read("deliver.sh");

  private static final Duration CLEAN_UP = Duration.ofSeconds(5);

  /** A host whose disk is slower than that while it checks a copy is taken for dead. */
  private static final long CHECKED_BYTES_PER_S = 10_000_000;

  private final Bundle bundle;
  private final String destination;
  private final Duration deadline;
  private final Duration silence;

  /**
   * @param destination a folder, made if need be, if it ends in {@code /} or there are several
   *     things to be copied; otherwise an existing folder, or the new name. Relative to the home
   *     folder
   * @param deadline for one host
   * @param silence how long the copy may stand still
   */
  public Delivery(Bundle bundle, String destination, Duration deadline, Duration silence) {
    if (destination.isEmpty() || destination.startsWith("~")) {
      throw new IllegalArgumentException(
          "'"
              + destination
              + "' is no destination; relative ones begin in the home folder, without ~");
    }
    this.bundle = bundle;
    this.destination = destination;
    this.deadline = deadline;
    this.silence = silence.plusSeconds(bundle.sizeBytes() / CHECKED_BYTES_PER_S);
  }

  /** A script that stands beside this class. */
  static String read(String name) {
    try (InputStream script = Delivery.class.getResourceAsStream(name)) {
      return new String(script.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** How many bytes were sent. */
  @Override
  public Long on(Host host) {
    String temporary = "./.carillon-copy." + Nonce.fresh();
    StringBuilder text = new StringBuilder(place());
    text.append("sums=%s\nend=%s\ntemporary=%s\n".formatted(Bundle.SUMS, Bundle.END, temporary));
    text.append("set --");
    for (Bundle.Item item : bundle.items()) {
      text.append(' ').append(ShellWords.quote(item.packed()));
      text.append(' ').append(ShellWords.quote(item.wanted()));
    }
    text.append('\n').append(SCRIPT);
    Command unpacking =
        Command.script(text.toString(), deadline)
            .withInput(bundle.content())
            .withSilence(silence)
            .labelled("the copy");
    try {
      require(host, host.run(unpacking));
    } catch (HostException e) {
      if (e.kind().isAway() || e.kind() == HostException.Kind.INTERRUPTED) {
        removeQuietly(host, temporary, e);
      }
      throw e;
    }
    return bundle.sizeBytes();
  }

  /** The folder is found and entered. */
  private String place() {
    boolean isFolder = destination.endsWith("/") || bundle.items().size() > 1;
    return "destination=%s\nis_folder=%s\n%s\n"
        .formatted(
            ShellWords.quote(destination.startsWith("/") ? destination : "./" + destination),
            isFolder ? "yes" : "no",
            FOLDER);
  }

  private void require(Host host, CommandResult result) {
    if (!result.succeeded()) {
      String reason = result.err().isBlank() ? result.complaint() : result.err().strip();
      throw new HostException(
          HostException.Kind.REFUSED,
          host.name(),
          "the copy to " + destination + " failed: " + reason.replaceAll("\\s*\n\\s*", "; "));
    }
  }

  /** What is killed cannot tidy up behind itself. */
  private void removeQuietly(Host host, String temporary, HostException failure) {
    boolean interrupted = Thread.interrupted();
    try {
      String removal =
          "chmod -R u+rwx %1$s 2>/dev/null; rm -rf -- %1$s %1$s.file".formatted(temporary);
      host.run(Command.script(place() + removal, CLEAN_UP));
    } catch (HostException e) {
      failure.addSuppressed(e);
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  @Override
  public boolean repeatable() {
    return true;
  }
}
