package org.carillon.bench;

import java.nio.ByteBuffer;
import java.util.OptionalInt;
import org.carillon.core.event.EventReader;
import org.carillon.core.event.EventWriter;
import org.carillon.core.event.WireFormat;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.infra.Blackhole;

/** What reading a datagram, checks included, and writing one cost; payloads are {@code event_N}. */
@State(Scope.Thread)
@OperationsPerInvocation(CodecBenchmark.EVENTS)
public class CodecBenchmark {

  /** So many take some 50 µs: far more than it takes to read the time around them. */
  static final int EVENTS = 1_000;

  private static final long SEND_TIME_NS = 1_800_000_000_000_000_000L;
  private static final long RUN_ID = 1;

  /** As many as a receiver fetches at once, one after the other in memory. */
  private static final int DATAGRAMS = 64;

  private final EventReader reader = new EventReader();
  private final EventWriter binaryWriter =
      new EventWriter(WireFormat.BINARY, OptionalInt.empty(), RUN_ID);
  private final EventWriter jsonWriter =
      new EventWriter(WireFormat.JSON, OptionalInt.empty(), RUN_ID);
  private final ByteBuffer[] binary = datagrams(binaryWriter);
  private final ByteBuffer[] json = datagrams(jsonWriter);
  private final ByteBuffer written = ByteBuffer.allocateDirect(1 << 16);

  private static ByteBuffer[] datagrams(EventWriter writer) {
    ByteBuffer[] datagrams = new ByteBuffer[DATAGRAMS];
    for (int i = 0; i < DATAGRAMS; i++) {
      datagrams[i] = ByteBuffer.allocateDirect(1 << 11);
      writer.write(1_000_000 + i, 999_999 + i, SEND_TIME_NS + i, datagrams[i]);
    }
    return datagrams;
  }

  @Benchmark
  public void readBinary(Blackhole hole) {
    read(binary, hole);
  }

  @Benchmark
  public void readJson(Blackhole hole) {
    read(json, hole);
  }

  private void read(ByteBuffer[] datagrams, Blackhole hole) {
    for (int i = 0; i < EVENTS; i++) {
      if (reader.read(datagrams[i % DATAGRAMS]) != null) {
        throw new IllegalStateException("an event was not read as one");
      }
      hole.consume(reader.eventId());
      hole.consume(reader.sequenceNumber());
      hole.consume(reader.sendTimeNs());
    }
  }

  @Benchmark
  public void writeBinary(Blackhole hole) {
    write(binaryWriter, hole);
  }

  @Benchmark
  public void writeJson(Blackhole hole) {
    write(jsonWriter, hole);
  }

  private void write(EventWriter writer, Blackhole hole) {
    for (int i = 0; i < EVENTS; i++) {
      writer.write(1_000_000 + i, 999_999 + i, SEND_TIME_NS + 10_000L * i, written);
      hole.consume(written.limit());
    }
  }
}
