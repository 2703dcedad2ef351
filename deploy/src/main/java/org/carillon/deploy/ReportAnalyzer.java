package org.carillon.deploy;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.carillon.analysis.Analysis;
import org.carillon.analysis.AnalysisRequest;
import org.carillon.analysis.AnalysisResult;
import org.carillon.analysis.FigureFormat;
import org.carillon.core.experiment.Experiment;
import org.carillon.core.experiment.Figure;
import org.carillon.core.run.RunDirectory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Has a run analysed as {@code analyze RUN_DIR} does, with the settings of the experiment. */
public final class ReportAnalyzer implements Analyzer {

  private static final Logger LOG = LoggerFactory.getLogger(ReportAnalyzer.class);

  @Override
  public Found analyze(RunDirectory run, Experiment.Analysis settings) {
    Set<FigureFormat> formats = EnumSet.noneOf(FigureFormat.class);
    for (Figure figure : settings.formats()) {
      formats.add(
          switch (figure) {
            case PNG -> FigureFormat.PNG;
            case SVG -> FigureFormat.SVG;
            case PDF -> FigureFormat.PDF;
          });
    }
    AnalysisRequest request =
        new AnalysisRequest(
            run.path(), run.path(), settings.windows(), formats, settings.mixed(), List.of());
    AnalysisResult result = Analysis.analyze(request, step -> LOG.debug("{}", step));
    return new Found(
        result.report(), result.summary(), result.answer(), result.findings(), result.warnings());
  }
}
