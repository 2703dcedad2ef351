package org.carillon.analysis.compare;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import org.carillon.analysis.Analysis;
import org.carillon.analysis.condition.SummaryFile;
import org.carillon.analysis.condition.SummaryNumbers;
import org.carillon.core.CarillonException;
import org.carillon.core.ExitCode;

/** Reads the summaries of runs, and has those made that are missing or old. */
final class RunReader {

  private final Analyst analyst;
  private final Path analyses;

  /**
   * @param analyst makes summaries
   * @param analyses where they go, a folder of its own for each run
   */
  RunReader(Analyst analyst, Path analyses) {
    this.analyst = analyst;
    this.analyses = analyses;
  }

  /**
   * Reads a run.
   *
   * @param run its folder, or a summary.json
   * @param name that no other run has
   * @throws CarillonException if it cannot be read or analysed
   */
  ComparedRun read(Path run, String name) {
    if (!Files.isDirectory(run)) {
      return run(
          name, run.toAbsolutePath().getParent(), SummaryFile.read(run), MissingNode.getInstance());
    }
    JsonNode manifest =
        Files.exists(run.resolve("manifest.json"))
            ? SummaryFile.json(run.resolve("manifest.json")).orElse(MissingNode.getInstance())
            : MissingNode.getInstance();
    Path kept = run.resolve(SummaryFile.NAME);
    if (!RunFolders.hasRecording(run)) {
      if (!Files.exists(kept)) {
        throw new CarillonException(
            ExitCode.NO_DATA, run + " has neither coordinator.csv nor " + SummaryFile.NAME + ".");
      }
      return run(name, run, SummaryFile.read(kept), manifest);
    }
    Path own = analyses.resolve(name);
    JsonNode summary =
        usable(kept, run)
            .or(() -> usable(own.resolve(SummaryFile.NAME), run))
            .orElseGet(() -> SummaryFile.read(analyst.analyze(run, own)));
    return run(name, run, summary, manifest);
  }

  private static Optional<JsonNode> usable(Path summary, Path run) {
    return Files.exists(summary)
        ? SummaryFile.json(summary)
            .filter(it -> SummaryFile.whyUnusable(it).isEmpty())
            .filter(it -> SummaryFit.whyOld(it, run, Analysis.version()).isEmpty())
        : Optional.empty();
  }

  private static ComparedRun run(String name, Path folder, JsonNode summary, JsonNode manifest) {
    OptionalLong start = RunStart.of(folder, manifest);
    String experiment = manifest.path("experiment").asText("");
    JsonNode control = summary.path("control");
    boolean faults = !control.path("injected_faults").asText("").isEmpty();
    for (JsonNode worker : control.path("workers")) {
      faults |= !worker.path("injected_faults").asText("").isEmpty();
    }
    return new ComparedRun(
        name,
        folder,
        start,
        experiment.isEmpty() ? Optional.empty() : Optional.of(experiment),
        summary.path("version").asText("unknown"),
        summary.path("events").path("workers").size(),
        clocks(summary),
        faults,
        SummaryNumbers.of(summary));
  }

  private static Set<String> clocks(JsonNode summary) {
    Set<String> clocks = new TreeSet<>();
    for (Map.Entry<String, JsonNode> clock : summary.path("causality").properties()) {
      if (clock.getValue().path("comparable").asBoolean(true)) {
        clocks.add(clock.getKey());
      }
    }
    return clocks;
  }
}
