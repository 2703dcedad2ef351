package org.carillon.analysis;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.function.Consumer;
import org.carillon.analysis.control.ControlFile;
import org.carillon.analysis.control.ControlRecord;
import org.carillon.analysis.control.ControlledRun;
import org.carillon.analysis.diagnosis.Answer;
import org.carillon.analysis.diagnosis.Answers;
import org.carillon.analysis.diagnosis.Diagnosis;
import org.carillon.analysis.diagnosis.Findings;
import org.carillon.analysis.diagnosis.Nodes;
import org.carillon.analysis.diagnosis.Warnings;
import org.carillon.analysis.figure.Figure;
import org.carillon.analysis.figure.Figures;
import org.carillon.analysis.figure.Traces;
import org.carillon.analysis.hindsight.HindsightStage;
import org.carillon.analysis.input.InputFile;
import org.carillon.analysis.input.InputProblem;
import org.carillon.analysis.input.RunFolder;
import org.carillon.analysis.partial.States;
import org.carillon.analysis.statistics.Accounting;
import org.carillon.analysis.statistics.NodeHindsight;
import org.carillon.analysis.statistics.PerNode;
import org.carillon.analysis.statistics.Statistics;
import org.carillon.analysis.statistics.Summary;
import org.carillon.analysis.statistics.Verdicts;
import org.carillon.analysis.store.Database;
import org.carillon.analysis.store.JoinedShares;
import org.carillon.analysis.store.MergedCache;
import org.carillon.analysis.store.RunLoader;
import org.carillon.core.CarillonException;
import org.carillon.core.ExitCode;

/** Analyses a recorded run. */
public final class Analysis {

  private Analysis() {}

  /**
   * Reads a run, and writes statistics/summary.json, figures/, report.html and report.md.
   *
   * @param progress is told each step, in a few words
   * @throws CarillonException NO_DATA if there is nothing to analyse, USAGE if a file or folder is
   *     of no use
   */
  public static AnalysisResult analyze(AnalysisRequest request, Consumer<String> progress) {
    return analyze(request, Effort.USUAL, progress);
  }

  /** As above, with as much of the machine as is allowed. */
  public static AnalysisResult analyze(
      AnalysisRequest request, Effort effort, Consumer<String> progress) {
    ControlFile file = ControlFile.in(request.input());
    if (file.control().isPresent() && file.control().get().workload().equals(ControlRecord.EXEC)) {
      return commands(request, file.control().get(), file.problems(), progress);
    }
    return events(
        request,
        effort,
        file,
        (run, output, database) -> {
          progress.accept("reading " + run.workers().size() + " workers' files");
          effort.reading().total(run.sizeBytes());
          return new RunLoader(run, request.models(), effort.reading()::read)
              .load(
                  database,
                  new MergedCache(output.folder("statistics"), effort.reuse(), version()));
        },
        progress);
  }

  /**
   * Analyses a run whose events and arrivals were read in shares, with the results of {@link
   * #analyze}.
   *
   * @param request of the run, whose smaller files are read here
   * @param states the folders of its shares, or a folder of them
   * @throws CarillonException NO_DATA if a share is missing, USAGE if a state is of no use
   */
  public static AnalysisResult merge(
      AnalysisRequest request, List<Path> states, Effort effort, Consumer<String> progress) {
    return events(
        request,
        effort,
        ControlFile.in(request.input()),
        (run, output, database) -> {
          progress.accept("checking the states of shares");
          List<Path> shares = States.find(states).checked(version(), effort.reading());
          progress.accept("joining " + shares.size() + " shares");
          return new JoinedShares(run, request.models(), shares).load(database);
        },
        progress);
  }

  /** Brings a run into a database. */
  private interface Loading {
    List<InputFile> load(RunFolder run, Output output, Database database);
  }

  /** Of a run in which commands ran and no events were sent. */
  private static AnalysisResult commands(
      AnalysisRequest request,
      ControlRecord record,
      List<InputProblem> problems,
      Consumer<String> progress) {
    ControlledRun control = ControlledRun.of(record, Summary.NOTHING);
    List<String> warnings = warnings(Optional.of(control), problems);
    List<String> strays = RunFolder.recordings(request.input());
    if (!strays.isEmpty()) {
      warnings.add(
          "A command ran here and no events were sent, so these files are of another run and not"
              + " used: "
              + Nodes.list(strays)
              + ".");
    }
    RunReport report =
        new RunReport(
            request,
            Summary.NOTHING,
            List.of(),
            Optional.of(control),
            List.of(),
            control.findings(),
            warnings,
            Figures.start(record).stream().toList());
    return Output.in(request.out()).together(results -> report.write(results, false, progress));
  }

  private static AnalysisResult events(
      AnalysisRequest request,
      Effort effort,
      ControlFile file,
      Loading loading,
      Consumer<String> progress) {
    RunFolder run = RunFolder.open(request.input());
    Output output = Output.in(request.out());
    try (Database database = Database.open(output.spillFolder(), effort.resources())) {
      List<InputFile> files = loading.load(run, output, database);
      effort.parquet().ifPresent(database::export);
      progress.accept("working out hindsight");
      PerNode<NodeHindsight> hindsight = HindsightStage.of(database);
      progress.accept("computing statistics");
      List<Long> windowsNs = request.windows().stream().map(window -> window.toNanos()).toList();
      List<Long> epsilonsNs = request.epsilons().stream().map(Duration::toNanos).toList();
      Summary summary =
          epsilonsNs.isEmpty()
              ? Statistics.of(database, files, windowsNs, request.mixed(), hindsight)
              : Statistics.of(database, files, windowsNs, epsilonsNs, request.mixed(), hindsight);
      requireData(run, summary);
      Optional<ControlledRun> control =
          file.control().map(record -> ControlledRun.of(record, summary));
      Diagnosis diagnosis = Diagnosis.of(database);
      List<String> findings =
          new ArrayList<>(control.map(ControlledRun::findings).orElse(List.of()));
      Set<String> ended = file.control().map(ControlRecord::endedEarly).orElse(Set.of());
      findings.addAll(Findings.of(summary, diagnosis, ended));
      List<String> warnings = warnings(control, file.problems());
      warnings.addAll(Warnings.of(summary, diagnosis, ended));
      List<Figure> figures =
          new ArrayList<>(Figures.of(summary, Traces.of(database), request.title()));
      control.flatMap(known -> Figures.start(known.record())).ifPresent(figures::add);
      List<Answer> answers =
          Answers.of(summary, diagnosis, control.map(ControlledRun::troubles).orElse(List.of()));
      database.keepAnswers();
      RunReport report =
          new RunReport(
              request,
              summary,
              Verdicts.of(summary, clock -> diagnosis.refutes(clock, summary)),
              control,
              answers,
              findings,
              warnings,
              figures);
      return output.together(
          results -> {
            writeHindsight(hindsight, database, results);
            return report.write(results, effort.reuse(), progress);
          });
    }
  }

  private static void writeHindsight(
      PerNode<NodeHindsight> hindsight, Database database, Output results) {
    results.remove("statistics/hindsight_*.csv");
    for (String name : hindsight.known().keySet()) {
      Optional<String> node = Summary.node(name);
      results.writeBy(
          "statistics/hindsight_" + node.orElse(Summary.COORDINATOR) + ".csv",
          csv -> database.writeCsv("hindsight_file", node, csv));
    }
  }

  private static List<String> warnings(
      Optional<ControlledRun> control, List<InputProblem> problems) {
    List<String> warnings = new ArrayList<>(control.map(ControlledRun::warnings).orElse(List.of()));
    problems.forEach(problem -> warnings.add(problem.sentence()));
    return warnings;
  }

  private static void requireData(RunFolder run, Summary summary) {
    List<String> problems =
        summary.input().stream()
            .flatMap(account -> account.file().problems().stream())
            .limit(3)
            .map(problem -> " " + problem.sentence())
            .toList();
    if (summary.sent() == 0) {
      throw new CarillonException(
          ExitCode.NO_DATA,
          "no event was sent: "
              + run.coordinator()
              + " holds no usable row."
              + String.join("", problems));
    }
    if (summary.workers().values().stream().mapToLong(Accounting::received).sum() == 0) {
      throw new CarillonException(
          ExitCode.NO_DATA,
          "no event was received: no worker's file in "
              + run.folder()
              + " holds a usable row of an event that coordinator.csv names."
              + String.join("", problems));
    }
  }

  /** The version of this program. */
  public static String version() {
    Properties properties = new Properties();
    try (InputStream in = Analysis.class.getResourceAsStream("version.properties")) {
      properties.load(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return properties.getProperty("version");
  }
}
