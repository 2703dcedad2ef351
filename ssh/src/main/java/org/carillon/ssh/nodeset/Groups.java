package org.carillon.ssh.nodeset;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.SequencedSet;
import java.util.regex.Pattern;
import org.carillon.core.CarillonException;
import org.carillon.core.ExitCode;
import org.carillon.core.NearestWord;
import org.carillon.core.keys.Complaints;
import org.carillon.core.keys.YamlNode;
import org.carillon.core.keys.YamlText;
import org.carillon.core.run.RunFiles;

/**
 * Names for sets of hosts. In the file, {@code gpu: node[01-08]} is the group {@code @gpu}; under
 * {@code racks:}, {@code a: node[01-16]} is {@code @racks:a}, and {@code @racks} is all of them. A
 * set may name other groups. A file of ClusterShell's ({@code groups.d/*.yaml}) has the same form.
 */
public final class Groups {

  /** No group at all. */
  public static final Groups NONE = new Groups("", new byte[0]);

  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._+-]+");

  /** Deeper than any file needs, and not so deep that reading it could overflow the stack. */
  private static final int DEPTH_MAX = 50;

  private final String source;
  private final byte[] yaml;

  /** Texts of sets by {@code group} or {@code kind:group}; read when a group is first named. */
  private Optional<SequencedMap<String, List<String>>> texts = Optional.empty();

  private final Map<String, SequencedSet<String>> known = new HashMap<>();
  private final SequencedSet<String> underway = new LinkedHashSet<>();

  private Groups(String source, byte[] yaml) {
    this.source = source;
    this.yaml = yaml;
  }

  /**
   * Takes a YAML file, which is understood when a set first names a group.
   *
   * @throws CarillonException of {@link ExitCode#USAGE} that names the file if it cannot be read
   */
  public static Groups read(Path yaml) {
    try {
      return new Groups(yaml.toString(), Files.readAllBytes(yaml));
    } catch (IOException e) {
      throw new CarillonException(
          ExitCode.USAGE,
          "cannot read the groups of hosts in " + yaml + ": " + RunFiles.reason(e),
          e);
    }
  }

  private CarillonException complaint(String what) {
    return new CarillonException(ExitCode.USAGE, source + ": " + what);
  }

  private synchronized SequencedMap<String, List<String>> texts() {
    if (texts.isEmpty()) {
      Complaints complaints = new Complaints("groups of hosts");
      SequencedMap<String, List<String>> found = new LinkedHashMap<>();
      YamlText.parse(source, yaml, complaints)
          .ifPresent(root -> found.putAll(texts(root, complaints)));
      complaints.throwIfAny();
      texts = Optional.of(found);
    }
    return texts.get();
  }

  private static SequencedMap<String, List<String>> texts(YamlNode root, Complaints complaints) {
    SequencedMap<String, List<String>> texts = new LinkedHashMap<>();
    if (!(root instanceof YamlNode.Mapping mapping)) {
      complaints.add(root.at(), "", "write groups as NAME: SET, one a line");
      return texts;
    }
    mapping
        .entries()
        .forEach(
            (name, entry) -> {
              requireName(name, entry, complaints);
              if (entry.value() instanceof YamlNode.Mapping kinds) {
                List<String> all = new ArrayList<>();
                kinds
                    .entries()
                    .forEach(
                        (kind, inner) -> {
                          requireName(kind, inner, complaints);
                          String full = name + ":" + kind;
                          texts.put(full, sets(full, inner.value(), complaints));
                          all.add("@" + full);
                        });
                texts.put(name, all);
              } else {
                texts.put(name, sets(name, entry.value(), complaints));
              }
            });
    return texts;
  }

  private static List<String> sets(String name, YamlNode value, Complaints complaints) {
    List<YamlNode> items = value instanceof YamlNode.Sequence list ? list.items() : List.of(value);
    List<String> sets = new ArrayList<>();
    for (YamlNode item : items) {
      if (item instanceof YamlNode.Scalar scalar && !scalar.isNull()) {
        sets.add(scalar.text());
      } else {
        complaints.add(
            item.at(), name, "expected a set of hosts such as node[01-16], or a list of sets");
      }
    }
    return sets;
  }

  private static void requireName(String name, YamlNode.Entry entry, Complaints complaints) {
    if (!NAME.matcher(name).matches()) {
      complaints.add(
          entry.keyAt(),
          "",
          "'" + name + "' is not the name of a group: letters, digits and ._+- may stand in it");
    }
  }

  /** The names of all groups, in the order of the file. */
  public SequencedSet<String> names() {
    return Collections.unmodifiableSequencedSet(texts().sequencedKeySet());
  }

  /**
   * The hosts of a group that there is.
   *
   * @throws CarillonException with file and group if it contains itself, or a text is no set
   */
  synchronized SequencedSet<String> members(String group) {
    SequencedSet<String> members = known.get(group);
    if (members != null) {
      return members;
    }
    if (underway.contains(group)) {
      throw complaint(
          "group %s contains itself: %s → %s"
              .formatted(group, String.join(" → ", underway), group));
    }
    if (underway.size() == DEPTH_MAX) {
      throw complaint("groups name each other more than " + DEPTH_MAX + " deep");
    }
    underway.add(group);
    try {
      SequencedSet<String> found = new LinkedHashSet<>();
      for (String set : texts().get(group)) {
        found.addAll(NodeSet.parse(set, this).names());
        NodeSetParser.requireSize(found.size());
      }
      known.put(group, found);
      return found;
    } catch (IllegalArgumentException e) {
      throw complaint("group " + group + ": " + e.getMessage());
    } finally {
      underway.remove(group);
    }
  }

  boolean has(String group) {
    return texts().containsKey(group);
  }

  String unknown(String group) {
    if (texts().isEmpty()) {
      return "there is no group @"
          + group
          + ", since "
          + (source.isEmpty() ? "no file of groups is named" : source + " has none");
    }
    return "there is no group @%s in %s%s"
        .formatted(
            group,
            source,
            NearestWord.of(group, texts().keySet())
                .map(nearest -> "; did you mean @" + nearest + "?")
                .orElse(""));
  }

  /** The hosts of all groups. */
  SequencedSet<String> all() {
    SequencedSet<String> all = new LinkedHashSet<>();
    texts().keySet().forEach(group -> all.addAll(members(group)));
    return all;
  }
}
