package org.carillon.ssh;

import com.jcraft.jsch.ChannelSftp;
import com.jcraft.jsch.SftpATTRS;
import com.jcraft.jsch.SftpException;
import com.jcraft.jsch.SftpProgressMonitor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Copies and lists files of a host by SFTP; its shell makes folders, checks and renames. */
final class SftpCopy {
  private static final Duration CLEAN_UP = Duration.ofSeconds(10);

  /** umask 027 gives the file 0640 and new folders 0750. */
  private static final String PREPARE =
      """
      umask 027
      [ ! -d "$target" ] || { echo "$target is a folder" >&2; exit 1; }
      [ -z "$folder" ] || mkdir -p -- "$folder" || exit 1
      : >"$temporary"
      """;

  private static final String FINISH =
      """
      found="$(wc -c <"$temporary") $(sha256sum <"$temporary")" || exit 1
      set -- $found
      if [ "$1 $2" != "$expected" ]; then
        echo "the copy differs from the original: size and SHA-256 are $1 $2, not $expected" >&2
        exit 1
      fi
      [ ! -d "$target" ] || { echo "$target is a folder" >&2; exit 1; }
      mv -f -- "$temporary" "$target"
      """;

  /** A list that does not end would fill the memory. */
  private static final int ENTRIES_MAX = 100_000;

  private final SshHost host;
  private final Deadline deadline;
  private final Duration silence;

  SftpCopy(SshHost host, Duration deadline, Duration silence) {
    this.host = host;
    this.deadline = Deadline.in(deadline);
    this.silence = silence;
  }

  void upload(Path local, String remote) {
    String what = "copying " + local + " to " + remote;
    if (!Files.isReadable(local) || Files.isDirectory(local)) {
      throw refused(what, "there is no readable file " + local, null);
    }
    String folder = RemotePath.folder(remote);
    String temporary =
        remote.substring(0, remote.lastIndexOf('/') + 1)
            + LocalCopy.temporaryName(remote.substring(remote.lastIndexOf('/') + 1));
    String names =
        "target=%s\nfolder=%s\ntemporary=%s\n"
            .formatted(
                ShellWords.quote(relative(remote)),
                ShellWords.quote(folder.isEmpty() ? "" : relative(folder)),
                ShellWords.quote(relative(temporary)));
    script(what, names + PREPARE);
    try {
      String expected =
          host.withSftp(
              what,
              deadline,
              silence,
              (channel, progress) -> send(channel, progress, local, temporary));
      script(what, names + "expected=" + ShellWords.quote(expected) + "\n" + FINISH);
    } catch (HostException e) {
      removeQuietly(relative(temporary), e);
      throw e;
    }
  }

  /** A first dash would be an option. */
  private static String relative(String path) {
    return path.startsWith("/") ? path : "./" + path;
  }

  private static String send(
      ChannelSftp channel, SftpProgressMonitor progress, Path local, String temporary)
      throws SftpException, LocalFileException {
    try (LocalSource source = new LocalSource(local)) {
      channel.put(source, escape(temporary), progress, ChannelSftp.OVERWRITE);
      return source.measured();
    }
  }

  private void script(String what, String text) {
    Duration left = deadline.remaining();
    if (left.isZero()) {
      throw new HostException(
          HostException.Kind.TIMEOUT, host.name(), what + " was not done within " + deadline);
    }
    CommandResult result = host.run(Command.script(text, left).labelled(what));
    if (!result.succeeded()) {
      throw refused(what, result.complaint(), null);
    }
  }

  private HostException refused(String what, String reason, Throwable cause) {
    return new HostException(
        HostException.Kind.REFUSED, host.name(), what + " failed: " + reason, cause);
  }

  /** Nothing is left behind where the host still answers. */
  private void removeQuietly(String temporary, HostException failure) {
    if (failure.kind() == HostException.Kind.INTERRUPTED) {
      return;
    }
    Command removal = Command.of(List.of("rm", "-f", "--", temporary), CLEAN_UP);
    try {
      try {
        host.run(removal);
      } catch (HostException e) {
        if (e.kind() != HostException.Kind.LOST) {
          throw e;
        }
        // What broke the copy may break the rest of the session only now; the next one is new.
        host.run(removal);
      }
    } catch (HostException e) {
      failure.addSuppressed(e);
    }
  }

  void download(String remote, Path localFile) {
    String what = "copying " + remote + " to " + localFile;
    Path temporary = LocalCopy.temporaryBeside(localFile.toAbsolutePath());
    try {
      LocalCopy.createFolder(temporary.getParent());
      host.withSftp(
          what,
          deadline,
          silence,
          (channel, progress) -> {
            receive(channel, progress, remote, temporary);
            return null;
          });
      Files.move(temporary, localFile, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw refused(what, LocalCopy.reason(e), e);
    } finally {
      LocalCopy.deleteQuietly(temporary);
    }
  }

  private void receive(
      ChannelSftp channel, SftpProgressMonitor progress, String remote, Path temporary)
      throws SftpException, LocalFileException {
    SftpATTRS attributes = channel.stat(escape(remote));
    if (attributes.isDir()) {
      throw refused("copying " + remote, "it is a folder", null);
    }
    try (LocalDestination destination = new LocalDestination(temporary)) {
      channel.get(escape(remote), destination, progress);
      // A log may grow while it is copied, but what was there must have come.
      if (destination.receivedBytes() < attributes.getSize()) {
        throw refused(
            "copying " + remote,
            "only %d of %d bytes came".formatted(destination.receivedBytes(), attributes.getSize()),
            null);
      }
    }
  }

  List<RemoteFile> list(String folder) {
    return host.withSftp(
        "listing " + folder,
        deadline,
        silence,
        (channel, progress) -> {
          List<RemoteFile> files = new ArrayList<>();
          channel.ls(
              escape(folder),
              entry -> {
                progress.count(1);
                if (!entry.getFilename().equals(".") && !entry.getFilename().equals("..")) {
                  files.add(file(entry.getFilename(), entry.getAttrs()));
                }
                if (files.size() > ENTRIES_MAX) {
                  throw new IllegalArgumentException("it has more than " + ENTRIES_MAX + " files");
                }
                return ChannelSftp.LsEntrySelector.CONTINUE;
              });
          files.sort(Comparator.comparing(RemoteFile::name));
          return List.copyOf(files);
        });
  }

  private static RemoteFile file(String name, SftpATTRS attributes) {
    RemoteFile.Kind kind = RemoteFile.Kind.OTHER;
    if (attributes.isReg()) {
      kind = RemoteFile.Kind.FILE;
    } else if (attributes.isDir()) {
      kind = RemoteFile.Kind.FOLDER;
    } else if (attributes.isLink()) {
      kind = RemoteFile.Kind.LINK;
    }
    // SFTP 3 has 32 unsigned bits for the time.
    return new RemoteFile(name, attributes.getSize(), attributes.getMTime() & 0xffff_ffffL, kind);
  }

  /** JSch takes paths for patterns unless their special characters are escaped. */
  private static String escape(String path) {
    return path.replaceAll("([\\\\*?])", "\\\\$1");
  }
}
