package org.carillon.core.experiment;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.SequencedMap;
import java.util.Set;

/** Makes paths on this machine absolute, so that a resolved file means the same everywhere. */
final class LocalPaths {

  private static final Set<String> SSH_FILES = Set.of("config", "known_hosts", "identity");

  private LocalPaths() {}

  /** The tree with the files of its {@code ssh} group resolved against a folder. */
  static YamlNode.Mapping anchor(YamlNode.Mapping tree, Path folder) {
    YamlNode.Entry ssh = tree.entries().get("ssh");
    if (ssh == null || !(ssh.value() instanceof YamlNode.Mapping group)) {
      return tree;
    }
    SequencedMap<String, YamlNode.Entry> entries = new LinkedHashMap<>(group.entries());
    entries.replaceAll(
        (name, entry) ->
            SSH_FILES.contains(name)
                    && entry.value() instanceof YamlNode.Scalar scalar
                    && !scalar.isNull()
                ? new YamlNode.Entry(entry.keyAt(), anchor(scalar, folder))
                : entry);
    SequencedMap<String, YamlNode.Entry> all = new LinkedHashMap<>(tree.entries());
    all.put("ssh", new YamlNode.Entry(ssh.keyAt(), new YamlNode.Mapping(group.at(), entries)));
    return new YamlNode.Mapping(tree.at(), all);
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
