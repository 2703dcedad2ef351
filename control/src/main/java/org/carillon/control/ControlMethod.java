package org.carillon.control;

import io.grpc.MethodDescriptor;
import io.grpc.MethodDescriptor.Marshaller;
import io.grpc.StatusRuntimeException;
import java.io.InputStream;
import java.util.Optional;
import org.carillon.control.wire.ControlGrpc;
import org.carillon.control.wire.ControlMessage;
import org.carillon.control.wire.StatusMessage;

/**
 * The method of the control stream, in which a message that cannot be read arrives as an empty one.
 * As gRPC has it, such a message breaks the stream: each side would take a peer that talks nonsense
 * for a link that is cut.
 */
public final class ControlMethod {

  private ControlMethod() {}

  /** For who hears commands. */
  public static MethodDescriptor<Optional<ControlMessage>, StatusMessage> ofAgent() {
    MethodDescriptor<ControlMessage, StatusMessage> method = ControlGrpc.getExecuteMethod();
    return method.toBuilder(
            new Readable<>(method.getRequestMarshaller()), method.getResponseMarshaller())
        .build();
  }

  /** For who hears statuses. */
  public static MethodDescriptor<ControlMessage, Optional<StatusMessage>> ofController() {
    MethodDescriptor<ControlMessage, StatusMessage> method = ControlGrpc.getExecuteMethod();
    return method.toBuilder(
            method.getRequestMarshaller(), new Readable<>(method.getResponseMarshaller()))
        .build();
  }

  /** Empty where the bytes are no message. */
  private record Readable<T>(Marshaller<T> marshaller) implements Marshaller<Optional<T>> {

    @Override
    public InputStream stream(Optional<T> message) {
      return marshaller.stream(message.orElseThrow());
    }

    @Override
    public Optional<T> parse(InputStream bytes) {
      try {
        return Optional.of(marshaller.parse(bytes));
      } catch (StatusRuntimeException e) {
        return Optional.empty();
      }
    }
  }
}
