package org.carillon.control.agent;

import io.grpc.Status;
import io.grpc.stub.ServerCallStreamObserver;
import org.carillon.control.wire.StatusMessage;

/** The way back to a coordinator. For one thread. */
final class ControlStream {

  private final ServerCallStreamObserver<StatusMessage> observer;

  ControlStream(ServerCallStreamObserver<StatusMessage> observer) {
    this.observer = observer;
  }

  /** Whether a message would go out soon, and not wait in this process. */
  boolean isReady() {
    return observer.isReady() && !observer.isCancelled();
  }

  /** The last message has been dealt with. */
  void next() {
    observer.request(1);
  }

  void send(StatusMessage message) {
    observer.onNext(message);
  }

  /** In good order: what was sent arrives before. */
  void close() {
    if (!observer.isCancelled()) {
      observer.onCompleted();
    }
  }

  /** At once, since nobody seems to be there any more. */
  void drop() {
    if (!observer.isCancelled()) {
      observer.onError(
          Status.UNAVAILABLE
              .withDescription("the worker has given this stream up")
              .asRuntimeException());
    }
  }
}
