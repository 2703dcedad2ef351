package org.carillon.deploy.backup;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Files, folders and links by their names, as they are or as they should be. */
final class FileTree {
  private final SortedMap<RawName, FileEntry> entries;

  FileTree(SortedMap<RawName, FileEntry> entries) {
    this.entries = new TreeMap<>(entries);
  }

  SortedMap<RawName, FileEntry> entries() {
    return entries;
  }

  long sizeBytes() {
    return entries.values().stream().mapToLong(FileEntry::sizeBytes).sum();
  }

  long files() {
    return entries.values().stream().filter(entry -> entry.kind() == FileEntry.Kind.FILE).count();
  }

  /** What is one of the items, or lies within one. */
  FileTree only(List<String> items) {
    SortedMap<RawName, FileEntry> chosen = new TreeMap<>();
    entries.forEach(
        (name, entry) -> {
          if (items.stream().anyMatch(name::isWithin)) {
            chosen.put(name, entry);
          }
        });
    return new FileTree(chosen);
  }

  /** The others. */
  FileTree without(List<String> items) {
    SortedMap<RawName, FileEntry> others = new TreeMap<>(entries);
    others.keySet().removeIf(name -> items.stream().anyMatch(name::isWithin));
    return new FileTree(others);
  }

  /**
   * Where another tree is not as this one, sorted by name.
   *
   * @param name of the file that differs
   * @param how in a few words: {@code has another content}
   */
  record Difference(RawName name, String how) {
    @Override
    public String toString() {
      return name + " " + how;
    }
  }

  /** All differences of another tree from this one. */
  List<Difference> differences(FileTree other) {
    List<Difference> found = new ArrayList<>();
    entries.forEach(
        (name, entry) -> {
          FileEntry there = other.entries.get(name);
          Optional<String> how =
              there == null ? Optional.of("is missing") : entry.difference(there);
          how.ifPresent(text -> found.add(new Difference(name, text)));
        });
    other
        .entries
        .keySet()
        .forEach(
            name -> {
              if (!entries.containsKey(name)) {
                found.add(new Difference(name, "was added"));
              }
            });
    return found;
  }

  /** For a message: the first of the differences, and how many there are. */
  static String summary(List<Difference> differences) {
    String first = differences.getFirst().toString();
    return differences.size() == 1 ? first : first + ", and " + (differences.size() - 1) + " more";
  }
}
