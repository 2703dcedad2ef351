package org.carillon.core.record;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * One NTP exchange, a failed one too: then most cells are empty and the verdict says why.
 *
 * @param server HOST:PORT
 * @param t1Ns request sent, local clock, ns since the Unix epoch
 * @param t2Ns request received, server's clock
 * @param t3Ns reply sent, server's clock
 * @param t4Ns reply received, local clock
 * @param offsetNs θ: server minus local time
 * @param delayNs δ: round trip
 * @param stratum of the server, 1–15
 * @param rootDelayNs of the server
 * @param rootDispersionNs of the server
 * @param leap leap indicator, 0–3
 * @param verdict {@code accepted}, or why not
 */
public record SampleRow(
    String server,
    OptionalLong t1Ns,
    OptionalLong t2Ns,
    OptionalLong t3Ns,
    OptionalLong t4Ns,
    OptionalLong offsetNs,
    OptionalLong delayNs,
    OptionalInt stratum,
    OptionalLong rootDelayNs,
    OptionalLong rootDispersionNs,
    OptionalInt leap,
    String verdict) {

  /** The lines of samples_NODE.csv. */
  public static final RowFormat<SampleRow> FORMAT =
      new RowFormat<>(Schemas.SAMPLES, SampleRow::cells);

  public SampleRow {
    Objects.requireNonNull(server);
    Objects.requireNonNull(verdict);
  }

  private List<Object> cells() {
    List<Object> cells = new ArrayList<>(Schemas.SAMPLES.size());
    cells.add(server);
    cells.add(Cells.orEmpty(t1Ns));
    cells.add(Cells.orEmpty(t2Ns));
    cells.add(Cells.orEmpty(t3Ns));
    cells.add(Cells.orEmpty(t4Ns));
    cells.add(Cells.orEmpty(offsetNs));
    cells.add(Cells.orEmpty(delayNs));
    cells.add(Cells.orEmpty(stratum));
    cells.add(Cells.orEmpty(rootDelayNs));
    cells.add(Cells.orEmpty(rootDispersionNs));
    cells.add(Cells.orEmpty(leap));
    cells.add(verdict);
    return cells;
  }
}
