package org.carillon.analysis.statistics;

/** Which of two workers provably had an event first. */
public record Ordering(long pairs, long firstBefore, long secondBefore, long ambiguous) {}
