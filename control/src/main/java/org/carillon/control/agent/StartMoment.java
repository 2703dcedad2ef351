package org.carillon.control.agent;

import java.util.OptionalLong;
import org.carillon.core.time.Reading;

/**
 * The first moment of a workload.
 *
 * @param reading of the node's bounded clock
 * @param knownTrueTimeNs that moment in true time, where a simulated clock knows it
 */
record StartMoment(Reading reading, OptionalLong knownTrueTimeNs) {}
