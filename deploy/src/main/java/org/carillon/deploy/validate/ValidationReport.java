package org.carillon.deploy.validate;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.carillon.core.CheckVerdict;
import org.carillon.core.ExitCode;

/**
 * What a validation found.
 *
 * @param subject its name
 * @param at when it began, by this machine's clock
 * @param hosts what was found on each, in the order in which they were named
 * @param whole what was found of all together
 * @param releases that hosts have, where they have any
 * @param lost hosts that could not be asked, and what kind of failure that was
 * @param ways between every two hosts; empty if they were not looked at
 */
public record ValidationReport(
    String subject,
    Instant at,
    SequencedMap<String, List<CheckResult>> hosts,
    List<CheckResult> whole,
    Map<String, String> releases,
    Map<String, ExitCode> lost,
    List<Way> ways) {

  public ValidationReport {
    SequencedMap<String, List<CheckResult>> copy = new LinkedHashMap<>();
    hosts.forEach((name, results) -> copy.put(name, List.copyOf(results)));
    hosts = Collections.unmodifiableSequencedMap(copy);
    whole = List.copyOf(whole);
    releases = Map.copyOf(releases);
    lost = Map.copyOf(lost);
    ways = List.copyOf(ways);
  }

  /** All results. */
  public List<CheckResult> results() {
    List<CheckResult> all = new ArrayList<>();
    hosts.values().forEach(all::addAll);
    all.addAll(whole);
    return all;
  }

  /** Whether every check of a host says that all is well, or at least not ill. */
  public boolean isGood(String host) {
    return hosts.get(host).stream().allMatch(CheckResult::isGood);
  }

  /** The hosts of which that cannot be said. */
  public List<String> badHosts() {
    return hosts.keySet().stream().filter(host -> !isGood(host)).toList();
  }

  /**
   * What is wrong with each host of which not all is well, in one sentence; what is wrong with all
   * of them together is said of each.
   */
  public SequencedMap<String, String> complaints() {
    SequencedMap<String, String> complaints = new LinkedHashMap<>();
    hosts.forEach(
        (host, own) -> {
          String complaint =
              Stream.concat(own.stream(), whole.stream())
                  .filter(result -> !result.isGood())
                  .map(result -> result.title() + ": " + result.text())
                  .collect(Collectors.joining("; "));
          if (!complaint.isEmpty()) {
            complaints.put(host, complaint);
          }
        });
    return complaints;
  }

  /** The worst of all; PASS if nothing was looked at. */
  public CheckVerdict verdict() {
    List<CheckVerdict> found = results().stream().map(CheckResult::verdict).toList();
    for (CheckVerdict verdict :
        List.of(CheckVerdict.FAIL, CheckVerdict.UNKNOWN, CheckVerdict.WARN)) {
      if (found.contains(verdict)) {
        return verdict;
      }
    }
    return CheckVerdict.PASS;
  }

  /**
   * How the process ends: 7 if there was nothing to look at; 0 if every check passed or warned; 4
   * or 6 if no host could be asked, for one such reason; 8 if only clocks are not good enough; 1 if
   * no host is good; else 2. A check that is unknown counts as one that failed: it is no pass.
   */
  public ExitCode exitCode() {
    if (results().isEmpty()) {
      return ExitCode.NO_DATA;
    }
    if (results().stream().allMatch(CheckResult::isGood)) {
      return ExitCode.SUCCESS;
    }
    if (lost.size() == hosts.size()) {
      Collection<ExitCode> kinds = lost.values();
      ExitCode first = kinds.iterator().next();
      return kinds.stream().allMatch(first::equals) ? first : ExitCode.ALL_FAILED;
    }
    if (results().stream().allMatch(one -> one.isGood() || one.check() == CheckName.CLOCKS)) {
      return ExitCode.CLOCKS;
    }
    return badHosts().size() == hosts.size() ? ExitCode.ALL_FAILED : ExitCode.SOME_FAILED;
  }
}
