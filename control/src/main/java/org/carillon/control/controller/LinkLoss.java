package org.carillon.control.controller;

import io.grpc.Status;
import java.net.ConnectException;
import javax.net.ssl.SSLException;

/**
 * Why a control stream could not be opened, or broke.
 *
 * @param refused whether the host answered that nobody listens
 * @param reason for people, without a full stop
 */
record LinkLoss(boolean refused, String reason) {

  static LinkLoss of(Throwable fault) {
    Throwable root = fault;
    while (root.getCause() != null && root.getCause() != root) {
      root = root.getCause();
    }
    String text = root.getMessage() == null ? root.toString() : root.getMessage();
    return switch (root) {
      case ConnectException _ when text.contains("refused") ->
          new LinkLoss(true, "connection refused");
      case SSLException _ ->
          new LinkLoss(
              false, "TLS failed; the worker may have another identity (" + firstLine(text) + ")");
      default -> {
        Status status = Status.fromThrowable(fault);
        boolean explained = root == fault && status.getDescription() != null;
        yield new LinkLoss(false, firstLine(explained ? status.getDescription() : text));
      }
    };
  }

  private static String firstLine(String text) {
    return StatusReader.text(text.lines().findFirst().orElse(text));
  }
}
