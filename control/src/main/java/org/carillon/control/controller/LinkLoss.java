package org.carillon.control.controller;

import io.grpc.Status;
import java.net.ConnectException;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;

/**
 * Why a control stream could not be opened, or broke.
 *
 * @param refused whether the host answered that nobody listens
 * @param reason for people, without a full stop
 */
record LinkLoss(boolean refused, String reason) {

  private static final int CAUSES_MAX = 20;

  static LinkLoss of(Throwable fault) {
    List<Throwable> causes =
        Stream.iterate(fault, Objects::nonNull, Throwable::getCause).limit(CAUSES_MAX).toList();
    Throwable root = causes.getLast();
    String text = root.getMessage() == null ? root.toString() : root.getMessage();
    if (root instanceof ConnectException && text.contains("refused")) {
      return new LinkLoss(true, "connection refused");
    }
    if (causes.stream().anyMatch(SSLException.class::isInstance)) {
      return new LinkLoss(
          false, "TLS failed; the worker may have another identity (" + firstLine(text) + ")");
    }
    Status status = Status.fromThrowable(fault);
    boolean explained = root == fault && status.getDescription() != null;
    return new LinkLoss(false, firstLine(explained ? status.getDescription() : text));
  }

  private static String firstLine(String text) {
    return StatusReader.text(text.lines().findFirst().orElse(text));
  }
}
