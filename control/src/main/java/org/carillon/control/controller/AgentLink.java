package org.carillon.control.controller;

import io.grpc.CallOptions;
import io.grpc.ChannelCredentials;
import io.grpc.ManagedChannel;
import io.grpc.okhttp.OkHttpChannelBuilder;
import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.ClientResponseObserver;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.carillon.control.ControlMethod;
import org.carillon.control.GrpcLog;
import org.carillon.control.identity.RunIdentity;
import org.carillon.control.wire.ControlMessage;
import org.carillon.control.wire.StatusMessage;
import org.carillon.core.net.HostPort;

/**
 * The streams to one agent, one after another, each with a connection of its own: a try starts with
 * nothing left over from the one before, neither a half-open socket nor a pause that gRPC keeps.
 * Methods are for the controller's thread; what comes in is handed to its queue.
 */
final class AgentLink implements AgentPort {

  // gRPC allows no keepalive more often than every 10 s.
  private static final long KEEPALIVE_S = 10;
  private static final long KEEPALIVE_DEADLINE_S = 5;

  private final HostPort address;
  private final ChannelCredentials credentials;
  private final Executor transports;
  private final Executor owner;
  private final Consumer<Optional<StatusMessage>> heard;
  private final Consumer<LinkLoss> lost;
  private ManagedChannel channel;
  private Stream stream;

  /**
   * @param transports runs what waits for sockets
   * @param heard gets what came, empty if that is no message
   * @param owner runs the two consumers in the controller's thread
   */
  AgentLink(
      HostPort address,
      ChannelCredentials credentials,
      Executor transports,
      Executor owner,
      Consumer<Optional<StatusMessage>> heard,
      Consumer<LinkLoss> lost) {
    this.address = address;
    this.credentials = credentials;
    this.transports = transports;
    this.owner = owner;
    this.heard = heard;
    this.lost = lost;
  }

  @Override
  public void open(List<ControlMessage> first) {
    drop();
    GrpcLog.capture();
    channel =
        OkHttpChannelBuilder.forAddress(address.host(), address.port(), credentials)
            .overrideAuthority(RunIdentity.AUTHORITY)
            .transportExecutor(transports)
            .executor(transports)
            .proxyDetector(target -> null)
            .disableServiceConfigLookUp()
            .disableRetry()
            .keepAliveTime(KEEPALIVE_S, TimeUnit.SECONDS)
            .keepAliveTimeout(KEEPALIVE_DEADLINE_S, TimeUnit.SECONDS)
            .build();
    stream = new Stream();
    ClientCalls.asyncBidiStreamingCall(
        channel.newCall(ControlMethod.ofController(), CallOptions.DEFAULT), stream);
    first.forEach(this::send);
  }

  @Override
  public void send(ControlMessage message) {
    if (stream != null) {
      stream.requests.onNext(message);
    }
  }

  @Override
  public void close() {
    if (stream != null) {
      stream.requests.onCompleted();
      stream = null;
      channel.shutdown();
    }
  }

  /** Gives what was sent a little time to leave, then ends the connection. */
  void drain(long timeoutNs) throws InterruptedException {
    close();
    if (channel != null) {
      channel.awaitTermination(timeoutNs, TimeUnit.NANOSECONDS);
      channel.shutdownNow();
    }
  }

  private void drop() {
    stream = null;
    if (channel != null) {
      channel.shutdownNow();
    }
  }

  private final class Stream
      implements ClientResponseObserver<ControlMessage, Optional<StatusMessage>> {
    private ClientCallStreamObserver<ControlMessage> requests;

    @Override
    public void beforeStart(ClientCallStreamObserver<ControlMessage> requestStream) {
      requests = requestStream;
    }

    @Override
    public void onNext(Optional<StatusMessage> message) {
      inTurn(() -> heard.accept(message));
    }

    @Override
    public void onError(Throwable fault) {
      ended(LinkLoss.of(fault));
    }

    @Override
    public void onCompleted() {
      ended(new LinkLoss(false, "the worker closed it"));
    }

    private void ended(LinkLoss loss) {
      inTurn(
          () -> {
            drop();
            lost.accept(loss);
          });
    }

    /** Only while this is the open stream: what comes late from an older one is of no interest. */
    private void inTurn(Runnable task) {
      owner.execute(
          () -> {
            if (stream == this) {
              task.run();
            }
          });
    }
  }
}
