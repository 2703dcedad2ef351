package org.carillon.control.agent;

import io.grpc.BindableService;
import io.grpc.ServerServiceDefinition;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.ServerCalls;
import io.grpc.stub.StreamObserver;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.carillon.control.ControlMethod;
import org.carillon.control.wire.ControlGrpc;
import org.carillon.control.wire.ControlMessage;
import org.carillon.control.wire.StatusMessage;
import org.carillon.control.workload.NodeClock;

/** Makes events of what comes on the streams, and keeps the streams that are open. */
final class ControlService implements BindableService {

  private final String nodeId;
  private final NodeClock nodeClock;
  private final Consumer<AgentEvent> events;
  private final AtomicLong numbers = new AtomicLong();
  private final Map<Long, ControlStream> streams = new ConcurrentHashMap<>();

  ControlService(String nodeId, NodeClock nodeClock, Consumer<AgentEvent> events) {
    this.nodeId = nodeId;
    this.nodeClock = nodeClock;
    this.events = events;
  }

  /** The stream of this number, while it is open. */
  Optional<ControlStream> stream(long number) {
    return Optional.ofNullable(streams.get(number));
  }

  /** Ends a stream after what was sent on it. */
  void close(long number) {
    Optional.ofNullable(streams.remove(number)).ifPresent(ControlStream::close);
  }

  /** Ends a stream at once. */
  void drop(long number) {
    Optional.ofNullable(streams.remove(number)).ifPresent(ControlStream::drop);
  }

  /** Ends all streams after what was sent on them. */
  void closeAll() {
    streams.keySet().forEach(this::close);
  }

  @Override
  public ServerServiceDefinition bindService() {
    return ServerServiceDefinition.builder(ControlGrpc.SERVICE_NAME)
        .addMethod(ControlMethod.ofAgent(), ServerCalls.asyncBidiStreamingCall(this::execute))
        .build();
  }

  private StreamObserver<Optional<ControlMessage>> execute(StreamObserver<StatusMessage> statuses) {
    long number = numbers.incrementAndGet();
    ServerCallStreamObserver<StatusMessage> observer =
        (ServerCallStreamObserver<StatusMessage>) statuses;
    ControlStream stream = new ControlStream(observer);
    observer.setOnReadyHandler(() -> events.accept(new AgentEvent.TimePassed()));
    observer.setOnCancelHandler(() -> lost(number));
    // One message at a time: the next is asked for when the last has been dealt with.
    observer.disableAutoRequest();
    observer.request(1);
    streams.put(number, stream);
    events.accept(new AgentEvent.StreamOpened(number));
    return new StreamObserver<>() {
      @Override
      public void onNext(Optional<ControlMessage> message) {
        events.accept(
            message
                .map(it -> Messages.command(it, number, nodeId, nodeClock.now()))
                .orElseGet(() -> new AgentEvent.Unreadable(new AgentEvent.Origin(number, 0, 0))));
      }

      @Override
      public void onError(Throwable fault) {
        lost(number);
      }

      @Override
      public void onCompleted() {
        events.accept(new AgentEvent.StreamLost(number));
      }
    };
  }

  private void lost(long number) {
    streams.remove(number);
    events.accept(new AgentEvent.StreamLost(number));
  }
}
