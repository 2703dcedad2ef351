package org.carillon.core.experiment;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;

/** Makes paths on this machine absolute, so that a resolved file means the same everywhere. */
final class LocalPaths {

  /** By group, the keys that name files. */
  private static final Map<String, Set<String>> FILES =
      Map.of("ssh", Set.of("config", "known_hosts", "identity"), "workload", Set.of("replay"));

  private LocalPaths() {}

  /** The tree with its files resolved against a folder. */
  static YamlNode.Mapping anchor(YamlNode.Mapping tree, Path folder) {
    SequencedMap<String, YamlNode.Entry> all = new LinkedHashMap<>(tree.entries());
    all.replaceAll(
        (name, entry) ->
            FILES.containsKey(name) && entry.value() instanceof YamlNode.Mapping group
                ? new YamlNode.Entry(entry.keyAt(), anchor(group, FILES.get(name), folder))
                : entry);
    return new YamlNode.Mapping(tree.at(), all);
  }

  private static YamlNode.Mapping anchor(YamlNode.Mapping group, Set<String> files, Path folder) {
    SequencedMap<String, YamlNode.Entry> entries = new LinkedHashMap<>(group.entries());
    entries.replaceAll(
        (name, entry) ->
            files.contains(name)
                    && entry.value() instanceof YamlNode.Scalar scalar
                    && !scalar.isNull()
                ? new YamlNode.Entry(entry.keyAt(), anchor(scalar, folder))
                : entry);
    return new YamlNode.Mapping(group.at(), entries);
  }

  private static YamlNode.Scalar anchor(YamlNode.Scalar scalar, Path folder) {
    String text = scalar.text().strip();
    boolean printable = !text.isEmpty() && text.chars().noneMatch(Character::isISOControl);
    return printable
        ? new YamlNode.Scalar(scalar.at(), resolve(text, folder).toString(), false)
        : scalar;
  }

  /** An absolute path; {@code ~} is the home folder of this machine's account. */
  static Path resolve(String text, Path folder) {
    String home = System.getProperty("user.home");
    if (text.equals("~")) {
      return Path.of(home);
    }
    Path path = text.startsWith("~/") ? Path.of(home, text.substring(2)) : Path.of(text);
    return folder.toAbsolutePath().resolve(path).normalize();
  }
}
