package org.carillon.core.run;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import org.carillon.core.ExitCode;

/**
 * What a run was: written as {@code manifest.json} when it begins, and again when it has ended.
 *
 * @param runId sixteen hexadecimal digits
 * @param startNs ns since the Unix epoch, by the head node's clock
 * @param endNs likewise; empty while the run is under way
 * @param exitCode of the whole run; empty while it is under way
 * @param outcome one sentence
 * @param versions of what took part, by name
 * @param members what ran where: workers, coordinator, time server
 * @param commands as started
 * @param start the common start; empty if it was not reached
 * @param injectedFaults by process, for those that made faults on purpose
 * @param files everything in the run directory but the manifest itself
 */
public record Manifest(
    String runId,
    String experiment,
    long startNs,
    Optional<Long> endNs,
    Optional<ExitCode> exitCode,
    String outcome,
    Map<String, String> versions,
    List<Member> members,
    List<Started> commands,
    Optional<Start> start,
    Map<String, String> injectedFaults,
    List<FileFacts> files,
    List<String> findings,
    List<String> warnings) {

  /** Changes when a reader of older files would misunderstand newer ones. */
  public static final int SCHEMA = 1;

  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  public Manifest {
    versions = new TreeMap<>(versions);
    members = List.copyOf(members);
    commands = List.copyOf(commands);
    injectedFaults = new TreeMap<>(injectedFaults);
    files = List.copyOf(files);
    findings = List.copyOf(findings);
    warnings = List.copyOf(warnings);
  }

  /**
   * One process of the run.
   *
   * @param name of the node; or coordinator, timeserver
   * @param address of its control port, HOST:PORT; empty for who has none
   * @param clock specification
   * @param facts about its host, by name: system, architecture, processors, clock offset
   * @param attempts how often it was started
   * @param outcome ok, failed, stopped or not started
   * @param reason why it failed; empty text if it did not
   * @param exitCode of its process; empty if unknown
   */
  public record Member(
      String name,
      String host,
      Optional<String> address,
      String clock,
      Map<String, String> facts,
      int attempts,
      String outcome,
      String reason,
      OptionalInt exitCode) {
    public Member {
      facts = new TreeMap<>(facts);
    }
  }

  /**
   * How closely the workers started together.
   *
   * @param trueTimeNs the common start, ns since the Unix epoch in true time
   * @param workers that started
   * @param spreadNs between the first and the last, by best estimates; ≥ 0
   * @param spreadMinNs what the clocks' bounds allow at least; ≥ 0
   * @param spreadMaxNs what they allow at most
   * @param sentence the same for people
   */
  public record Start(
      long trueTimeNs,
      int workers,
      long spreadNs,
      long spreadMinNs,
      long spreadMaxNs,
      String sentence) {}

  /** A command line that the run started on a host. */
  public record Started(String host, String name, List<String> command) {
    public Started {
      command = List.copyOf(command);
    }
  }

  /** The file's text: keys in snake case, absolute times both as ns and as text. */
  public String toJson() {
    ObjectNode root = JSON.createObjectNode();
    root.put("schema", SCHEMA);
    root.put("run_id", runId);
    root.put("experiment", experiment);
    root.put("start_time_ns", startNs);
    root.put("start_time_iso", iso(startNs));
    endNs.ifPresent(ns -> root.put("end_time_ns", ns).put("end_time_iso", iso(ns)));
    exitCode.ifPresent(code -> root.put("exit_code", code.code()));
    root.put("outcome", outcome);
    versions.forEach(root.putObject("versions")::put);
    ArrayNode memberList = root.putArray("members");
    members.forEach(member -> write(member, memberList.addObject()));
    ArrayNode commandList = root.putArray("commands");
    for (Started started : commands) {
      ObjectNode node = commandList.addObject();
      node.put("host", started.host()).put("name", started.name());
      started.command().forEach(node.putArray("command")::add);
    }
    start.ifPresent(common -> write(common, root.putObject("start")));
    injectedFaults.forEach(root.putObject("injected_faults")::put);
    ArrayNode fileList = root.putArray("files");
    for (FileFacts file : files) {
      ObjectNode node = fileList.addObject();
      node.put("name", file.name()).put("size_bytes", file.sizeBytes());
      node.put("sha256", file.sha256());
      file.rows().ifPresent(rows -> node.put("rows", rows));
    }
    findings.forEach(root.putArray("findings")::add);
    warnings.forEach(root.putArray("warnings")::add);
    try {
      return JSON.writeValueAsString(root) + "\n";
    } catch (JsonProcessingException e) {
      throw new AssertionError("a tree can always be written", e);
    }
  }

  private static void write(Member member, ObjectNode node) {
    node.put("name", member.name()).put("host", member.host());
    member.address().ifPresent(address -> node.put("address", address));
    node.put("clock", member.clock());
    member.facts().forEach(node.putObject("facts")::put);
    node.put("attempts", member.attempts()).put("outcome", member.outcome());
    if (!member.reason().isEmpty()) {
      node.put("reason", member.reason());
    }
    member.exitCode().ifPresent(code -> node.put("exit_code", code));
  }

  private static void write(Start start, ObjectNode node) {
    node.put("true_time_ns", start.trueTimeNs()).put("true_time_iso", iso(start.trueTimeNs()));
    node.put("workers", start.workers()).put("spread_ns", start.spreadNs());
    node.put("spread_min_ns", start.spreadMinNs()).put("spread_max_ns", start.spreadMaxNs());
    node.put("sentence", start.sentence());
  }

  private static String iso(long ns) {
    return Instant.ofEpochSecond(0, ns).toString();
  }
}
