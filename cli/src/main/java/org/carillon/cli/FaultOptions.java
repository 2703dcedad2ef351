package org.carillon.cli;

import java.util.List;
import java.util.SplittableRandom;
import org.carillon.core.fault.FaultPlan;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** What goes wrong on purpose. */
final class FaultOptions {

  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec;

  @Option(
      names = "--inject",
      paramLabel = "FAULTS",
      description =
          "Make faults, to test and to rehearse with, such as clock-skew=5ms, clock-step=3ms@10s,"
              + " clock-drift=20ppm, loss=1%%, delay=2ms..5ms, duplicate=0.5%%, reorder=1%%,"
              + " die-at-event=500, stall-control=15s@10s, slow-disk=50ms; seed=7 repeats a run."
              + " Separated by commas, or given several times; @TIME counts from this process's"
              + " start. See docs/faults.md.")
  private List<String> texts = List.of();

  /**
   * The faults that are asked for, with the seed that was given or a random one.
   *
   * @throws ParameterException with a sentence if there is anything wrong
   */
  FaultPlan plan() {
    if (texts.isEmpty()) {
      return FaultPlan.NONE;
    }
    try {
      return FaultPlan.parse(texts, new SplittableRandom());
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), "--inject: " + e.getMessage(), e);
    }
  }
}
