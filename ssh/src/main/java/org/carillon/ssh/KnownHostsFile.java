package org.carillon.ssh;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
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

  /** By what a change of the file shows. */
  private record Stamp(long sizeBytes, FileTime changed, Optional<Object> inode) {

    static Stamp of(Path file) throws IOException {
      BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
      return new Stamp(
          attributes.size(),
          attributes.lastModifiedTime(),
          Optional.ofNullable(attributes.fileKey()));
    }
  }

  private record Line(
      int number, KnownHosts.Marker marker, String names, String type, String base64) {}

  private final Path file;
  private final Stamp stamp;

  /** Lines by each of the names in them, in lower case. */
  private final Map<String, List<Line>> plain = new HashMap<>();

  /** Lines whose names are patterns, or hashed. */
  private final List<Line> others = new ArrayList<>();

  private KnownHostsFile(Path file, Stamp stamp) throws IOException {
    this.file = file;
    this.stamp = stamp;
    int number = 0;
    for (String line : Files.readString(file, StandardCharsets.ISO_8859_1).lines().toList()) {
      number++;
      line(number, line.strip()).ifPresent(this::keep);
    }
  }

  /** The file as it is now. */
  static KnownHostsFile of(Path file) throws IOException {
    Stamp stamp = Stamp.of(file);
    KnownHostsFile known = READ.get(file);
    if (known == null || !known.stamp.equals(stamp)) {
      known = new KnownHostsFile(file, stamp);
      READ.put(file, known);
    }
    return known;
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
        .sorted(Comparator.comparingInt(Line::number))
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
