package org.carillon.clock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

/** Beside formulas that can be worked out by hand, and linear programs solved by brute force. */
class HindsightTest {

  /** The counter's own epoch: raw times are small, and the offset is the Unix time. */
  private static final long THETA_NS = 1_800_000_000_000_000_000L;

  private static final long SECOND_NS = 1_000_000_000L;

  /** The rate hardly changes: motions are straight lines. */
  private static final Assumptions STEADY =
      new Assumptions(new DriftBound(50), new WanderBound(1e-9));

  private static final Assumptions USUAL = Assumptions.defaults();

  private static Measurement sample(String server, double atS, long offsetNs, long errorNs) {
    return new Measurement(
        server, (long) (atS * SECOND_NS), THETA_NS + offsetNs, errorNs, 0, 0, 1, 0, 0);
  }

  private static Measurement sample(double atS, long offsetNs, long errorNs) {
    return sample("a", atS, offsetNs, errorNs);
  }

  private static Hindsight of(Assumptions assumptions, Measurement... samples) {
    return Hindsight.of(List.of(samples), List.of(), assumptions);
  }

  private static OneWayBound atLeast(double atS, long offsetNs) {
    return OneWayBound.atLeast((long) (atS * SECOND_NS), THETA_NS + offsetNs);
  }

  private static OneWayBound atMost(double atS, long offsetNs) {
    return OneWayBound.atMost((long) (atS * SECOND_NS), THETA_NS + offsetNs);
  }

  private static boolean knows(Hindsight hindsight, double atS) {
    long rawNs = (long) (atS * SECOND_NS);
    return hindsight.between(rawNs, rawNs).isPresent();
  }

  private static long highestNs(Hindsight hindsight, double atS) {
    long rawNs = (long) (atS * SECOND_NS);
    return hindsight.between(rawNs, rawNs).orElseThrow().latestNs() - rawNs - THETA_NS;
  }

  private static long lowestNs(Hindsight hindsight, double atS) {
    long rawNs = (long) (atS * SECOND_NS);
    return hindsight.between(rawNs, rawNs).orElseThrow().earliestNs() - rawNs - THETA_NS;
  }

  @Test
  void withoutSamplesNothingIsKnown() {
    assertThat(knows(Hindsight.of(List.of(), List.of(), USUAL), 0)).isFalse();
  }

  @Test
  void oneSampleBoundsWhatIsBeforeAndAfterItByTheDriftBound() {
    Hindsight one = of(USUAL, sample(100, 7, 100));
    // 100 s at 50 ppm, which are 50.0025 ppm of local time.
    assertThat(highestNs(one, 0)).isEqualTo(107 + 5_000_251);
    assertThat(highestNs(one, 200)).isEqualTo(107 + 5_000_251);
    assertThat(lowestNs(one, 200)).isEqualTo(-93 - 5_000_251);
  }

  @Test
  void anEventLiesWithinTheTimesOfItsUncertainMoment() {
    Hindsight one = of(USUAL, sample(100, 0, 100));
    Hindsight.Interval interval = one.between(100 * SECOND_NS - 30, 100 * SECOND_NS).orElseThrow();
    assertThat(interval.latestNs()).isEqualTo(THETA_NS + 100 * SECOND_NS + 100);
    assertThat(interval.earliestNs())
        .isBetween(THETA_NS + 100 * SECOND_NS - 132, THETA_NS + 100 * SECOND_NS - 130);
    assertThatIllegalArgumentException().isThrownBy(() -> one.between(1, 0));
  }

  @Test
  void aLaterSampleNarrowsAnEarlierMoment() {
    // The wide sample in the middle lies on the lines between two narrow ones.
    Hindsight hindsight =
        of(STEADY, sample(0, 0, 10_000), sample(100, 0, 500_000), sample(200, 0, 10_000));
    assertThat(highestNs(hindsight, 100)).isBetween(10_000L, 10_002L);
    assertThat(highestNs(hindsight, 50)).isBetween(10_000L, 10_002L);
    // To 300 s goes the line from the bottom of the first to the top of the last: slope 100 ns/s.
    assertThat(highestNs(hindsight, 300)).isBetween(20_000L, 20_003L);
    assertThat(lowestNs(hindsight, -100)).isBetween(-20_003L, -20_000L);
  }

  @Test
  void betweenTwoSamplesTheClockCanHaveGoneUpAndBackAsFastAsItsRateCanTurn() {
    // Up at first and down at last, with r′ = −ω all the time: a parabola of height ωT²/2 for
    // T = 100 s to either side, at 20 ns/s².
    Hindsight hindsight = of(USUAL, sample(0, 0, 1_000), sample(200, 0, 1_000));
    assertThat(highestNs(hindsight, 100)).isCloseTo(101_000, Offset.offset(2_500L));
    assertThat(highestNs(hindsight, 100)).isGreaterThanOrEqualTo(101_000);
    assertThat(highestNs(hindsight, 50)).isGreaterThanOrEqualTo(76_000).isLessThan(81_000);
    assertThat(lowestNs(hindsight, 100)).isLessThanOrEqualTo(-101_000).isGreaterThan(-103_500);
  }

  @Test
  void withoutAWanderBoundItCanHaveGoneThereAtTheDriftBound() {
    Hindsight hindsight =
        of(Assumptions.defaults().steered(), sample(0, 0, 1_000), sample(200, 0, 1_000));
    assertThat(highestNs(hindsight, 100)).isEqualTo(1_000 + 5_000_251);
  }

  @Test
  void nothingIsClaimedForTheTimeInWhichAnAssumptionBroke() {
    // The clock steps by 10 ms between 200 and 300 s.
    Hindsight hindsight =
        of(
            USUAL,
            sample(0, 0, 100_000),
            sample(100, 0, 100_000),
            sample(200, 0, 100_000),
            sample(300, 10_000_000, 100_000),
            sample(400, 10_000_000, 100_000));
    assertThat(highestNs(hindsight, 200)).isLessThanOrEqualTo(100_001);
    assertThat(knows(hindsight, 200.1)).isFalse();
    assertThat(knows(hindsight, 299.9)).isFalse();
    assertThat(lowestNs(hindsight, 300)).isGreaterThanOrEqualTo(9_899_999);
    assertThat(knows(hindsight, 1_000)).isTrue();
  }

  @Test
  void aSlowBreakIsLookedForAsFarBackAsItCanHaveBeen() {
    // From 900 s on the rate is 2,000 ns/s, which shows at 1,100 s. It can have begun at 700 s.
    List<Measurement> samples = new ArrayList<>();
    for (int i = 0; i <= 16; i++) {
      samples.add(sample(100 * i, 200_000 * Math.max(0, i - 9), 100_000));
    }
    Hindsight hindsight = Hindsight.of(samples, List.of(), STEADY);
    for (int atS = 0; atS <= 1_600; atS += 10) {
      if (knows(hindsight, atS)) {
        assertThat(lowestNs(hindsight, atS)).isLessThanOrEqualTo(2_000 * Math.max(0, atS - 900));
        assertThat(highestNs(hindsight, atS))
            .isGreaterThanOrEqualTo(2_000 * Math.max(0, atS - 900));
      }
    }
    assertThat(knows(hindsight, 500)).isTrue();
    assertThat(knows(hindsight, 910)).as("right behind the break").isFalse();
    assertThat(knows(hindsight, 1_200)).isTrue();
  }

  @Test
  void aSampleThatNobodyConfirmsIsNotBelieved() {
    Hindsight hindsight =
        of(
            USUAL,
            sample(0, 0, 1_000),
            sample(16, 0, 1_000),
            sample(32, 50_000_000, 1_000),
            sample(48, 0, 1_000),
            sample(64, 0, 1_000));
    assertThat(knows(hindsight, 32)).isFalse();
    assertThat(highestNs(hindsight, 48)).isLessThan(1_100);
    assertThat(knows(of(USUAL, sample(0, 0, 1_000), sample(16, 50_000_000, 1_000)), 8)).isFalse();
  }

  @Test
  void aKnownJumpOfTheCounterIsNotBridged() {
    Measurement[] samples = {
      sample(0, 0, 1_000), sample(16, 0, 1_000), sample(32, 0, 1_000), sample(48, 0, 1_000)
    };
    Hindsight cut = Hindsight.of(List.of(samples), List.of(20 * SECOND_NS), USUAL);
    assertThat(knows(cut, 16)).isTrue();
    assertThat(knows(cut, 24)).isFalse();
    assertThat(knows(cut, 32)).isTrue();
    assertThat(highestNs(cut, 32))
        .as("what was before says nothing")
        .isEqualTo(highestNs(of(USUAL, sample(32, 0, 1_000), sample(48, 0, 1_000)), 32));
  }

  @Test
  void aFalsetickerIsRefused() {
    List<Measurement> samples = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      samples.add(sample("liar", 16 * i, 80_000_000, 1_000));
      samples.add(sample("a", 16 * i + 1, 0, 2_000_000));
      samples.add(sample("b", 16 * i + 2, 1_000_000, 2_000_000));
    }
    Hindsight hindsight = Hindsight.of(samples, List.of(), USUAL);
    assertThat(lowestNs(hindsight, 50)).isGreaterThanOrEqualTo(-1_100_000);
    assertThat(highestNs(hindsight, 50)).isLessThanOrEqualTo(2_100_000);
  }

  @Test
  void ofTwoServersThatDisagreeNeitherIsBelieved() {
    List<Measurement> samples = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      samples.add(sample("a", 16 * i, 0, 1_000_000));
      samples.add(sample("b", 16 * i + 1, 80_000_000, 1_000_000));
    }
    assertThat(knows(Hindsight.of(samples, List.of(), USUAL), 50)).isFalse();
  }

  @Test
  void anEventSentBeforeAndReceivedBehindBoundsFromOneSide() {
    Hindsight servers = of(STEADY, sample(0, 0, 1_000_000), sample(100, 0, 1_000_000));
    Hindsight hindsight = servers.and(List.of(atLeast(50, 900_000), atMost(60, 950_000)));
    assertThat(lowestNs(hindsight, 50)).isBetween(899_998L, 900_000L);
    assertThat(highestNs(hindsight, 60)).isBetween(950_000L, 950_002L);
    // From the top of the second sample down to the bound at 50 s, and on to 0: slope 2,000 ns/s.
    assertThat(lowestNs(hindsight, 0)).isBetween(799_990L, 800_010L);
    assertThat(hindsight.refutedBounds()).isZero();
  }

  @Test
  void anUpperBoundCanRaiseTheLowerEdgeElsewhere() {
    // A line through (50 s, ≥ 900 µs) and (60 s, ≤ 900 µs) falls or is level: so at 0 it is no
    // lower than 900 µs. Bounds of both sides work together, through the rate.
    Hindsight servers = of(STEADY, sample(0, 0, 1_000_000), sample(100, 0, 1_000_000));
    Hindsight hindsight = servers.and(List.of(atLeast(50, 900_000), atMost(60, 900_000)));
    assertThat(lowestNs(servers.and(List.of(atLeast(50, 900_000))), 0)).isLessThan(800_001);
    assertThat(lowestNs(hindsight, 0)).isBetween(899_980L, 900_000L);
  }

  @Test
  void aBoundThatContradictsTheServersIsCountedAndLeftOut() {
    Hindsight servers = of(USUAL, sample(0, 0, 1_000), sample(16, 0, 1_000));
    Hindsight hindsight = servers.and(List.of(atLeast(8, 50_000_000), atLeast(9, -100)));
    assertThat(hindsight.refutedBounds()).isEqualTo(1);
    assertThat(highestNs(hindsight, 8)).isLessThanOrEqualTo(highestNs(servers, 8));
    assertThat(lowestNs(hindsight, 9)).isBetween(-102L, -100L);
  }

  @Test
  void boundsBeforeTheFirstAndAfterTheLastSampleCount() {
    Hindsight hindsight =
        of(STEADY, sample(0, 0, 1_000), sample(100, 0, 1_000))
            .and(List.of(atLeast(-10, 500), atMost(110, 400)));
    assertThat(lowestNs(hindsight, -10)).isBetween(498L, 500L);
    assertThat(highestNs(hindsight, 110)).isBetween(400L, 402L);
  }

  /** A line θ = a + b·t with lo ≤ a + b·t ≤ hi at some times: the extremes at another time. */
  private record Line(double[] timesS, double[] lowNs, double[] highNs, double rateNsPerS) {

    double extreme(double atS, boolean highest) {
      // The extremes of a linear program lie where two of its constraints meet.
      List<double[]> edges = new ArrayList<>(); // a·x + b·y = c, of θ(0) and rate
      for (int i = 0; i < timesS.length; i++) {
        edges.add(new double[] {1, timesS[i], lowNs[i]});
        edges.add(new double[] {1, timesS[i], highNs[i]});
      }
      edges.add(new double[] {0, 1, rateNsPerS});
      edges.add(new double[] {0, 1, -rateNsPerS});
      double best = Double.NaN;
      for (int i = 0; i < edges.size(); i++) {
        for (int j = 0; j < i; j++) {
          double[] e = edges.get(i);
          double[] f = edges.get(j);
          double det = e[0] * f[1] - e[1] * f[0];
          if (det == 0) {
            continue;
          }
          double a = (e[2] * f[1] - e[1] * f[2]) / det;
          double b = (e[0] * f[2] - e[2] * f[0]) / det;
          double value = a + b * atS;
          if (isPossible(a, b) && (Double.isNaN(best) || (highest ? value > best : value < best))) {
            best = value;
          }
        }
      }
      return best;
    }

    private boolean isPossible(double a, double b) {
      boolean possible = Math.abs(b) <= rateNsPerS + 1e-6;
      for (int i = 0; i < timesS.length; i++) {
        double value = a + b * timesS[i];
        possible &= value >= lowNs[i] - 1e-3 && value <= highNs[i] + 1e-3;
      }
      return possible;
    }
  }

  @Property(tries = 150)
  void ofASteadyClockItIsWhatALinearProgramSays(@ForAll Random random) {
    int n = 2 + random.nextInt(12);
    double rate = (random.nextDouble() - 0.5) * 90_000;
    double[] timesS = random.doubles(n, 0, 1_000).map(Math::rint).sorted().distinct().toArray();
    double[] low = new double[timesS.length];
    double[] high = new double[timesS.length];
    List<Measurement> samples = new ArrayList<>();
    List<OneWayBound> bounds = new ArrayList<>();
    for (int i = 0; i < timesS.length; i++) {
      long errorNs = 20_000 + random.nextInt(200_000);
      long offsetNs = Math.round(rate * timesS[i] + (random.nextDouble() * 2 - 1) * errorNs);
      low[i] = offsetNs - errorNs;
      high[i] = offsetNs + errorNs;
      if (i < 2 || random.nextBoolean()) {
        samples.add(sample(timesS[i], offsetNs, errorNs));
      } else if (random.nextBoolean()) {
        bounds.add(atLeast(timesS[i], offsetNs - errorNs));
        high[i] = 1e12;
      } else {
        bounds.add(atMost(timesS[i], offsetNs + errorNs));
        low[i] = -1e12;
      }
    }
    Collections.shuffle(samples, random);
    Collections.shuffle(bounds, random);
    Hindsight hindsight = Hindsight.of(samples, List.of(), STEADY).and(bounds);
    Line line = new Line(timesS, low, high, STEADY.rateNsPerS());
    for (double atS : new double[] {-200, timesS[0], 100, 333, 500, 1_100}) {
      double highest = line.extreme(atS, true);
      double lowest = line.extreme(atS, false);
      // Outward, by the roundings, the slack of each cut and the corners that are left out.
      double wider = 5 + (highest - lowest) * 0.01;
      assertThat((double) highestNs(hindsight, atS))
          .as("at %s s, %s and %s", atS, samples, bounds)
          .isBetween(highest - 0.01, highest + wider);
      assertThat((double) lowestNs(hindsight, atS)).isBetween(lowest - wider, lowest + 0.01);
    }
  }
}
