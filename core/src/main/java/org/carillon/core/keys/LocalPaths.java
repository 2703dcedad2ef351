package org.carillon.core.keys;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.SequencedMap;
import java.util.Set;

/** Makes paths on this machine absolute, so that a resolved file means the same everywhere. */
public final class LocalPaths {

  private LocalPaths() {}

  /** The tree with the files that its keys name resolved against a folder. */
  static YamlNode.Mapping anchor(YamlNode.Mapping tree, Set<String> files, Path folder) {
    return anchor(tree, "", files, folder);
  }

  private static YamlNode.Mapping anchor(
      YamlNode.Mapping group, String prefix, Set<String> files, Path folder) {
    SequencedMap<String, YamlNode.Entry> entries = new LinkedHashMap<>(group.entries());
    entries.replaceAll(
        (name, entry) ->
            switch (entry.value()) {
              case YamlNode.Mapping inner ->
                  new YamlNode.Entry(
                      entry.keyAt(), anchor(inner, prefix + name + ".", files, folder));
              case YamlNode.Scalar scalar when files.contains(prefix + name) && !scalar.isNull() ->
                  new YamlNode.Entry(entry.keyAt(), anchor(scalar, folder));
              case YamlNode other -> entry;
            });
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
  public static Path resolve(String text, Path folder) {
    String home = System.getProperty("user.home");
    if (text.equals("~")) {
      return Path.of(home);
    }
    Path path = text.startsWith("~/") ? Path.of(home, text.substring(2)) : Path.of(text);
    return folder.toAbsolutePath().resolve(path).normalize();
  }
}
