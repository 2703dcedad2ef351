package org.carillon.deploy;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** The stages of an experiment, in their order. */
public enum Stage {
  PREFLIGHT,
  STAGE,
  START,
  WARM_UP,
  RUN,
  COLLECT,
  ANALYZE;

  private static final Set<Stage> TOGETHER = EnumSet.of(START, WARM_UP, RUN, COLLECT);

  /** How the command line and the log write it. */
  public String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /**
   * Reads stages separated by commas.
   *
   * @throws IllegalArgumentException if one is unknown, or if they cannot be carried out without
   *     another: what is started must also be waited for, run and collected
   */
  public static Set<Stage> parse(String text) {
    Set<Stage> stages = EnumSet.noneOf(Stage.class);
    for (String word : text.split(",", -1)) {
      stages.add(
          Arrays.stream(values())
              .filter(stage -> stage.word().equals(word.strip()))
              .findFirst()
              .orElseThrow(
                  () ->
                      new IllegalArgumentException(
                          "'"
                              + word.strip()
                              + "' is not a stage: use "
                              + words(Set.of(values())))));
    }
    boolean any = stages.stream().anyMatch(TOGETHER::contains);
    if (any && !stages.containsAll(TOGETHER)) {
      throw new IllegalArgumentException(
          words(TOGETHER) + " go together: what is started must be run and collected");
    }
    if (stages.contains(ANALYZE) && !any) {
      throw new IllegalArgumentException(
          "analyze needs a run; for a run that is over, call: analyze RUN_DIR");
    }
    return stages;
  }

  /** The stages' words in their order, with commas. */
  static String words(Set<Stage> stages) {
    return Arrays.stream(values())
        .filter(stages::contains)
        .map(Stage::word)
        .collect(Collectors.joining(","));
  }
}
