package org.carillon.deploy.backup;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the NUL-terminated records in which {@code backup.sh} tells what files there are. */
final class Records {

  private static final Pattern ENTRY = Pattern.compile("(?s)([dlo]) ([0-7]{1,4}) (.+)");
  private static final Pattern FILE = Pattern.compile("(?s)f ([0-7]{1,4}) (\\d{1,18}) (.+)");
  private static final Pattern SUM = Pattern.compile("(?s)([0-9a-f]{64}) [ *](.+)");

  private Records() {}

  /**
   * The tree that they describe.
   *
   * @throws IllegalArgumentException if they are none, or not all of them
   */
  static FileTree parse(byte[] bytes) {
    String[] words = new String(bytes, StandardCharsets.ISO_8859_1).split("\0", -1);
    Map<RawName, FileEntry> entries = new TreeMap<>();
    int i = 0;
    while (i < words.length && !words[i].equals("sums")) {
      Matcher file = FILE.matcher(words[i]);
      Matcher other = ENTRY.matcher(words[i]);
      if (file.matches()) {
        entries.put(
            new RawName(file.group(3)),
            new FileEntry(
                FileEntry.Kind.FILE,
                file.group(1),
                Long.parseLong(file.group(2)),
                Optional.empty(),
                Optional.empty()));
      } else if (other.matches()) {
        boolean link = other.group(1).equals("l");
        i += link ? 1 : 0;
        entries.put(new RawName(other.group(3)), entry(other, link ? at(words, i) : ""));
      } else {
        throw new IllegalArgumentException("'" + shown(words[i]) + "' is no record of a file");
      }
      i++;
    }
    return new FileTree(withSums(entries, words, i + 1));
  }

  private static FileEntry entry(Matcher record, String target) {
    FileEntry.Kind kind =
        switch (record.group(1)) {
          case "d" -> FileEntry.Kind.FOLDER;
          case "l" -> FileEntry.Kind.LINK;
          default -> FileEntry.Kind.OTHER;
        };
    return new FileEntry(
        kind,
        record.group(2),
        0,
        Optional.empty(),
        kind == FileEntry.Kind.LINK ? Optional.of(new RawName(target)) : Optional.empty());
  }

  private static TreeMap<RawName, FileEntry> withSums(
      Map<RawName, FileEntry> entries, String[] words, int from) {
    TreeMap<RawName, FileEntry> complete = new TreeMap<>(entries);
    int i = from;
    for (; i < words.length && !words[i].equals("end"); i++) {
      Matcher sum = SUM.matcher(words[i]);
      if (!sum.matches()) {
        throw new IllegalArgumentException("'" + shown(words[i]) + "' is no checksum of a file");
      }
      FileEntry file = complete.get(new RawName(sum.group(2)));
      if (file != null) {
        complete.put(
            new RawName(sum.group(2)),
            new FileEntry(
                file.kind(),
                file.mode(),
                file.sizeBytes(),
                Optional.of(sum.group(1)),
                file.target()));
      }
    }
    if (i >= words.length) {
      throw new IllegalArgumentException("not all files could be read");
    }
    return complete;
  }

  private static String at(String[] words, int i) {
    if (i >= words.length) {
      throw new IllegalArgumentException("the records break off");
    }
    return words[i];
  }

  private static String shown(String word) {
    return new RawName(word.length() > 80 ? word.substring(0, 80) + "..." : word).toString();
  }
}
