package org.carillon.analysis.merge;

import java.util.Optional;
import java.util.OptionalLong;

/**
 * A worker's row that could be read but does not count.
 *
 * @param node whose file it is in
 * @param fate {@code duplicate} or {@code foreign}
 * @param named the node that it names, if that is another one: it is foreign then
 */
public record SetAside(
    int file,
    String node,
    long line,
    long eventId,
    OptionalLong sequenceNumber,
    long receiveTimeNs,
    long coordinatorSendTimeNs,
    String fate,
    Optional<String> named) {}
