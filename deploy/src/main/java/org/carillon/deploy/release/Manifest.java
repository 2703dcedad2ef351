package org.carillon.deploy.release;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.carillon.core.run.Sha256;

/**
 * What is in a release: NUL-terminated records, sorted by their bytes, so that a host can make the
 * same list with {@code find}, {@code sha256sum} and {@code sort} and compare the two. The records
 * are
 *
 * <pre>
 * d MODE PATH             a folder
 * f MODE SIZE PATH        a file, and
 * SHA256  ./PATH          its content
 * l PATH//TARGET          a link; no path holds two slashes in a row
 * </pre>
 *
 * @param entries by path
 */
record Manifest(Map<String, Entry> entries) {

  static final int FOLDER_MODE = 0750;
  private static final int SHORT_SHA = 12;

  /** Something in a release; paths are {@link ByteText}. */
  sealed interface Entry {}

  /** A folder. */
  record Folder() implements Entry {}

  /** A file. */
  record Content(boolean executable, long sizeBytes, String sha256) implements Entry {
    int mode() {
      return executable ? 0750 : 0640;
    }
  }

  /** A symbolic link. */
  record Link(String target) implements Entry {}

  Manifest {
    entries = Map.copyOf(entries);
  }

  /** As it stands in {@code .manifest}. */
  byte[] bytes() {
    TreeSet<String> records = new TreeSet<>();
    entries.forEach(
        (path, entry) -> {
          switch (entry) {
            case Folder folder -> records.add("d %o %s".formatted(FOLDER_MODE, path));
            case Link(String target) -> records.add("l " + path + "//" + target);
            case Content file -> {
              records.add("f %o %d %s".formatted(file.mode(), file.sizeBytes(), path));
              records.add(file.sha256() + "  ./" + path);
            }
          }
        });
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (String record : records) {
      out.writeBytes(ByteText.bytes(record));
      out.write(0);
    }
    return out.toByteArray();
  }

  /**
   * Reads {@link #bytes} back.
   *
   * @throws IllegalArgumentException if they are no manifest
   */
  static Manifest parse(byte[] bytes) {
    Map<String, Entry> entries = new HashMap<>();
    Map<String, String> sums = new HashMap<>();
    String text = new String(bytes, StandardCharsets.ISO_8859_1);
    List<String[]> files = new ArrayList<>();
    for (String record : text.isEmpty() ? new String[0] : text.split("\0", -1)) {
      if (record.startsWith("d ")) {
        entries.put(words(record, 3)[2], new Folder());
      } else if (record.startsWith("l ") && record.contains("//")) {
        int slashes = record.indexOf("//");
        entries.put(record.substring(2, slashes), new Link(record.substring(slashes + 2)));
      } else if (record.startsWith("f ")) {
        files.add(words(record, 4));
      } else if (record.length() > 68 && record.startsWith("  ./", 64)) {
        sums.put(record.substring(68), record.substring(0, 64));
      } else if (!record.isEmpty()) {
        throw new IllegalArgumentException(
            "'" + ByteText.shown(record) + "' is not a record of a manifest");
      }
    }
    for (String[] file : files) {
      String sum = sums.get(file[3]);
      if (sum == null) {
        throw new IllegalArgumentException(ByteText.shown(file[3]) + " has no SHA-256");
      }
      entries.put(file[3], new Content(file[1].equals("750"), Long.parseLong(file[2]), sum));
    }
    return new Manifest(entries);
  }

  private static String[] words(String record, int count) {
    String[] words = record.split(" ", count);
    if (words.length != count) {
      throw new IllegalArgumentException(
          "'" + ByteText.shown(record) + "' is not a record of a manifest");
    }
    return words;
  }

  /** The id of a release with this content: a readable beginning and its SHA-256. */
  String id(String prefix) {
    return prefix + "-" + sha256(bytes()).substring(0, SHORT_SHA);
  }

  /** All files together. */
  long sizeBytes() {
    return entries.values().stream()
        .mapToLong(entry -> entry instanceof Content file ? file.sizeBytes() : 0)
        .sum();
  }

  static String sha256(byte[] bytes) {
    return Sha256.hexOf(bytes);
  }
}
