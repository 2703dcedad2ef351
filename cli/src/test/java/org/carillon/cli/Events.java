package org.carillon.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.carillon.core.event.Event;
import org.carillon.core.event.WireFormat;

/** What the tests of worker and coordinator have in common: workers, datagrams and files. */
final class Events {

  static final Duration DEADLINE = Duration.ofSeconds(180);

  private Events() {}

  /** A worker that is ready, and its port. */
  record ReadyWorker(Program.Running running, int port) implements AutoCloseable {
    @Override
    public void close() {
      running.close();
    }
  }

  /** Starts a worker that records into worker_NODE.csv of the folder, without a warm-up. */
  static ReadyWorker worker(Path folder, String node, Object... arguments) {
    return workerInto(folder.resolve("worker_" + node + ".csv"), folder, node, arguments);
  }

  /** As above, with another output file. */
  static ReadyWorker workerInto(Path output, Path folder, String node, Object... arguments) {
    Path ready = folder.resolve(node + ".ready");
    Program.Running running =
        Program.named("worker")
            .with("--node-id", node, "--listen-port", 0, "--warmup", "0s")
            .with("--output", output)
            .with("--ready-file", ready, "--summary", folder.resolve(node + ".json"))
            .with(arguments)
            .start();
    Program.await(node + " is ready", DEADLINE, () -> Files.exists(ready));
    return new ReadyWorker(running, json(ready).path("port").asInt());
  }

  /** An event as a datagram to a local port. */
  static void send(DatagramSocket socket, int port, WireFormat wire, long runId, long eventId) {
    ByteBuffer buffer = ByteBuffer.allocate(2_000);
    byte[] payload = ("event_" + eventId).getBytes(StandardCharsets.US_ASCII);
    wire.codec()
        .encode(new Event(OptionalLong.of(runId), eventId, eventId - 1, 1, payload), buffer);
    send(socket, port, java.util.Arrays.copyOf(buffer.array(), buffer.position()));
  }

  /** Any bytes as a datagram to a local port. */
  static void send(DatagramSocket socket, int port, byte[] datagram) {
    try {
      socket.send(
          new DatagramPacket(datagram, datagram.length, InetAddress.getByName("127.0.0.1"), port));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static JsonNode json(Path file) {
    try {
      return new JsonMapper().readTree(Files.readString(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static List<CSVRecord> rows(Path file) {
    CSVFormat format = CSVFormat.RFC4180.builder().setHeader().setSkipHeaderRecord(true).get();
    try (CSVParser parser = CSVParser.parse(file, StandardCharsets.UTF_8, format)) {
      return parser.getRecords();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Whole lines in a file, the header included; 0 if there is no file. */
  static long lines(Path file) {
    try {
      return Files.exists(file)
          ? Files.readString(file).chars().filter(character -> character == '\n').count()
          : 0;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A Python program of the test resources. */
  static Program python(String name) {
    Path script = Program.checkout().resolve("cli/src/test/resources").resolve(name);
    return Program.of("python3").with(script.toString());
  }
}
