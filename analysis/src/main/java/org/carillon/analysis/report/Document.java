package org.carillon.analysis.report;

import java.util.List;
import java.util.Optional;

/**
 * A report, whatever it is written as.
 *
 * @param kind what sort of report it is
 * @param title of what
 * @param mark what must be seen at first sight, if anything
 * @param blocks from top to bottom
 */
public record Document(String kind, String title, Optional<String> mark, List<Block> blocks) {
  public Document {
    blocks = List.copyOf(blocks);
  }

  /** Its tables, from top to bottom. */
  public List<Table> tables() {
    return blocks.stream().filter(Table.class::isInstance).map(Table.class::cast).toList();
  }
}
