package org.carillon.deploy.validate;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.SequencedCollection;
import java.util.SequencedMap;
import java.util.Set;
import java.util.stream.Collectors;
import org.carillon.core.Count;
import org.carillon.ssh.nodeset.NodeSet;

/**
 * Judges the ways between hosts. A host that is cut off breaks a way of every other one; it alone
 * is to blame, so it is found first and the others are judged without it.
 */
final class Ways {

  private static final String FIX = "see cables, routes and firewalls between them";
  private static final double US_PER_MS = 1e3;

  private Ways() {}

  /** Two hosts, whatever their order. */
  private record Pair(String one, String other) {
    static Pair of(Way way) {
      return way.from().compareTo(way.to()) < 0
          ? new Pair(way.from(), way.to())
          : new Pair(way.to(), way.from());
    }

    boolean has(String host) {
      return one.equals(host) || other.equals(host);
    }
  }

  /**
   * One result per host.
   *
   * @param hosts that took part
   * @param reasons for each host, why it could not even send, by the other one
   */
  static SequencedMap<String, CheckResult> judge(
      SequencedCollection<String> hosts, List<Way> ways, Map<String, Map<String, String>> reasons) {
    Set<Pair> broken = new LinkedHashSet<>();
    ways.stream().filter(Ways::isBroken).map(Pair::of).forEach(broken::add);
    Map<String, Long> cut = cutOff(hosts, broken);
    broken.removeIf(pair -> cut.containsKey(pair.one()) || cut.containsKey(pair.other()));
    SequencedMap<String, CheckResult> results = new LinkedHashMap<>();
    for (String host : hosts) {
      List<Measurement> measured = measurements(host, ways);
      results.put(
          host,
          (cut.containsKey(host)
                  ? fail(
                      "datagrams get through between it and only "
                          + Count.of(hosts.size() - 1 - cut.get(host), hosts.size() - 1, "host"),
                      host,
                      reasons)
                  : judge(host, ways, broken, cut.keySet(), reasons))
              .with(measured));
    }
    return results;
  }

  /** Half of the datagrams or more are lost in one direction. */
  private static boolean isBroken(Way way) {
    return way.sent() == 0 || 2 * way.answered() <= way.sent();
  }

  /**
   * Hosts with more broken pairs than whole ones, and how many; the worst first, without it then.
   */
  private static Map<String, Long> cutOff(Collection<String> hosts, Set<Pair> broken) {
    Map<String, Long> cut = new LinkedHashMap<>();
    Set<Pair> left = new HashSet<>(broken);
    while (true) {
      Map<String, Long> counts =
          hosts.stream()
              .collect(
                  Collectors.toMap(
                      host -> host,
                      host -> left.stream().filter(pair -> pair.has(host)).count(),
                      (a, b) -> a,
                      LinkedHashMap::new));
      Map.Entry<String, Long> worst =
          counts.entrySet().stream()
              .max(Comparator.comparingLong(Map.Entry::getValue))
              .orElseThrow();
      int others = hosts.size() - 1 - cut.size();
      // Of two hosts between which nothing gets through, neither is more to blame.
      if (worst.getValue() < 2 || 2 * worst.getValue() <= others) {
        return cut;
      }
      cut.put(worst.getKey(), broken.stream().filter(pair -> pair.has(worst.getKey())).count());
      left.removeIf(pair -> pair.has(worst.getKey()));
    }
  }

  private static CheckResult judge(
      String host,
      List<Way> ways,
      Set<Pair> broken,
      Set<String> cut,
      Map<String, Map<String, String>> reasons) {
    List<String> none =
        broken.stream()
            .filter(pair -> pair.has(host))
            .map(pair -> pair.one().equals(host) ? pair.other() : pair.one())
            .toList();
    if (!none.isEmpty()) {
      return fail(
          "datagrams do not get through between it and "
              + NodeSet.of(none)
              + details(host, none.getFirst(), ways),
          host,
          reasons);
    }
    List<String> losses = new ArrayList<>();
    for (Way way : ways) {
      if (way.from().equals(host) && !cut.contains(way.to()) && way.answered() < way.sent()) {
        losses.add(
            "%s (%d lost there and %d back, of %d)"
                .formatted(way.to(), way.lostThere(), way.lostBack(), way.sent()));
      }
    }
    if (!losses.isEmpty()) {
      return CheckResult.warn(
          CheckName.CONNECTIVITY,
          "datagrams are lost between it and " + String.join(", ", losses),
          FIX);
    }
    long others =
        ways.stream().filter(way -> way.from().equals(host) && !cut.contains(way.to())).count();
    return others == 0
        ? CheckResult.unknown(
            CheckName.CONNECTIVITY, "no other host took part", "see what the others say")
        : CheckResult.pass(
            CheckName.CONNECTIVITY,
            "datagrams get through to and from " + Count.of(others, "other host"));
  }

  /** Which way it is that nothing takes. */
  private static String details(String host, String other, List<Way> ways) {
    return ways.stream()
        .filter(way -> way.from().equals(host) && way.to().equals(other))
        .findFirst()
        .map(
            way ->
                " (to %s, %d of %d arrived, and %d answers came back)"
                    .formatted(other, way.arrived(), way.sent(), way.answered()))
        .orElse("");
  }

  private static CheckResult fail(
      String sentence, String host, Map<String, Map<String, String>> reasons) {
    String why =
        reasons.getOrDefault(host, Map.of()).values().stream()
            .findFirst()
            .map(reason -> "; " + reason)
            .orElse("");
    return CheckResult.fail(CheckName.CONNECTIVITY, sentence + why, FIX);
  }

  private static List<Measurement> measurements(String host, List<Way> ways) {
    List<Way> own = ways.stream().filter(way -> way.from().equals(host)).toList();
    long sent = own.stream().mapToLong(Way::sent).sum();
    long answered = own.stream().mapToLong(Way::answered).sum();
    OptionalDouble slowest =
        own.stream().flatMapToDouble(way -> way.delayMedianUs().stream()).max();
    List<Measurement> found = new ArrayList<>();
    found.add(
        sent == 0
            ? Measurement.missing("udp_loss_percent")
            : Measurement.of("udp_loss_percent", 100.0 * (sent - answered) / sent));
    found.add(
        slowest.isEmpty()
            ? Measurement.missing("udp_round_trip_worst_median_ms")
            : Measurement.of("udp_round_trip_worst_median_ms", slowest.getAsDouble() / US_PER_MS));
    return found;
  }
}
