package org.carillon.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.carillon.analysis.condition.Condition;
import org.carillon.analysis.condition.Conditions;
import org.carillon.analysis.condition.Judged;
import org.carillon.analysis.condition.Lookup;
import org.carillon.analysis.condition.Numbers;
import org.carillon.core.CarillonException;
import org.carillon.core.ExitCode;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** When a run is not good enough. */
final class ConditionOptions {

  /** Reads a condition. */
  static final class OfCondition implements ITypeConverter<Condition> {
    @Override
    public Condition convert(String text) {
      try {
        return Condition.parse(text);
      } catch (IllegalArgumentException e) {
        throw new TypeConversionException(e.getMessage());
      }
    }
  }

  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec;

  @Option(
      names = "--fail-if",
      paramLabel = "CONDITION",
      converter = OfCondition.class,
      description =
          "End with exit code 8 if this holds, or cannot be told, of the numbers of"
              + " summary.json, such as 'causality.bounded.violations > 0' or"
              + " 'latency.bounded.n1.p99_ns > 5ms'. May be given several times. See"
              + " docs/compare.md.")
  private List<Condition> conditions = List.of();

  @Option(
      names = "--fail-if-file",
      paramLabel = "FILE",
      description =
          "Conditions as those of --fail-if, one a line; lines that begin with # are none.")
  private List<Path> files = List.of();

  @Option(
      names = "--baseline",
      paramLabel = "RUN",
      description =
          "An analysed run, or its summary.json, whose numbers the word baseline means in a"
              + " condition: 'events.lost > baseline * 1.1'.")
  private Path baseline;

  /** The conditions that were given, once read and found possible. */
  record Given(List<Condition> conditions, Numbers baseline) {

    /** Judges an analysed run. */
    Judged judge(Path summary) {
      return Conditions.judge(conditions, summary, baseline);
    }
  }

  /**
   * Reads all that was given.
   *
   * @param compared whether runs are compared, whose earlier ones are the baseline
   */
  Given read(boolean compared) {
    List<Condition> all = new ArrayList<>(conditions);
    files.forEach(file -> all.addAll(Conditions.in(file)));
    if (compared && baseline != null) {
      throw new ParameterException(
          spec.commandLine(),
          "--baseline has no effect with --compare: the baseline is the median of the earlier"
              + " runs");
    }
    if (!compared && baseline == null) {
      all.stream()
          .filter(Condition::needsBaseline)
          .findFirst()
          .ifPresent(
              condition -> {
                throw new ParameterException(
                    spec.commandLine(), "'" + condition + "' needs --baseline, or --compare");
              });
    }
    return new Given(
        all,
        baseline == null
            ? _ -> new Lookup.Missing("there is no baseline")
            : Conditions.baseline(baseline));
  }

  /**
   * Prints what came of the conditions, a line each, and gives back the exit code.
   *
   * @param quiet whether what passed is left out, so that a cron job says nothing
   * @throws CarillonException USAGE, at last, if a condition names a number that is not there
   */
  static ExitCode print(Judged judged, boolean quiet, PrintWriter to) {
    judged.outcomes().stream()
        .filter(outcome -> !quiet || !outcome.passed())
        .forEach(outcome -> to.println(outcome.line()));
    to.flush();
    if (!judged.complaints().isEmpty()) {
      throw new CarillonException(ExitCode.USAGE, String.join(" ", judged.complaints()));
    }
    return judged.passed() ? ExitCode.SUCCESS : ExitCode.CLOCKS;
  }
}
