package org.carillon.ssh.nodeset;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
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
import java.util.SequencedMap;
import java.util.SequencedSet;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;
import org.carillon.core.CarillonException;
import org.carillon.core.ExitCode;
import org.carillon.core.NearestWord;
import org.carillon.core.run.RunFiles;

/**
 * Names for sets of hosts. In the file, {@code gpu: node[01-08]} is the group {@code @gpu}; under
 * {@code racks:}, {@code a: node[01-16]} is {@code @racks:a}, and {@code @racks} is all of them. A
 * set may name other groups. A file of ClusterShell's ({@code groups.d/*.yaml}) has the same form.
 */
public final class Groups {

  /** No group at all. */
  public static final Groups NONE = new Groups("", new LinkedHashMap<>());

  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._+-]+");

  /** Deeper than any file needs, and not so deep that reading it could overflow the stack. */
  private static final int DEPTH_MAX = 50;

  private final String source;

  /** Texts of sets by {@code group} or {@code kind:group}. */
  private final SequencedMap<String, List<String>> texts;

  private final Map<String, SequencedSet<String>> known = new HashMap<>();
  private final SequencedSet<String> underway = new LinkedHashSet<>();

  private Groups(String source, SequencedMap<String, List<String>> texts) {
    this.source = source;
    this.texts = texts;
  }

  /**
   * Reads a YAML file and every set in it.
   *
   * @throws CarillonException of {@link ExitCode#USAGE} that names file and group
   */
  public static Groups read(Path yaml) {
    try {
      YAMLMapper mapper = new YAMLMapper();
      mapper.enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION);
      Groups groups = new Groups(yaml.toString(), texts(mapper.readTree(Files.readString(yaml))));
      groups.texts.keySet().forEach(groups::members);
      return groups;
    } catch (JsonProcessingException e) {
      String where = e.getLocation() == null ? "" : ":" + e.getLocation().getLineNr();
      throw complaint(yaml + where, e.getOriginalMessage().lines().findFirst().orElse(""), e);
    } catch (IOException e) {
      throw new CarillonException(
          ExitCode.USAGE,
          "cannot read the groups of hosts in " + yaml + ": " + RunFiles.reason(e),
          e);
    } catch (IllegalArgumentException e) {
      throw complaint(yaml.toString(), e.getMessage(), e);
    }
  }

  private static CarillonException complaint(String where, String what, Exception cause) {
    return new CarillonException(ExitCode.USAGE, where + ": " + what, cause);
  }

  private static SequencedMap<String, List<String>> texts(JsonNode root) {
    SequencedMap<String, List<String>> texts = new LinkedHashMap<>();
    if (root == null || root.isMissingNode() || root.isNull()) {
      return texts;
    }
    if (!root.isObject()) {
      throw new IllegalArgumentException("write groups as NAME: SET, one a line");
    }
    for (Map.Entry<String, JsonNode> entry : root.properties()) {
      requireName(entry.getKey());
      if (!entry.getValue().isObject()) {
        texts.put(entry.getKey(), sets(entry.getKey(), entry.getValue()));
        continue;
      }
      List<String> all = new ArrayList<>();
      for (Map.Entry<String, JsonNode> inner : entry.getValue().properties()) {
        requireName(inner.getKey());
        String name = entry.getKey() + ":" + inner.getKey();
        texts.put(name, sets(name, inner.getValue()));
        all.add("@" + name);
      }
      texts.put(entry.getKey(), all);
    }
    return texts;
  }

  private static List<String> sets(String name, JsonNode value) {
    if (value.isValueNode() && !value.isNull()) {
      return List.of(value.asText());
    }
    if (value.isArray()
        && StreamSupport.stream(value.spliterator(), false)
            .allMatch(item -> item.isValueNode() && !item.isNull())) {
      return StreamSupport.stream(value.spliterator(), false).map(JsonNode::asText).toList();
    }
    throw new IllegalArgumentException(
        name + ": expected a set of hosts such as node[01-16], or a list of sets");
  }

  private static void requireName(String name) {
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException(
          "'" + name + "' is not the name of a group: letters, digits and ._+- may stand in it");
    }
  }

  /** The names of all groups, in the order of the file. */
  public SequencedSet<String> names() {
    return Collections.unmodifiableSequencedSet(texts.sequencedKeySet());
  }

  /**
   * The hosts of a group that there is.
   *
   * @throws IllegalArgumentException with a sentence if it contains itself, or a text is no set
   */
  synchronized SequencedSet<String> members(String group) {
    SequencedSet<String> members = known.get(group);
    if (members != null) {
      return members;
    }
    if (!underway.add(group)) {
      throw new IllegalArgumentException(
          "group %s contains itself: %s → %s"
              .formatted(group, String.join(" → ", underway), group));
    }
    if (underway.size() > DEPTH_MAX) {
      throw new IllegalArgumentException("groups name each other more than " + DEPTH_MAX + " deep");
    }
    try {
      SequencedSet<String> found = new LinkedHashSet<>();
      for (String set : texts.get(group)) {
        found.addAll(NodeSet.parse(set, this).names());
        NodeSetParser.requireSize(found.size());
      }
      known.put(group, found);
      return found;
    } catch (IllegalArgumentException e) {
      // The innermost group is where the mistake stands.
      throw e.getMessage().startsWith("group ")
          ? e
          : new IllegalArgumentException("group " + group + ": " + e.getMessage(), e);
    } finally {
      underway.remove(group);
    }
  }

  boolean has(String group) {
    return texts.containsKey(group);
  }

  String unknown(String group) {
    if (texts.isEmpty()) {
      return "there is no group @"
          + group
          + ", since "
          + (source.isEmpty() ? "no file of groups is named" : source + " has none");
    }
    return "there is no group @%s in %s%s"
        .formatted(
            group,
            source,
            NearestWord.of(group, texts.keySet())
                .map(nearest -> "; did you mean @" + nearest + "?")
                .orElse(""));
  }

  /** The hosts of all groups. */
  SequencedSet<String> all() {
    SequencedSet<String> all = new LinkedHashSet<>();
    texts.keySet().forEach(group -> all.addAll(members(group)));
    return all;
  }
}
