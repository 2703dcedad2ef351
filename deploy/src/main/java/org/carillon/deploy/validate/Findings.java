package org.carillon.deploy.validate;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.TreeMap;
import org.carillon.core.ExitCode;
import org.carillon.ssh.HostSentence;

/** What a validation has found so far; any thread may add to it. */
final class Findings {
  private final SequencedMap<String, List<CheckResult>> hosts = new LinkedHashMap<>();
  private final List<CheckResult> whole = new ArrayList<>();
  private final Map<String, String> releases = new TreeMap<>();
  private final Map<String, ExitCode> lost = new TreeMap<>();
  private final List<Way> ways = new ArrayList<>();

  Findings(Collection<String> names) {
    names.forEach(name -> hosts.put(name, new ArrayList<>()));
  }

  /** Of one host. */
  synchronized void add(String host, CheckResult result) {
    hosts.get(host).add(result);
  }

  /** Of all hosts together. */
  synchronized void add(CheckResult result) {
    whole.add(result);
  }

  synchronized void add(Way way) {
    ways.add(way);
  }

  /** A host has a release. */
  synchronized void release(String host, String id) {
    releases.put(host, id);
  }

  /** A host cannot be asked, or not any more. */
  synchronized void lose(String host, ExitCode kind, String sentence) {
    lost.put(host, kind);
    hosts.get(host).removeIf(earlier -> earlier.check() == CheckName.REACHABLE);
    add(
        host,
        CheckResult.fail(
            CheckName.REACHABLE, HostSentence.bare(host, sentence), "see docs/hosts.md"));
  }

  /** All of it, each host's results in the order of the checks. */
  synchronized ValidationReport report(String subject, Instant at) {
    hosts.values().forEach(results -> results.sort(Comparator.comparing(CheckResult::check)));
    return new ValidationReport(subject, at, hosts, whole, releases, lost, ways);
  }
}
