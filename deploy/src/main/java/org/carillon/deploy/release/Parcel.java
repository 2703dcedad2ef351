package org.carillon.deploy.release;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.carillon.core.CarillonException;
import org.carillon.core.ExitCode;
import org.carillon.core.run.Sha256;

/**
 * What travels to a host: an archive with the manifest, the list of files that the host has already
 * in another release, and the others. Folders come first and links last, so that no file is ever
 * written through a link.
 */
final class Parcel implements AutoCloseable {
  private static final int BUFFER_BYTES = 1 << 16;

  private final FileChannel channel;
  private final String sha256;
  private final long sizeBytes;
  private final int changedFiles;

  private Parcel(FileChannel channel, String sha256, long sizeBytes, int changedFiles) {
    this.channel = channel;
    this.sha256 = sha256;
    this.sizeBytes = sizeBytes;
    this.changedFiles = changedFiles;
  }

  /**
   * Packs a release.
   *
   * @param base what the host has already
   * @param folder for the archive; it has no name there, so that nothing is left behind
   * @throws CarillonException USAGE if a file has changed since it was scanned, or there is no room
   */
  static Parcel pack(ManifestScan.Found release, Optional<Manifest> base, Path folder) {
    Map<String, Manifest.Entry> entries = new TreeMap<>(release.manifest().entries());
    Map<String, Manifest.Entry> known = base.map(Manifest::entries).orElse(Map.of());
    FileChannel channel = null;
    try {
      Path file = Files.createTempFile(folder, ".parcel-", "");
      channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE);
      Files.delete(file);
      MessageDigest digest = Sha256.digest();
      OutputStream out =
          new BufferedOutputStream(
              new DigestOutputStream(Channels.newOutputStream(channel), digest), BUFFER_BYTES);
      int changed = 0;
      try (TarWriter tar = new TarWriter(out)) {
        StringBuilder keep = new StringBuilder();
        entries.forEach(
            (path, entry) -> {
              if (entry instanceof Manifest.Content && entry.equals(known.get(path))) {
                keep.append(path).append('\0');
              }
            });
        tar.folder("meta", Manifest.FOLDER_MODE);
        text(tar, out, "meta/manifest", release.manifest().bytes());
        text(tar, out, "meta/keep", ByteText.bytes(keep.toString()));
        tar.folder("files", Manifest.FOLDER_MODE);
        for (Map.Entry<String, Manifest.Entry> entry : entries.entrySet()) {
          if (entry.getValue() instanceof Manifest.Folder) {
            tar.folder("files/" + entry.getKey(), Manifest.FOLDER_MODE);
          }
        }
        for (Map.Entry<String, Manifest.Entry> entry : entries.entrySet()) {
          if (entry.getValue() instanceof Manifest.Content content
              && !content.equals(known.get(entry.getKey()))) {
            file(tar, out, entry.getKey(), content, release.files().get(entry.getKey()));
            changed++;
          }
        }
        for (Map.Entry<String, Manifest.Entry> entry : entries.entrySet()) {
          if (entry.getValue() instanceof Manifest.Link(String target)) {
            tar.link("files/" + entry.getKey(), target);
          }
        }
      }
      return new Parcel(
          channel, HexFormat.of().formatHex(digest.digest()), channel.size(), changed);
    } catch (IOException e) {
      closeQuietly(channel);
      throw new CarillonException(
          ExitCode.USAGE,
          "cannot pack the release in " + folder + ": " + e.getMessage() + "; is there room?",
          e);
    } catch (CarillonException e) {
      closeQuietly(channel);
      throw e;
    }
  }

  private static void text(TarWriter tar, OutputStream out, String name, byte[] bytes)
      throws IOException {
    tar.file(name, 0640, bytes.length, 0);
    out.write(bytes);
    tar.endFile(bytes.length);
  }

  private static void file(
      TarWriter tar, OutputStream out, String name, Manifest.Content content, Path file)
      throws IOException {
    long modifiedS = Files.getLastModifiedTime(file).toMillis() / 1000;
    tar.file("files/" + name, content.mode(), content.sizeBytes(), modifiedS);
    MessageDigest digest = Sha256.digest();
    long left = content.sizeBytes();
    byte[] buffer = new byte[BUFFER_BYTES];
    try (InputStream in = Files.newInputStream(file)) {
      while (left > 0) {
        int read = in.read(buffer, 0, (int) Math.min(buffer.length, left));
        if (read < 0) {
          break;
        }
        digest.update(buffer, 0, read);
        out.write(buffer, 0, read);
        left -= read;
      }
    }
    if (!HexFormat.of().formatHex(digest.digest()).equals(content.sha256())) {
      throw new CarillonException(
          ExitCode.USAGE,
          ByteText.shown(name) + " changed while it was read; build first, then deploy.");
    }
    tar.endFile(content.sizeBytes());
  }

  /** Names it on the hosts: what is the same travels once. */
  String sha256() {
    return sha256;
  }

  long sizeBytes() {
    return sizeBytes;
  }

  /** How many files are in it. */
  int changedFiles() {
    return changedFiles;
  }

  /** Some of its bytes; fewer at its end. Several threads may read at once. */
  byte[] read(long offset, int atMostBytes) {
    ByteBuffer buffer = ByteBuffer.allocate((int) Math.min(atMostBytes, sizeBytes - offset));
    try {
      while (buffer.hasRemaining() && channel.read(buffer, offset + buffer.position()) > 0) {
        // Goes on.
      }
    } catch (IOException e) {
      throw new CarillonException(
          ExitCode.USAGE, "cannot read the packed release again: " + e.getMessage() + ".", e);
    }
    return buffer.array();
  }

  @Override
  public void close() {
    closeQuietly(channel);
  }

  private static void closeQuietly(FileChannel channel) {
    if (channel != null) {
      try {
        channel.close();
      } catch (IOException e) {
        // It has no name any more; nothing can be left of it.
      }
    }
  }
}
