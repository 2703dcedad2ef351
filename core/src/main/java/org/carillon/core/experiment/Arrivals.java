package org.carillon.core.experiment;

/** How events of a given rate follow each other. */
public enum Arrivals {
  /** The same time apart. */
  CONSTANT,
  /** As those of a Poisson process: a random time apart, exponentially distributed. */
  POISSON
}
