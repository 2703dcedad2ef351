package org.carillon.ssh;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiPredicate;
import java.util.stream.Stream;

/**
 * A known_hosts file, which is read once for all hosts as long as it stays as it is: a cluster's
 * has a line for each of them.
 */
final class KnownHostsFile {
  private static final Map<Path, KnownHostsFile> READ = new ConcurrentHashMap<>();

  private record Line(
      int number, KnownHosts.Marker marker, String names, String type, String base64) {}

  private final Path file;

  /** By what a change of the file shows: its size, time and inode. */
  private final List<Object> stamp;

  /** Lines by each of the names in them, in lower case. */
  private final Map<String, List<Line>> plain = new HashMap<>();

  /** Lines whose names are patterns, or hashed. */
  private final List<Line> others = new ArrayList<>();

  private KnownHostsFile(Path file, List<Object> stamp) throws IOException {
    this.file = file;
    this.stamp = stamp;
    int number = 0;
    for (String line : Files.readString(file, StandardCharsets.ISO_8859_1).lines().toList()) {
      number++;
      line(number, line.strip()).ifPresent(this::keep);
    }
  }

  /** The file as it is now. Of many who ask at once, one reads it. */
  static KnownHostsFile of(Path file) throws IOException {
    List<Object> stamp = stamp(file);
    try {
      return READ.compute(
          file,
          (same, known) -> known != null && known.stamp.equals(stamp) ? known : read(same, stamp));
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  private static KnownHostsFile read(Path file, List<Object> stamp) {
    try {
      return new KnownHostsFile(file, stamp);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<Object> stamp(Path file) throws IOException {
    BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
    return List.of(
        attributes.size(),
        attributes.lastModifiedTime(),
        Optional.<Object>ofNullable(attributes.fileKey()));
  }

  /** Empty for what says nothing, or is malformed. */
  private static Optional<Line> line(int number, String text) {
    if (text.isEmpty() || text.startsWith("#")) {
      return Optional.empty();
    }
    String[] words = text.split("[ \t]+");
    int first = words[0].startsWith("@") ? 1 : 0;
    if (words.length < first + 3) {
      return Optional.empty();
    }
    return marker(words[0])
        .map(marker -> new Line(number, marker, words[first], words[first + 1], words[first + 2]));
  }

  private static Optional<KnownHosts.Marker> marker(String word) {
    return switch (word) {
      case "@revoked" -> Optional.of(KnownHosts.Marker.REVOKED);
      case "@cert-authority" -> Optional.of(KnownHosts.Marker.AUTHORITY);
      default -> word.startsWith("@") ? Optional.empty() : Optional.of(KnownHosts.Marker.KEY);
    };
  }

  private void keep(Line line) {
    if (line.names().startsWith(KnownHosts.HASHED)
        || line.names().chars().anyMatch(c -> c == '*' || c == '?' || c == '!')) {
      others.add(line);
      return;
    }
    Stream.of(line.names().toLowerCase(Locale.ROOT).split(","))
        .distinct()
        .forEach(name -> plain.computeIfAbsent(name, key -> new ArrayList<>()).add(line));
  }

  /**
   * The lines about a host, in the order of the file.
   *
   * @param knownAs its name, or {@code [name]:port}
   * @param isAbout whether names that are patterns or hashed are about it
   */
  List<KnownHosts.Entry> about(String knownAs, BiPredicate<String, String> isAbout) {
    return Stream.concat(
            plain.getOrDefault(knownAs.toLowerCase(Locale.ROOT), List.of()).stream(),
            others.stream().filter(line -> isAbout.test(line.names(), knownAs)))
        .sorted((one, other) -> Integer.compare(one.number(), other.number()))
        .flatMap(line -> entry(line).stream())
        .toList();
  }

  private Optional<KnownHosts.Entry> entry(Line line) {
    try {
      byte[] key = Base64.getDecoder().decode(line.base64());
      return Optional.of(
          new KnownHosts.Entry(file, line.number(), line.marker(), line.type(), key));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
