package org.carillon.core.keys;

import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.SequencedMap;

/** Lays one tree over another: groups are merged key by key, everything else is replaced. */
public final class Overrides {

  private Overrides() {}

  /** The lower tree with all that the upper one says. */
  static YamlNode.Mapping lay(YamlNode.Mapping upper, YamlNode.Mapping lower) {
    SequencedMap<String, YamlNode.Entry> merged = new LinkedHashMap<>(lower.entries());
    upper
        .entries()
        .forEach(
            (name, entry) ->
                merged.merge(
                    name,
                    entry,
                    (below, above) ->
                        below.value() instanceof YamlNode.Mapping lowerGroup
                                && above.value() instanceof YamlNode.Mapping upperGroup
                            ? new YamlNode.Entry(above.keyAt(), lay(upperGroup, lowerGroup))
                            : above));
    return new YamlNode.Mapping(lower.at(), merged);
  }

  /**
   * The tree that one {@code --set PATH=VALUE} stands for.
   *
   * @param setting what follows {@code --set}
   * @return empty if it cannot be read, which is then among the complaints
   */
  static Optional<YamlNode.Mapping> ofSetting(String setting, Complaints complaints) {
    String option = "--set " + setting;
    Location at = Location.inOption(option);
    int equals = setting.indexOf('=');
    if (equals < 1) {
      complaints.add(at, "", "write --set PATH=VALUE, such as --set workload.events=500");
      return Optional.empty();
    }
    String[] path = setting.substring(0, equals).strip().split("\\.", -1);
    if (path.length > YamlText.DEPTH_MAX) {
      complaints.add(at, "", "no key has that many levels");
      return Optional.empty();
    }
    return YamlText.parseOption(option, setting.substring(equals + 1), complaints)
        .map(value -> nest(at, path, emptyAsNull(at, value)));
  }

  /** {@code --set key=} takes a value away, as an empty value in a file does. */
  private static YamlNode emptyAsNull(Location at, YamlNode value) {
    return value instanceof YamlNode.Mapping mapping && mapping.entries().isEmpty()
        ? new YamlNode.Scalar(at, "", true)
        : value;
  }

  private static YamlNode.Mapping nest(Location at, String[] path, YamlNode value) {
    YamlNode inner = value;
    for (int i = path.length - 1; i >= 0; i--) {
      SequencedMap<String, YamlNode.Entry> entries = new LinkedHashMap<>();
      entries.put(path[i], new YamlNode.Entry(at, inner));
      inner = new YamlNode.Mapping(at, entries);
    }
    return (YamlNode.Mapping) inner;
  }
}
