package org.carillon.core.fault;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.carillon.core.NearestWord;

/**
 * The faults that a process is to make, and the seed of whatever is random in them: the same plan
 * over the same datagrams has the same effect.
 *
 * @param faults in the order in which they were asked for
 * @param seed of everything random
 */
public record FaultPlan(List<Fault> faults, long seed) {

  /** Nothing goes wrong. */
  public static final FaultPlan NONE = new FaultPlan(List.of(), 0);

  private static final String SEED = "seed";

  /** Longer values are cut when quoted, so that garbage cannot flood the terminal. */
  private static final int QUOTED_MAX = 60;

  public FaultPlan {
    faults = List.copyOf(faults);
  }

  /**
   * Reads {@code clock-skew=5ms,loss=1%,seed=7}; docs/faults.md has all faults. Several texts are
   * taken together.
   *
   * @param random where the seed comes from if none is given
   * @throws IllegalArgumentException with a sentence that names the faulty part
   */
  public static FaultPlan parse(Collection<String> texts, RandomGenerator random) {
    List<Fault> faults = new ArrayList<>();
    Set<FaultKind> seen = EnumSet.noneOf(FaultKind.class);
    OptionalLong seed = OptionalLong.empty();
    for (String part : texts.stream().flatMap(FaultPlan::parts).toList()) {
      int equals = part.indexOf('=');
      String name = equals < 0 ? part : part.substring(0, equals).strip();
      String value = equals < 0 ? "" : part.substring(equals + 1).strip();
      if (name.equals(SEED)) {
        if (seed.isPresent()) {
          throw new IllegalArgumentException("the seed of the faults is given twice");
        }
        seed = OptionalLong.of(parseSeed(value));
        continue;
      }
      FaultKind kind = kind(name);
      if (!seen.add(kind) && !kind.repeatable()) {
        throw new IllegalArgumentException(name + " is given twice");
      }
      faults.add(kind.parse(value));
    }
    if (faults.isEmpty()) {
      throw new IllegalArgumentException("no fault is named: write one such as loss=1%");
    }
    return new FaultPlan(faults, seed.orElseGet(() -> random.nextInt(1, Integer.MAX_VALUE)));
  }

  private static Stream<String> parts(String text) {
    return Arrays.stream(text.split(",", -1)).map(String::strip);
  }

  private static FaultKind kind(String name) {
    Optional<FaultKind> known =
        Arrays.stream(FaultKind.values()).filter(kind -> kind.word().equals(name)).findFirst();
    return known.orElseThrow(() -> new IllegalArgumentException(unknown(name)));
  }

  private static String unknown(String name) {
    List<String> words =
        Stream.concat(Arrays.stream(FaultKind.values()).map(FaultKind::word), Stream.of(SEED))
            .toList();
    String quoted = name.length() > QUOTED_MAX ? name.substring(0, QUOTED_MAX) + "…" : name;
    return "'"
        + quoted
        + "' is no fault that can be injected; "
        + NearestWord.of(name, words)
            .map(nearest -> "did you mean '" + nearest + "'?")
            .orElseGet(() -> "there are " + String.join(", ", words));
  }

  private static long parseSeed(String text) {
    try {
      return Long.parseLong(text);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("'" + text + "' is not a seed: write a whole number", e);
    }
  }

  /** Whether nothing goes wrong. */
  public boolean isEmpty() {
    return faults.isEmpty();
  }

  /** The faults of one kind. */
  <F extends Fault> List<F> of(Class<F> kind) {
    return faults.stream().filter(kind::isInstance).map(kind::cast).toList();
  }

  /**
   * What {@link #parse} reads back as the same plan, with the seed; empty if nothing goes wrong.
   */
  public String text() {
    return isEmpty()
        ? ""
        : faults.stream().map(Fault::toString).collect(Collectors.joining(","))
            + ","
            + SEED
            + "="
            + seed;
  }
}
