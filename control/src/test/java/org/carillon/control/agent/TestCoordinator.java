package org.carillon.control.agent;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.ChannelCredentials;
import io.grpc.ManagedChannel;
import io.grpc.okhttp.OkHttpChannelBuilder;
import io.grpc.stub.StreamObserver;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.carillon.control.GrpcLog;
import org.carillon.control.identity.RunIdentity;
import org.carillon.control.wire.Abort;
import org.carillon.control.wire.Acknowledge;
import org.carillon.control.wire.Config;
import org.carillon.control.wire.ControlGrpc;
import org.carillon.control.wire.ControlMessage;
import org.carillon.control.wire.EndOfStream;
import org.carillon.control.wire.EventStream;
import org.carillon.control.wire.Goodbye;
import org.carillon.control.wire.Ping;
import org.carillon.control.wire.Resume;
import org.carillon.control.wire.Start;
import org.carillon.control.wire.StatusMessage;

/** Says to an agent what a test wants said. */
final class TestCoordinator implements AutoCloseable {

  static final long RUN = 0x1234;
  static final Config.Builder CONFIG =
      Config.newBuilder()
          .setStatusIntervalNs(100_000_000)
          .setGraceDurationNs(60_000_000_000L)
          .setRunDeadlineDurationNs(600_000_000_000L)
          .setEventStream(EventStream.newBuilder());

  final BlockingQueue<StatusMessage> statuses = new LinkedBlockingQueue<>();

  /** Null when the agent ended the stream in good order. */
  final CompletableFuture<Throwable> end = new CompletableFuture<>();

  private final ManagedChannel channel;
  private final StreamObserver<ControlMessage> commands;

  TestCoordinator(int port) {
    this(port, AgentFixture.IDENTITY.channelCredentials());
  }

  TestCoordinator(int port, ChannelCredentials credentials) {
    GrpcLog.capture();
    channel =
        OkHttpChannelBuilder.forAddress("127.0.0.1", port, credentials)
            .overrideAuthority(RunIdentity.AUTHORITY)
            .build();
    commands =
        ControlGrpc.newStub(channel)
            .execute(
                new StreamObserver<>() {
                  @Override
                  public void onNext(StatusMessage status) {
                    statuses.add(status);
                  }

                  @Override
                  public void onError(Throwable fault) {
                    end.complete(fault);
                  }

                  @Override
                  public void onCompleted() {
                    end.complete(null);
                  }
                });
  }

  private TestCoordinator send(long sequence, ControlMessage.Builder message) {
    return send(RUN, sequence, message);
  }

  TestCoordinator send(long runId, long sequence, ControlMessage.Builder message) {
    commands.onNext(message.setRunId(runId).setSequence(sequence).build());
    return this;
  }

  TestCoordinator config(long sequence, Config.Builder config) {
    return send(sequence, ControlMessage.newBuilder().setConfig(config));
  }

  TestCoordinator start(long sequence, long trueTimeNs) {
    return send(
        sequence,
        ControlMessage.newBuilder().setStart(Start.newBuilder().setStartTrueTimeNs(trueTimeNs)));
  }

  TestCoordinator abort(long sequence) {
    return send(
        sequence, ControlMessage.newBuilder().setAbort(Abort.newBuilder().setReason("enough")));
  }

  TestCoordinator goodbye(long sequence) {
    return send(sequence, ControlMessage.newBuilder().setGoodbye(Goodbye.getDefaultInstance()));
  }

  TestCoordinator endOfStream(long sequence, long lastEventId) {
    return send(
        sequence,
        ControlMessage.newBuilder()
            .setEndOfStream(EndOfStream.newBuilder().setLastEventId(lastEventId)));
  }

  TestCoordinator ping(long number) {
    return send(0, ControlMessage.newBuilder().setPing(Ping.newBuilder().setNumber(number)));
  }

  TestCoordinator acknowledge(long statusSequence) {
    return send(
        0,
        ControlMessage.newBuilder()
            .setAcknowledge(Acknowledge.newBuilder().setStatusSequence(statusSequence)));
  }

  TestCoordinator resume(long lastStatusSequence) {
    return send(
        0,
        ControlMessage.newBuilder()
            .setResume(Resume.newBuilder().setLastStatusSequence(lastStatusSequence)));
  }

  /** The next status of this kind; others before it are passed over. */
  StatusMessage await(Predicate<StatusMessage> kind) throws InterruptedException {
    while (true) {
      StatusMessage status = statuses.poll(60, TimeUnit.SECONDS);
      assertThat(status).as("a status within a minute").isNotNull();
      if (kind.test(status)) {
        return status;
      }
    }
  }

  /** As if the process or its link had died. */
  void die() {
    channel.shutdownNow();
  }

  @Override
  public void close() {
    channel.shutdownNow();
  }
}
