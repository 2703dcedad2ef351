package org.carillon.analysis.report;

import java.util.List;
import org.carillon.analysis.diagnosis.Quantity;
import org.carillon.analysis.statistics.InputAccount;
import org.carillon.analysis.statistics.Summary;

/** From which bytes a report was made, and by what. */
final class Provenance {

  private Provenance() {}

  /** Of a run of commands. */
  static List<Block> ofCommands(String version) {
    return List.of(new Block.Paragraph("Computed by Carillon " + version + " from control.json."));
  }

  /** Of a run of events. */
  static List<Block> ofEvents(Summary summary, String version) {
    return List.of(
        new Block.Paragraph(
            "Computed by Carillon "
                + version
                + " from these files; every line of each is accounted for: lines = used + duplicates"
                + " + foreign + torn + refused."),
        Table.of(
            "input",
            "Input files",
            List.of(
                "file",
                "lines",
                "used",
                "duplicates",
                "foreign",
                "torn",
                "refused",
                "columns not used",
                "SHA-256"),
            summary.input().stream().map(Provenance::row).toList()));
  }

  private static List<String> row(InputAccount account) {
    return List.of(
        account.file().name(),
        Quantity.count(account.file().lines()),
        Quantity.count(account.used()),
        Quantity.count(account.duplicates()),
        Quantity.count(account.foreign()),
        Quantity.count(account.file().torn()),
        Quantity.count(account.file().refused()),
        String.join(", ", account.file().unusedColumns()),
        account.file().sha256());
  }
}
