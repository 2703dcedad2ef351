package org.carillon.analysis.statistics;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.function.BiFunction;

/**
 * The definitions of docs/formats.md once more, slowly and with big integers, to compare with. It
 * shares nothing with the statements of the store.
 */
final class ReferenceStatistics {

  /** What one end knew of one event on one clock; a clock that was not read is null. */
  record Stamp(BigInteger best, BigInteger earliest, BigInteger latest) {}

  /** A row of the coordinator's file. */
  record Sent(long id, long sendNs, Stamp ntp, Stamp bounded, Long trueNs) {}

  /** A row of a worker's file, in the file's order. */
  record Arrived(
      String node,
      long id,
      long receiveNs,
      long embeddedNs,
      Stamp ntp,
      Stamp bounded,
      Long trueNs) {}

  private final Map<Long, Sent> sent = new TreeMap<>();
  private final Map<String, Map<Long, Arrived>> used = new TreeMap<>();
  final Map<String, Accounting> workers = new TreeMap<>();

  ReferenceStatistics(List<Sent> coordinator, Map<String, List<Arrived>> files) {
    coordinator.forEach(row -> sent.putIfAbsent(row.id(), row));
    files.forEach(this::judge);
  }

  private void judge(String node, List<Arrived> rows) {
    Map<Long, Arrived> earliest = new TreeMap<>();
    long foreign = 0;
    List<Arrived> own = new ArrayList<>();
    for (Arrived row : rows) {
      Sent event = sent.get(row.id());
      if (event == null
          || big(row.embeddedNs()).subtract(big(event.sendNs())).abs().compareTo(big(100_000_000L))
              > 0) {
        foreign++;
        continue;
      }
      own.add(row);
      Arrived before = earliest.get(row.id());
      if (before == null || row.receiveNs() < before.receiveNs()) {
        earliest.put(row.id(), row);
      }
    }
    long outOfOrder = 0;
    for (int i = 0; i < own.size(); i++) {
      if (own.get(i) != earliest.get(own.get(i).id())) {
        continue;
      }
      boolean higherBefore = false;
      for (int j = 0; j < i; j++) {
        higherBefore |= own.get(j).id() > own.get(i).id();
      }
      if (higherBefore) {
        outOfOrder++;
      }
    }
    used.put(node, earliest);
    workers.put(
        node,
        new Accounting(
            earliest.size(),
            sent.size() - earliest.size(),
            own.size() - earliest.size(),
            outOfOrder,
            foreign));
  }

  private static BigInteger big(long value) {
    return BigInteger.valueOf(value);
  }

  private static Stamp point(long ns) {
    return new Stamp(big(ns), null, null);
  }

  private Stamp at(Sent event, Clock clock) {
    return switch (clock) {
      case SYSTEM -> point(event.sendNs());
      case NTP -> event.ntp();
      case BOUNDED -> event.bounded();
      case CHRONOTICK, HINDSIGHT -> null;
    };
  }

  private Stamp at(Arrived row, Clock clock) {
    return switch (clock) {
      case SYSTEM -> point(row.receiveNs());
      case NTP -> row.ntp();
      case BOUNDED -> row.bounded();
      case CHRONOTICK, HINDSIGHT -> null;
    };
  }

  /** All values of each worker, and of all of them under "all". */
  private Map<String, List<BigInteger>> values(
      Clock clock, BiFunction<Stamp, Stamp, BigInteger> value) {
    Map<String, List<BigInteger>> all = new TreeMap<>();
    used.forEach(
        (node, rows) -> {
          for (Arrived row : rows.values()) {
            Stamp send = at(sent.get(row.id()), clock);
            Stamp receive = at(row, clock);
            if (send != null && receive != null) {
              for (String name : List.of(node, Totals.ALL)) {
                all.computeIfAbsent(name, _ -> new ArrayList<>()).add(value.apply(send, receive));
              }
            }
          }
        });
    return all;
  }

  Map<String, Distribution> latency(Clock clock) {
    return distributions(values(clock, (s, r) -> r.best().subtract(s.best())));
  }

  Map<String, LatencyBounds> latencyBounds(Clock clock) {
    Map<String, List<BigInteger>> earliest =
        values(clock, (s, r) -> r.earliest().subtract(s.latest()));
    Map<String, List<BigInteger>> latest =
        values(clock, (s, r) -> r.latest().subtract(s.earliest()));
    Map<String, LatencyBounds> all = new TreeMap<>();
    earliest.forEach(
        (node, values) ->
            all.put(
                node,
                new LatencyBounds(
                    distribution(values),
                    distribution(latest.get(node)),
                    values.stream().filter(v -> v.signum() < 0).count(),
                    latest.get(node).stream().filter(v -> v.signum() < 0).count())));
    return all;
  }

  private static Map<String, Distribution> distributions(Map<String, List<BigInteger>> values) {
    Map<String, Distribution> all = new TreeMap<>();
    values.forEach((node, ofNode) -> all.put(node, distribution(ofNode)));
    return all;
  }

  static Distribution distribution(List<BigInteger> values) {
    Collections.sort(values);
    BigInteger sum = values.stream().reduce(BigInteger.ZERO, BigInteger::add);
    return new Distribution(
        values.size(),
        percentile(values, 500),
        percentile(values, 900),
        percentile(values, 990),
        percentile(values, 999),
        OptionalLong.of(values.getLast().longValueExact()),
        interval(values, 500),
        interval(values, 900),
        interval(values, 990),
        interval(values, 999),
        OptionalLong.of(values.getFirst().longValueExact()),
        OptionalLong.of(sum.divide(big(values.size())).longValueExact()),
        Optional.of(sum));
  }

  private static Optional<ConfidenceInterval> interval(List<BigInteger> sorted, int perMille) {
    return ranks(sorted.size(), perMille)
        .map(
            ranks ->
                new ConfidenceInterval(
                    sorted.get((int) ranks.low() - 1).longValueExact(),
                    sorted.get((int) ranks.high() - 1).longValueExact()));
  }

  /**
   * The ranks between which a percentile lies with 95 % confidence, by whole numbers: a probability
   * is C(n, k)·p^k·(1000−p)^(n−k) of 1000^n.
   */
  static Optional<ConfidenceInterval.Ranks> ranks(int n, int perMille) {
    BigInteger all = big(1000).pow(n);
    BigInteger one = big(1000 - perMille).pow(n);
    BigInteger sum = BigInteger.ZERO;
    int low = 0;
    int high = 0;
    for (int k = 0; k < n; k++) {
      sum = sum.add(one);
      if (sum.multiply(big(40)).compareTo(all) <= 0) {
        low = k + 1;
      }
      if (high == 0 && all.subtract(sum).multiply(big(40)).compareTo(all) <= 0) {
        high = k + 1;
      }
      one =
          one.multiply(big(n - k))
              .multiply(big(perMille))
              .divide(big(k + 1).multiply(big(1000 - perMille)));
    }
    return low == 0 || high == 0
        ? Optional.empty()
        : Optional.of(new ConfidenceInterval.Ranks(low, high));
  }

  private static OptionalLong percentile(List<BigInteger> sorted, int perMille) {
    // n < 1/(1−p), multiplied out.
    if (sorted.size() * (1000 - perMille) < 1000) {
      return OptionalLong.empty();
    }
    int rank = 1;
    while (rank * 1000 < sorted.size() * perMille) {
      rank++;
    }
    return OptionalLong.of(sorted.get(rank - 1).longValueExact());
  }

  Map<String, Causality> causality(Clock clock) {
    Map<String, Causality> all = new TreeMap<>();
    used.forEach(
        (node, rows) -> {
          long pairs = 0;
          long proven = 0;
          long violations = 0;
          for (Arrived row : rows.values()) {
            Stamp send = at(sent.get(row.id()), clock);
            Stamp receive = at(row, clock);
            if (send == null || receive == null) {
              continue;
            }
            pairs++;
            if (clock.isInterval()) {
              proven += send.latest().compareTo(receive.earliest()) < 0 ? 1 : 0;
              violations += receive.latest().compareTo(send.earliest()) < 0 ? 1 : 0;
            } else {
              violations += receive.best().compareTo(send.best()) < 0 ? 1 : 0;
            }
          }
          if (pairs > 0) {
            all.put(
                node,
                clock.isInterval()
                    ? new Causality.Interval(pairs, proven, pairs - proven - violations, violations)
                    : new Causality.Point(pairs, violations));
          }
        });
    return all;
  }

  Map<String, Ordering> ordering(Clock clock) {
    Map<String, Ordering> all = new TreeMap<>();
    for (String first : used.keySet()) {
      for (String second : used.keySet()) {
        if (first.compareTo(second) >= 0) {
          continue;
        }
        long[] n = new long[3];
        for (Arrived a : used.get(first).values()) {
          Arrived b = used.get(second).get(a.id());
          if (b == null || at(a, clock) == null || at(b, clock) == null) {
            continue;
          }
          if (at(a, clock).latest().compareTo(at(b, clock).earliest()) < 0) {
            n[0]++;
          } else if (at(b, clock).latest().compareTo(at(a, clock).earliest()) < 0) {
            n[1]++;
          } else {
            n[2]++;
          }
        }
        if (n[0] + n[1] + n[2] > 0) {
          all.put(first + "," + second, new Ordering(n[0] + n[1] + n[2], n[0], n[1], n[2]));
        }
      }
    }
    return all;
  }

  Map<String, Windows> windows(Clock clock, long sizeNs) {
    Map<String, Windows> all = new TreeMap<>();
    for (String first : used.keySet()) {
      for (String second : used.keySet()) {
        if (first.compareTo(second) >= 0) {
          continue;
        }
        long pairs = 0;
        long agree = 0;
        long confident = 0;
        BigInteger reachNs = BigInteger.ZERO;
        BigInteger cappedNs = BigInteger.ZERO;
        for (Arrived a : used.get(first).values()) {
          Arrived b = used.get(second).get(a.id());
          if (b == null || at(a, clock) == null || at(b, clock) == null) {
            continue;
          }
          pairs++;
          Stamp x = at(a, clock);
          Stamp y = at(b, clock);
          if (clock.isInterval()) {
            boolean sure =
                window(x.earliest(), sizeNs).equals(window(x.latest(), sizeNs))
                    && window(y.earliest(), sizeNs).equals(window(y.latest(), sizeNs));
            confident += sure ? 1 : 0;
            BigInteger both = x.latest().max(y.latest()).subtract(x.earliest().min(y.earliest()));
            BigInteger between =
                x.earliest().max(y.earliest()).subtract(x.latest().min(y.latest()));
            BigInteger covered = both.subtract(between.max(BigInteger.ZERO));
            reachNs = reachNs.add(covered);
            cappedNs = cappedNs.add(covered.min(big(sizeNs)));
            agree +=
                sure && window(x.earliest(), sizeNs).equals(window(y.earliest(), sizeNs)) ? 1 : 0;
          } else {
            agree += window(x.best(), sizeNs).equals(window(y.best(), sizeNs)) ? 1 : 0;
          }
        }
        if (pairs > 0) {
          all.put(
              first + "," + second,
              clock.isInterval()
                  ? new Windows.Interval(
                      pairs, confident, agree, pairs - confident, reachNs, cappedNs)
                  : new Windows.Point(pairs, agree));
        }
      }
    }
    return all;
  }

  private static BigInteger window(BigInteger timeNs, long sizeNs) {
    BigInteger[] parts = timeNs.divideAndRemainder(big(sizeNs));
    return parts[1].signum() < 0 ? parts[0].subtract(BigInteger.ONE) : parts[0];
  }

  /** Interval widths, of all workers under "all" too. */
  Map<String, List<BigInteger>> widths() {
    Map<String, List<BigInteger>> all = new TreeMap<>();
    used.forEach(
        (node, rows) -> {
          for (Arrived row : rows.values()) {
            if (row.bounded() != null) {
              for (String name : List.of(node, Totals.ALL)) {
                all.computeIfAbsent(name, _ -> new ArrayList<>())
                    .add(row.bounded().latest().subtract(row.bounded().earliest()));
              }
            }
          }
        });
    return all;
  }

  /** Of different events, by the bounded clock. */
  Map<String, CrossOrdering> crossOrdering() {
    Map<String, CrossOrdering> all = new TreeMap<>();
    for (String first : used.keySet()) {
      for (String second : used.keySet()) {
        if (first.compareTo(second) >= 0) {
          continue;
        }
        for (Arrived a : used.get(first).values()) {
          for (Arrived b : used.get(second).values()) {
            long gapNs = Math.abs(sent.get(a.id()).sendNs() - sent.get(b.id()).sendNs());
            long steps = Math.abs(a.id() - b.id());
            if (steps > 0
                && steps <= 4
                && gapNs <= 1_000_000_000L
                && a.bounded() != null
                && b.bounded() != null) {
              long within = 10_000;
              while (within < gapNs) {
                within *= 10;
              }
              all.merge(
                  first + "," + second,
                  new CrossOrdering(new TreeMap<>(Map.of(within, counts(a, b)))),
                  CrossOrdering::plus);
            }
          }
        }
      }
    }
    return all;
  }

  private static CrossOrdering.Counts counts(Arrived a, Arrived b) {
    int proven =
        a.bounded().latest().compareTo(b.bounded().earliest()) < 0
            ? -1
            : b.bounded().latest().compareTo(a.bounded().earliest()) < 0 ? 1 : 0;
    boolean ntp = a.ntp() != null && b.ntp() != null;
    return new CrossOrdering.Counts(
        1,
        proven < 0 ? 1 : 0,
        proven > 0 ? 1 : 0,
        proven == 0 ? 1 : 0,
        Map.of(
            Clock.SYSTEM,
            contradicted(proven, Long.compare(a.receiveNs(), b.receiveNs())),
            Clock.NTP,
            ntp ? contradicted(proven, a.ntp().best().compareTo(b.ntp().best())) : new Rate(0, 0)));
  }

  private static Rate contradicted(int proven, int told) {
    return new Rate(proven * told < 0 ? 1 : 0, proven == 0 ? 0 : 1);
  }

  Map<String, Coverage> coverage() {
    Map<String, Coverage> all = new TreeMap<>();
    sent.values().forEach(row -> cover(all, Summary.COORDINATOR, row.bounded(), row.trueNs()));
    used.forEach(
        (node, rows) ->
            rows.values().forEach(row -> cover(all, node, row.bounded(), row.trueNs())));
    return all;
  }

  private static void cover(Map<String, Coverage> all, String node, Stamp stamp, Long trueNs) {
    if (stamp == null || trueNs == null) {
      return;
    }
    boolean inside =
        stamp.earliest().compareTo(big(trueNs)) <= 0 && big(trueNs).compareTo(stamp.latest()) <= 0;
    Coverage before = all.getOrDefault(node, new Coverage(0, 0));
    all.put(node, new Coverage(before.n() + 1, before.inside() + (inside ? 1 : 0)));
  }
}
