package org.carillon.cli.hosts;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.carillon.core.Count;
import org.carillon.ssh.HostSentence;
import org.carillon.ssh.fanout.Folding;
import org.carillon.ssh.fanout.HostOutcome;

/** How the hosts ended, those that ended alike together. */
final class HostsSummary {

  private HostsSummary() {}

  /** {@code 126 of 128 hosts: ok}, and a line for every other end. */
  static List<String> lines(Map<String, ? extends HostOutcome<?>> outcomes) {
    Map<String, String> failures = new LinkedHashMap<>();
    outcomes.forEach(
        (host, outcome) -> {
          if (!outcome.succeeded()) {
            failures.put(host, host + ": " + outcome.word() + ": " + reason(host, outcome));
          }
        });
    int all = outcomes.size();
    int ok = all - failures.size();
    String counted = failures.isEmpty() ? Count.of(all, "host") : Count.of(ok, all, "host");
    List<String> lines =
        Folding.foldSentences(failures).stream()
            .map(Folding.Folded::toString)
            .collect(Collectors.toList());
    lines.addFirst(counted + ": ok");
    return List.copyOf(lines);
  }

  /** Without the name in front, and on one line. */
  private static String reason(String host, HostOutcome<?> outcome) {
    return HostSentence.bare(host, outcome.sentence()).replaceAll("\\p{Cntrl}+", " ").strip();
  }

  /** On standard error, for people. */
  static void print(Map<String, ? extends HostOutcome<?>> outcomes, boolean quiet) {
    if (!quiet || outcomes.values().stream().anyMatch(outcome -> !outcome.succeeded())) {
      lines(outcomes).forEach(System.err::println);
    }
  }
}
