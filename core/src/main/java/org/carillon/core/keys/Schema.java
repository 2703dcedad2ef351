package org.carillon.core.keys;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What may stand in one kind of YAML file.
 *
 * @param subject what a person calls such a file: {@code experiment file}
 * @param keys in the order in which they are written
 * @param optionalGroups groups whose presence means something, so that their defaults and what they
 *     require count only if they are there
 * @param lists groups that are YAML lists of groups; an item is known by its number from 1, which
 *     stands for the star in its keys' paths
 * @param files keys that name files of this machine; relative ones start at the folder of the file
 *     that holds them
 * @param siteFile name of a file beside it that is laid over it, if there is one
 * @param mistakenFor groups at the top that only another kind of file has, each with what that file
 *     is and who reads it
 */
public record Schema(
    String subject,
    List<Key<?>> keys,
    Set<String> optionalGroups,
    Set<String> lists,
    Set<String> files,
    Optional<String> siteFile,
    Map<String, String> mistakenFor) {
  public Schema {
    keys = List.copyOf(keys);
    optionalGroups = Set.copyOf(optionalGroups);
    lists = Set.copyOf(lists);
    files = Set.copyOf(files);
    mistakenFor = Map.copyOf(mistakenFor);
  }

  /** The names that may stand directly in a group, groups included, in the order of the file. */
  Set<String> namesIn(String group) {
    Set<String> names = new LinkedHashSet<>();
    String prefix = group.isEmpty() ? "" : group + ".";
    for (Key<?> key : keys) {
      if (key.path().startsWith(prefix)) {
        String rest = key.path().substring(prefix.length());
        int dot = rest.indexOf('.');
        names.add(dot < 0 ? rest : rest.substring(0, dot));
      }
    }
    return names;
  }

  /** Whether a path is that of a key, not of a group. */
  boolean isKey(String pattern) {
    return keys.stream().anyMatch(key -> key.path().equals(pattern));
  }
}
