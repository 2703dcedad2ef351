package org.carillon.ssh;

import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Commands behind one connection of which nobody has seen the end, since the connection broke or
 * the host did not answer. They are killed before anything else begins there, so that none runs
 * beside its own repetition or beside what takes it back. For many threads.
 */
final class UnendedCommands {
  private final Set<String> killers = ConcurrentHashMap.newKeySet();

  /**
   * Such a command.
   *
   * @param killer script that kills it, if it can be killed
   */
  void add(Optional<String> killer) {
    killer.ifPresent(killers::add);
  }

  /** The scripts that kill all that are known now. */
  Set<String> known() {
    return Set.copyOf(killers);
  }

  /** These have been run. */
  void forget(Set<String> run) {
    killers.removeAll(run);
  }

  /** A script before which these are run. */
  static String before(String script, Set<String> killers) {
    StringBuilder text = new StringBuilder();
    killers.forEach(killer -> text.append("(\n").append(killer).append(") 2>/dev/null\n"));
    return text.append(script).toString();
  }
}
