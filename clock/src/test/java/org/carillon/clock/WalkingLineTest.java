package org.carillon.clock;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.Size;
import org.assertj.core.data.Offset;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;

class WalkingLineTest {

  private static final double FINE_NS = 1_000;
  private static final double RATE_MAX_NS_PER_S = 50_000;
  private static final double POLL_S = 16;

  /** The second method: the textbook's normal equations of a weighted regression. */
  private static double[] regression(double[] offsetsNs) {
    double sumW = 0;
    double sumT = 0;
    double sumY = 0;
    double sumTt = 1 / (RATE_MAX_NS_PER_S * RATE_MAX_NS_PER_S);
    double sumTy = 0;
    for (int i = 0; i < offsetsNs.length; i++) {
      double timeS = (i - (offsetsNs.length - 1)) * POLL_S;
      double weight = 1 / (FINE_NS * FINE_NS + excessNs(i) * excessNs(i));
      sumW += weight;
      sumT += weight * timeS;
      sumY += weight * offsetsNs[i];
      sumTt += weight * timeS * timeS;
      sumTy += weight * timeS * offsetsNs[i];
    }
    double determinant = sumW * sumTt - sumT * sumT;
    return new double[] {
      (sumTt * sumY - sumT * sumTy) / determinant, (sumW * sumTy - sumT * sumY) / determinant
    };
  }

  private static double excessNs(int sample) {
    return sample % 3 * 700;
  }

  @Property(tries = 200)
  void withoutAWalkItIsAWeightedRegression(
      @ForAll @Size(min = 1, max = 40)
          List<@DoubleRange(min = -1e6, max = 1e6) Double> aboveFirstNs) {
    double[] offsetsNs = aboveFirstNs.stream().mapToDouble(Double::doubleValue).toArray();
    offsetsNs[0] = 0;
    WalkingLine line = WalkingLine.of(0, FINE_NS, excessNs(0), RATE_MAX_NS_PER_S);
    for (int i = 1; i < offsetsNs.length; i++) {
      line = line.with(POLL_S, offsetsNs[i], excessNs(i));
    }
    double[] expected = regression(offsetsNs);
    assertThat(line.offsetNs()).isCloseTo(expected[0], Offset.offset(0.01));
    assertThat(line.rateNsPerS()).isCloseTo(expected[1], Offset.offset(0.001));
  }

  @Test
  void inTheLongRunItsVarianceIsThatOfTheRiccatiEquation() {
    // For samples that are close together, with variance density R = fine²·poll and a walk q, the
    // steady state of the offset is √2·R^¾·q^¼ (continuous double integrator with noisy position).
    double walk = 10;
    double pollS = 0.25;
    WalkingLine line = WalkingLine.of(walk, FINE_NS, 0, RATE_MAX_NS_PER_S);
    for (int i = 0; i < 4_000; i++) {
      line = line.with(pollS, 0, 0);
    }
    double density = FINE_NS * FINE_NS * pollS;
    double expected = Math.sqrt(2) * Math.pow(density, 0.75) * Math.pow(walk * walk, 0.25);
    assertThat(line.offset2()).isCloseTo(expected, Percentage.withPercentage(5));
  }

  @Test
  void theLineThatForetoldTheSamplesIsTheLikelierOne() {
    WalkingLine steady = WalkingLine.of(1, FINE_NS, 0, RATE_MAX_NS_PER_S);
    WalkingLine restless = WalkingLine.of(1_000, FINE_NS, 0, RATE_MAX_NS_PER_S);
    for (int i = 1; i < 30; i++) {
      steady = steady.with(POLL_S, i % 2 * 1_000, 0);
      restless = restless.with(POLL_S, i % 2 * 1_000, 0);
    }
    assertThat(steady.logLikelihood()).isGreaterThan(restless.logLikelihood());
    for (int i = 30; i < 60; i++) {
      double bent = 3_000.0 * (i - 29) * (i - 29);
      steady = steady.with(POLL_S, bent, 0);
      restless = restless.with(POLL_S, bent, 0);
    }
    assertThat(restless.logLikelihood()).isGreaterThan(steady.logLikelihood());
  }
}
