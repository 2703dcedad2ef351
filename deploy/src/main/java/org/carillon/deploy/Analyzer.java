package org.carillon.deploy;

import java.nio.file.Path;
import java.util.List;
import org.carillon.core.experiment.Experiment;
import org.carillon.core.run.RunDirectory;

/** Makes statistics, figures and a report of what a run recorded. */
@FunctionalInterface
public interface Analyzer {

  /**
   * What an analysis found.
   *
   * @param report the HTML file
   * @param summary the JSON file with all numbers
   * @param answer what came out, in five sentences at most
   * @param findings the same in more detail, for the manifest
   * @param warnings what the answer must be read with
   */
  record Found(
      Path report,
      Path summary,
      List<String> answer,
      List<String> findings,
      List<String> warnings) {
    public Found {
      answer = List.copyOf(answer);
      findings = List.copyOf(findings);
      warnings = List.copyOf(warnings);
    }
  }

  /**
   * Analyses a run.
   *
   * @throws org.carillon.core.CarillonException NO_DATA if there is nothing in it
   */
  Found analyze(RunDirectory run, Experiment.Analysis settings);
}
