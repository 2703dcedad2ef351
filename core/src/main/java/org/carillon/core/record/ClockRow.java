package org.carillon.core.record;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.OptionalLong;

/**
 * Something notable about a node's clock.
 *
 * @param localNs when it was noticed, on the node's clock, ns since the Unix epoch
 * @param rawNs the same on its free-running counter, ns since an arbitrary moment
 * @param kind what happened
 * @param sizeNs by how much, where that is known: positive for a step forward
 * @param detail in words
 */
public record ClockRow(long localNs, long rawNs, Kind kind, OptionalLong sizeNs, String detail) {

  /** What can happen to a clock. */
  public enum Kind {
    /** What the clock's bounds hold under, from here on. */
    ASSUMPTIONS("assumptions"),
    /** The node's clock was set, while its counter went on. */
    STEP("step"),
    /** The machine slept, and its counter stood still. */
    SUSPEND("suspend"),
    /** The process did not run, such as in a virtual machine that was paused. */
    PAUSE("pause"),
    /** An assumption broke: a server's answer cannot be brought together with its earlier ones. */
    CONTRADICTION("contradiction"),
    /** An assumption broke: servers cannot all be right. */
    DISAGREEMENT("disagreement"),
    /** A server that was not believed is believed again. */
    AGREEMENT("agreement");

    private final String text;

    Kind(String text) {
      this.text = text;
    }

    /** The word that stands in files. */
    public String text() {
      return text;
    }
  }

  /** The lines of clock_NODE.csv. */
  public static final RowFormat<ClockRow> FORMAT = new RowFormat<>(Schemas.CLOCK, ClockRow::cells);

  public ClockRow {
    Objects.requireNonNull(kind);
    Objects.requireNonNull(sizeNs);
    Objects.requireNonNull(detail);
  }

  private List<Object> cells() {
    List<Object> cells = new ArrayList<>(Schemas.CLOCK.size());
    cells.add(localNs);
    cells.add(rawNs);
    cells.add(kind.text());
    cells.add(Cells.orEmpty(sizeNs));
    cells.add(detail);
    return cells;
  }
}
