package org.carillon.analysis.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.carillon.analysis.control.ControlFindings;
import org.carillon.analysis.control.ControlledRun;
import org.carillon.analysis.diagnosis.Answer;
import org.carillon.analysis.diagnosis.Quantity;
import org.carillon.analysis.statistics.Summary;
import org.carillon.analysis.statistics.Verdict;

/** Puts together the report of an analysis. */
public final class Report {

  private final Summary summary;
  private final Optional<ControlledRun> control;
  private final List<Block> blocks = new ArrayList<>();

  private Report(Summary summary, Optional<ControlledRun> control) {
    this.summary = summary;
    this.control = control;
  }

  /**
   * The whole report.
   *
   * @param title the run's name
   * @param summary of its events, which may be none
   * @param control what its coordinator told, if it had a control stream
   * @param answers first of all; none of a run of commands
   * @param verdicts of the clocks
   * @param version of this program
   */
  public static Document of(
      String title,
      Summary summary,
      Optional<ControlledRun> control,
      List<Answer> answers,
      List<Verdict> verdicts,
      List<String> findings,
      List<String> warnings,
      List<Block.Figure> figures,
      String version) {
    Report report = new Report(summary, control);
    if (!answers.isEmpty()) {
      report.section("The answer", List.of(new Block.Answers(answers)));
    }
    report.notices(warnings);
    report.findings(findings, answers.isEmpty() ? "What came out" : "What came out, in detail");
    if (!figures.isEmpty()) {
      report.section("Figures", figures);
    }
    report.numbers(verdicts);
    report.back(version);
    return new Document(
        "Clock report",
        title,
        control
            .flatMap(run -> ControlFindings.faults(run.record()))
            .map(_ -> "Faults were injected"),
        report.blocks);
  }

  private void section(String heading, List<? extends Block> content) {
    blocks.add(new Block.Heading(heading));
    blocks.addAll(content);
  }

  private List<String> errors() {
    return control.map(run -> run.reconciliation().errors()).orElse(List.of());
  }

  private void notices(List<String> warnings) {
    List<String> errors = errors();
    if (!errors.isEmpty()) {
      blocks.add(
          new Block.Notice(
              true,
              "The run's records contradict each other: " + Quantity.count(errors.size(), "error"),
              errors));
    }
    if (!warnings.isEmpty()) {
      blocks.add(new Block.Notice(false, Quantity.count(warnings.size(), "warning"), warnings));
    }
  }

  /** Those that follow the errors, which stand above. */
  private void findings(List<String> findings, String heading) {
    section(
        heading, List.of(new Block.Bullets(findings.subList(errors().size(), findings.size()))));
  }

  private void numbers(List<Verdict> verdicts) {
    List<Block> tables = new ArrayList<>(VerdictTable.of(verdicts));
    if (summary.sent() > 0) {
      tables.addAll(Tables.of(summary));
    }
    control.ifPresent(run -> tables.addAll(ControlTables.of(run.record())));
    section("Numbers", tables);
  }

  private void back(String version) {
    boolean commands = control.map(run -> run.record().isOfCommands()).orElse(false);
    section(
        "Definitions",
        List.of(new Block.Terms(commands ? Definitions.ofCommands() : Definitions.ofEvents())));
    section(
        "Provenance",
        commands ? Provenance.ofCommands(version) : Provenance.ofEvents(summary, version));
  }
}
