package org.carillon.cli.deploy;

import java.io.PrintWriter;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.function.ToIntFunction;
import java.util.stream.Collectors;
import org.carillon.cli.Interrupts;
import org.carillon.core.CarillonException;
import org.carillon.core.ExitCode;
import org.carillon.core.run.RunFiles;
import org.carillon.core.time.SystemClock;
import org.carillon.deploy.Cancellation;
import org.carillon.deploy.Distribution;
import org.carillon.deploy.validate.Changed;
import org.carillon.deploy.validate.CheckName;
import org.carillon.deploy.validate.Means;
import org.carillon.deploy.validate.Memory;
import org.carillon.deploy.validate.Patrol;
import org.carillon.deploy.validate.Question;
import org.carillon.deploy.validate.ReportFolder;
import org.carillon.deploy.validate.Since;
import org.carillon.deploy.validate.Target;
import org.carillon.deploy.validate.Validation;
import org.carillon.deploy.validate.ValidationReport;

/** What validate does with the files of this machine: what it remembers, and what it reports. */
final class ValidateWork {

  private final Target target;
  private final Optional<Set<CheckName>> chosen;
  private final Since since;
  private final List<String> arguments;
  private final SystemClock clock = new SystemClock();
  private final Cancellation cancellation = new Cancellation();
  private final boolean isOurs;
  private final Memory memory;
  private final Means means;

  /**
   * @param chosen checks; all that apply if empty
   * @param arguments of the executable, its name first
   */
  ValidateWork(
      Target target, Optional<Set<CheckName>> chosen, Since since, List<String> arguments) {
    this.target = target;
    this.chosen = chosen;
    this.since = since;
    this.arguments = arguments;
    this.isOurs = Memory.isOurs(target.memory());
    this.memory = isOurs ? Memory.read(target.memory()) : Memory.empty();
    this.means = new Means(clock, Optional.of(Distribution.ofThisProgram()), memory, cancellation);
    refuseWhatDoesNotApply();
  }

  private void refuseWhatDoesNotApply() {
    Set<CheckName> applicable = Validation.applicable(target.subject(), means);
    Set<CheckName> others = EnumSet.copyOf(chosen.orElse(applicable));
    others.removeAll(applicable);
    if (!others.isEmpty()) {
      throw new CarillonException(
          ExitCode.USAGE,
          "the file has nothing for --check %s; there are: %s."
              .formatted(words(others), words(applicable)));
    }
  }

  private static String words(Set<CheckName> names) {
    return names.stream().map(CheckName::text).collect(Collectors.joining(", "));
  }

  /** What the last validation found. */
  ValidationReport last() {
    return Memory.read(target.memory())
        .last()
        .orElseThrow(
            () ->
                new CarillonException(
                    ExitCode.NO_DATA,
                    "there is no report of an earlier validation in "
                        + target.memory()
                        + "; run validate without --report-only first."));
  }

  /** Validates, remembers and reports. */
  ValidationReport once(boolean keepsReport) {
    requireMemory();
    Interrupts.onFirst("stopping", cancellation::request, () -> "ended at once");
    try (ReportFolderOrNone folder = folder(keepsReport)) {
      ValidationReport report =
          folder.orSay(() -> validate(chosen.orElseGet(() -> EnumSet.allOf(CheckName.class))));
      remember(report);
      folder.end(report);
      return report;
    }
  }

  /**
   * Validates again and again until it is stopped.
   *
   * @param print prints a report and returns the exit code
   * @return the exit code of the last round
   */
  int goOn(
      Patrol.Settings settings,
      boolean keepsReport,
      ToIntFunction<ValidationReport> print,
      boolean json,
      PrintWriter out) {
    requireMemory();
    Interrupts.onFirst("ending", cancellation::request, () -> "ended at once");
    Set<CheckName> checks =
        chosen.orElseGet(() -> EnumSet.complementOf(EnumSet.of(CheckName.EXPERIMENT)));
    try (ReportFolderOrNone folder = folder(keepsReport)) {
      Optional<ValidationReport> last =
          new Patrol(settings, () -> folder.orSay(() -> validate(checks)), clock, cancellation)
              .run(
                  new Patrol.Listener() {
                    @Override
                    public void first(ValidationReport report) {
                      if (json) {
                        Changed.atFirst(report).forEach(one -> out.println(one.json(report.at())));
                        out.flush();
                      } else {
                        print.applyAsInt(report);
                      }
                    }

                    @Override
                    public void changed(Instant at, Changed change) {
                      out.println(json ? change.json(at) : change.line(at));
                      out.flush();
                      folder.note(change.line(at));
                    }

                    @Override
                    public void round(ValidationReport report) {
                      remember(report);
                    }
                  });
      last.ifPresent(folder::end);
      return last.map(report -> report.exitCode().code()).orElse(ExitCode.ABORTED.code());
    }
  }

  /** Somebody else's validations must not keep anybody from looking. */
  private void requireMemory() {
    if (isOurs) {
      RunFiles.requirePublishable(target.memory());
    } else {
      System.err.println(
          target.reports()
              + " belongs to another account: nothing is remembered for trends, and no report is"
              + " written.");
    }
  }

  private void remember(ValidationReport report) {
    if (isOurs) {
      memory.write(target.memory(), report);
    }
  }

  private ValidationReport validate(Set<CheckName> checks) {
    Instant now = Instant.EPOCH.plus(clock.realtimeNs(), ChronoUnit.NANOS);
    Question question = Question.of(checks, Optional.of(since.from(now)));
    return Validation.run(target.hosts(), target.subject(), question, means);
  }

  private ReportFolderOrNone folder(boolean keepsReport) {
    return new ReportFolderOrNone(
        keepsReport && isOurs
            ? Optional.of(
                ReportFolder.begin(target.reports(), target.subject().name(), arguments, clock))
            : Optional.empty());
  }

  /** The folder of a report, if there is to be one. */
  private record ReportFolderOrNone(Optional<ReportFolder> folder) implements AutoCloseable {
    void note(String sentence) {
      folder.ifPresent(it -> it.note(sentence));
    }

    void end(ValidationReport report) {
      folder.ifPresent(it -> it.end(report));
    }

    /** What breaks a validation off stands in its report; a later end replaces that. */
    ValidationReport orSay(Supplier<ValidationReport> validation) {
      try {
        return validation.get();
      } catch (CarillonException e) {
        folder.ifPresent(it -> it.breakOff(e));
        throw e;
      }
    }

    @Override
    public void close() {
      folder.ifPresent(ReportFolder::close);
    }
  }
}
