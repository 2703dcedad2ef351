package org.carillon.core.record;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * One NTP exchange, or the attempt at one. What was not measured is empty.
 *
 * @param server as the user named it, with its port
 * @param t1Ns when the request left, local time
 * @param t2Ns when it came, server time
 * @param t3Ns when the answer left, server time
 * @param t4Ns when it came, local time
 * @param offsetNs θ = ((T2 − T1) + (T3 − T4)) / 2, rounded down (RFC 5905 §8)
 * @param delayNs δ = (T4 − T1) − (T3 − T2); it can be slightly negative on a fast network, where
 *     the clocks' resolution and rates show
 * @param stratum of the server, as it said
 * @param rootDelayNs of the server, as it said, rounded up
 * @param rootDispersionNs of the server, as it said, rounded up
 * @param leap the server's leap indicator, 0–3
 * @param verdict {@value #ACCEPTED}, or in a few words why the sample is of no use
 * @param raw the same on the scale that bounds are made on
 * @param mode how the server told T3, if it did
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
    String verdict,
    OnCounter raw,
    Optional<Mode> mode) {

  /** How the server told T3. */
  public enum Mode {
    /** In the answer itself: a moment before that left. */
    BASIC("basic"),
    /** In the answer to the next request: when it really left (RFC 9769). */
    INTERLEAVED("interleaved");

    private final String text;

    Mode(String text) {
      this.text = text;
    }
  }

  /** The verdict on a sample that the bounded clock uses. */
  public static final String ACCEPTED = "accepted";

  /** The lines of samples_NODE.csv. */
  public static final RowFormat<SampleRow> FORMAT =
      new RowFormat<>(Schemas.SAMPLES, SampleRow::cells);

  /**
   * The exchange on the node's free-running counter.
   *
   * @param t1RawNs when the request left at the earliest, ns since an arbitrary moment
   * @param t4RawNs when the answer came at the latest
   * @param errorNs root distance λ: how far off the offset can be
   * @param t1Source who noted T1
   * @param t4Source who noted T4
   */
  public record OnCounter(
      OptionalLong t1RawNs,
      OptionalLong t4RawNs,
      OptionalLong errorNs,
      Optional<TimestampSource> t1Source,
      Optional<TimestampSource> t4Source) {

    /** Of an attempt that did not come so far. */
    public static final OnCounter NOTHING =
        new OnCounter(
            OptionalLong.empty(),
            OptionalLong.empty(),
            OptionalLong.empty(),
            Optional.empty(),
            Optional.empty());

    public OnCounter {
      Objects.requireNonNull(t1Source);
      Objects.requireNonNull(t4Source);
    }
  }

  public SampleRow {
    Objects.requireNonNull(server);
    Objects.requireNonNull(raw);
    Objects.requireNonNull(mode);
    if (verdict.isBlank()) {
      throw new IllegalArgumentException("a sample needs a verdict");
    }
    if (offsetNs.isPresent() != delayNs.isPresent()) {
      throw new IllegalArgumentException("offset and delay are measured together");
    }
    if (offsetNs.isPresent()
        && (t1Ns.isEmpty() || t2Ns.isEmpty() || t3Ns.isEmpty() || t4Ns.isEmpty())) {
      throw new IllegalArgumentException("an offset needs four timestamps");
    }
    if (verdict.equals(ACCEPTED) && offsetNs.isEmpty()) {
      throw new IllegalArgumentException("an accepted sample has an offset");
    }
  }

  /**
   * An attempt that brought no answer.
   *
   * @param t1Ns when the request left, if one did
   */
  public static SampleRow unanswered(String server, OptionalLong t1Ns, String verdict) {
    OptionalLong none = OptionalLong.empty();
    return new SampleRow(
        server,
        t1Ns,
        none,
        none,
        none,
        none,
        none,
        OptionalInt.empty(),
        none,
        none,
        OptionalInt.empty(),
        verdict,
        OnCounter.NOTHING,
        Optional.empty());
  }

  /** The same in another mode. */
  public SampleRow with(Mode other) {
    return new SampleRow(
        server,
        t1Ns,
        t2Ns,
        t3Ns,
        t4Ns,
        offsetNs,
        delayNs,
        stratum,
        rootDelayNs,
        rootDispersionNs,
        leap,
        verdict,
        raw,
        Optional.of(other));
  }

  /** Whether the bounded clock uses it. */
  public boolean accepted() {
    return verdict.equals(ACCEPTED);
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
    cells.add(Cells.orEmpty(raw.t1RawNs));
    cells.add(Cells.orEmpty(raw.t4RawNs));
    cells.add(Cells.orEmpty(raw.errorNs));
    cells.add(raw.t1Source.map(TimestampSource::text).orElse(null));
    cells.add(raw.t4Source.map(TimestampSource::text).orElse(null));
    cells.add(mode.map(known -> known.text).orElse(null));
    return cells;
  }
}
