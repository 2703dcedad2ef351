package org.carillon.analysis.figure;

import java.util.Collection;
import java.util.List;

/**
 * Names of workers as figures show them: long ones without what they all have in common, since
 * their ends would otherwise be cut off that tell them apart.
 *
 * @param dropped characters at the beginning that all share, up to a separator; shown as an
 *     ellipsis
 * @param ending what all end in, such as the domain
 */
record WorkerNames(int dropped, String ending) {

  /** Names up to this long are shown whole. */
  private static final int SHORT = 14;

  /** Works out what all of them share. */
  static WorkerNames of(Collection<String> names) {
    List<String> all = List.copyOf(names);
    if (all.size() < 2 || all.stream().allMatch(name -> name.length() <= SHORT)) {
      return new WorkerNames(0, "");
    }
    String first = all.getFirst();
    int dot = first.indexOf('.');
    String domain = dot < 0 ? "" : first.substring(dot);
    if (!all.stream().allMatch(name -> name.endsWith(domain) && name.length() > domain.length())) {
      return new WorkerNames(0, "");
    }
    if (all.stream().allMatch(name -> name.length() - domain.length() <= SHORT)) {
      return new WorkerNames(0, domain);
    }
    int shared = first.length() - domain.length();
    for (String name : all) {
      int same = 0;
      int most = Math.min(shared, name.length() - domain.length());
      while (same < most && name.charAt(same) == first.charAt(same)) {
        same++;
      }
      shared = same;
    }
    int separator = shared - 1;
    while (separator > 0 && Character.isLetterOrDigit(first.charAt(separator))) {
      separator--;
    }
    return new WorkerNames(Math.max(0, separator), domain);
  }

  /** A name, or two with a comma between, or any other text, which stays as it is. */
  String shown(String name) {
    int comma = name.indexOf(',');
    if (comma >= 0) {
      return shown(name.substring(0, comma)) + ", " + shown(name.substring(comma + 1).strip());
    }
    boolean fits = name.endsWith(ending) && name.length() > dropped + ending.length();
    if (!fits) {
      return name;
    }
    String core = name.substring(dropped, name.length() - ending.length());
    return dropped > 1 ? "…" + core : name.substring(0, name.length() - ending.length());
  }
}
