package org.carillon.control.identity;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.CallOptions;
import io.grpc.ChannelCredentials;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import io.grpc.MethodDescriptor;
import io.grpc.Server;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.TlsChannelCredentials;
import io.grpc.okhttp.OkHttpChannelBuilder;
import io.grpc.okhttp.OkHttpServerBuilder;
import io.grpc.protobuf.ProtoUtils;
import io.grpc.stub.ClientCalls;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.carillon.control.wire.ControlMessage;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Over loopback: a server that knows no method answers UNIMPLEMENTED to whoever may speak to it.
 */
class HandshakeTest {

  private static final RunIdentity IDENTITY = RunIdentity.create();
  private static final RunIdentity OTHER = RunIdentity.create();

  private static final MethodDescriptor<ControlMessage, ControlMessage> METHOD =
      MethodDescriptor.<ControlMessage, ControlMessage>newBuilder()
          .setType(MethodDescriptor.MethodType.UNARY)
          .setFullMethodName("nobody/knows")
          .setRequestMarshaller(ProtoUtils.marshaller(ControlMessage.getDefaultInstance()))
          .setResponseMarshaller(ProtoUtils.marshaller(ControlMessage.getDefaultInstance()))
          .build();

  // gRPC logs every refusal with a stack trace; held here, or the setting would be collected.
  private static final Logger TRANSPORT = Logger.getLogger("io.grpc.okhttp.OkHttpServerTransport");

  private Server server;

  @BeforeAll
  static void quiet() {
    TRANSPORT.setLevel(Level.OFF);
  }

  @AfterAll
  static void loud() {
    TRANSPORT.setLevel(null);
  }

  @BeforeEach
  void startServer() throws IOException {
    server =
        OkHttpServerBuilder.forPort(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                IDENTITY.serverCredentials())
            .build()
            .start();
  }

  @AfterEach
  void stopServer() {
    server.shutdownNow();
  }

  @Test
  void theSameIdentityIsHeard() {
    assertThat(call(IDENTITY.channelCredentials(), RunIdentity.AUTHORITY))
        .isEqualTo(Status.Code.UNIMPLEMENTED);
  }

  @Test
  void anotherIdentityIsRefused() {
    assertThat(call(OTHER.channelCredentials(), RunIdentity.AUTHORITY))
        .isEqualTo(Status.Code.UNAVAILABLE);
  }

  @Test
  void clientThatTrustsTheServerButShowsAnotherCertificateIsRefused() throws IOException {
    assertThat(
            call(
                TlsChannelCredentials.newBuilder()
                    .keyManager(
                        stream(certificate(OTHER)),
                        stream(OTHER.toPem().split("-----BEGIN CERT")[0]))
                    .trustManager(stream(certificate(IDENTITY)))
                    .build(),
                RunIdentity.AUTHORITY))
        .isEqualTo(Status.Code.UNAVAILABLE);
  }

  @Test
  void clientWithoutACertificateIsRefused() throws IOException {
    assertThat(
            call(
                TlsChannelCredentials.newBuilder()
                    .trustManager(stream(certificate(IDENTITY)))
                    .build(),
                RunIdentity.AUTHORITY))
        .isEqualTo(Status.Code.UNAVAILABLE);
  }

  @Test
  void plainTcpIsRefused() {
    assertThat(call(InsecureChannelCredentials.create(), RunIdentity.AUTHORITY))
        .isEqualTo(Status.Code.UNAVAILABLE);
  }

  @Test
  void clientRefusesAServerOfAnotherName() {
    assertThat(call(IDENTITY.channelCredentials(), "localhost")).isEqualTo(Status.Code.UNAVAILABLE);
  }

  private Status.Code call(ChannelCredentials credentials, String authority) {
    ManagedChannel channel =
        OkHttpChannelBuilder.forAddress("127.0.0.1", server.getPort(), credentials)
            .overrideAuthority(authority)
            .build();
    try {
      ClientCalls.blockingUnaryCall(
          channel, METHOD, CallOptions.DEFAULT, ControlMessage.getDefaultInstance());
      return Status.Code.OK;
    } catch (StatusRuntimeException e) {
      return e.getStatus().getCode();
    } finally {
      channel.shutdownNow();
    }
  }

  private static String certificate(RunIdentity identity) {
    return identity.toPem().substring(identity.toPem().indexOf("-----BEGIN CERT"));
  }

  private static ByteArrayInputStream stream(String pem) {
    return new ByteArrayInputStream(pem.getBytes(StandardCharsets.US_ASCII));
  }
}
