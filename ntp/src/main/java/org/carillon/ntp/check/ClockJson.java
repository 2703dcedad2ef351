package org.carillon.ntp.check;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Locale;
import org.carillon.core.time.KernelClock;

/** A report for programs: one JSON document, described in docs/clockcheck.md. */
public final class ClockJson {

  /** The format's name and version, its first two members. */
  static final String FORMAT = "carillon-clockcheck";

  static final int VERSION = 1;

  /** So many moments, from the end, are enough to compare nodes by. */
  private static final int MOMENTS_MAX = 60;

  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  private ClockJson() {}

  /** The document, with a line feed at its end. */
  public static String text(ClockReport report) {
    return text(tree(report));
  }

  private static String text(JsonNode tree) {
    try {
      return JSON.writeValueAsString(tree) + "\n";
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a tree is always a document", e);
    }
  }

  private static ObjectNode tree(ClockReport report) {
    ClockFindings findings = report.findings();
    ObjectNode root = JSON.createObjectNode();
    root.put("format", FORMAT).put("version", VERSION);
    root.put("node", findings.node()).put("at", report.at().toString());
    root.put("exit_code", report.exitCode().code());
    ArrayNode checks = root.putArray("checks");
    report.checks().forEach(check -> checks.add(check(check)));
    root.set("thresholds", thresholds(report.thresholds()));
    root.set("measured", findings.time().map(ClockJson::measured).orElse(null));
    root.set("kernel", findings.kernel().map(ClockJson::kernel).orElse(null));
    root.put("counter", findings.counter().orElse(null));
    ArrayNode daemons = root.putArray("daemons");
    findings
        .daemons()
        .forEach(
            one ->
                daemons
                    .addObject()
                    .put("name", one.kind().text())
                    .put("pid", one.pid())
                    .put("steers", one.steers()));
    return root;
  }

  /** A report on many hosts, with a line feed at its end. */
  public static String text(FleetReport report) {
    ObjectNode root = JSON.createObjectNode();
    root.put("format", FORMAT + "-fleet").put("version", VERSION);
    root.put("at", report.at().toString()).put("exit_code", report.exitCode().code());
    root.put("measured_s", report.length().toNanos() / 1e9).put("reference", report.reference());
    root.put("max_difference_ns", report.maxDifferenceNs());
    ArrayNode hosts = root.putArray("hosts");
    report
        .hosts()
        .forEach(
            (name, host) -> {
              ObjectNode node = hosts.addObject().put("host", name);
              switch (host) {
                case FleetReport.Host.Checked(CheckedNode clock) ->
                    node.putNull("error").set("report", clock.document());
                case FleetReport.Host.Failed(String reason) ->
                    node.put("error", reason).putNull("report");
              }
            });
    ArrayNode differences = root.putArray("differences");
    report
        .pairs()
        .forEach(
            pair ->
                differences.add(
                    offset(pair.difference().ahead())
                        .put("ahead", pair.first())
                        .put("of", pair.second())
                        .put("time_ns", pair.difference().trueNs())
                        .put(
                            "verdict",
                            pair.difference().verdict(report.maxDifferenceNs()).text())));
    return text(root);
  }

  private static ObjectNode check(Check check) {
    return JSON.createObjectNode()
        .put("name", check.name())
        .put("verdict", check.verdict().text())
        .put("measured", check.measured())
        .put("limit", check.limit())
        .put("sentence", check.sentence())
        .put("fix", check.fix());
  }

  private static ObjectNode thresholds(Thresholds thresholds) {
    return JSON.createObjectNode()
        .put("max_bound_ns", thresholds.maxBoundNs())
        .put("max_offset_ns", thresholds.maxOffsetNs())
        .put("max_drift_ppm", thresholds.maxDriftPpm())
        .put("min_answered_share", thresholds.minAnsweredShare());
  }

  private static ObjectNode measured(ClockFindings.Measured time) {
    ObjectNode node =
        JSON.createObjectNode()
            .put("wanted_s", time.wanted().toNanos() / 1e9)
            .put("measured_s", time.measured().toNanos() / 1e9);
    node.set("offset", time.offset().map(ClockJson::offset).orElse(null));
    node.set("drift", time.drift().map(ClockJson::drift).orElse(null));
    node.putObject("assumptions")
        .put("drift_bound_ppm", time.assumptions().drift().ppm())
        .put("wander_bound_ppm_per_s", time.assumptions().wander().ppmPerSecond())
        .put("broken", time.broken())
        .put("last_broken", time.lastBroken().orElse(null));
    ArrayNode disturbances = node.putArray("disturbances");
    time.disturbances().forEach(disturbances::add);
    ArrayNode servers = node.putArray("servers");
    time.servers().forEach(server -> servers.add(server(server)));
    ArrayNode moments = node.putArray("moments");
    List<TimedOffset> all = time.moments();
    all.subList(Math.max(0, all.size() - MOMENTS_MAX), all.size())
        .forEach(moment -> moments.add(offset(moment.offset()).put("time_ns", moment.trueNs())));
    return node;
  }

  private static ObjectNode offset(OffsetBounds offset) {
    return JSON.createObjectNode()
        .put("lowest_ns", offset.lowestNs())
        .put("best_ns", offset.bestNs())
        .put("highest_ns", offset.highestNs());
  }

  private static ObjectNode drift(DriftBounds drift) {
    return JSON.createObjectNode()
        .put("lowest_ppm", drift.lowestPpm())
        .put("best_ppm", drift.bestPpm())
        .put("highest_ppm", drift.highestPpm());
  }

  private static ObjectNode server(ServerFindings server) {
    ObjectNode node =
        JSON.createObjectNode()
            .put("server", server.server())
            .put("falseticker", server.isFalseticker())
            .put("asked", server.asked())
            .put("answered", server.answered())
            .put("accepted", server.accepted());
    ObjectNode verdicts = node.putObject("verdicts");
    server.verdicts().forEach(verdicts::put);
    server
        .best()
        .ifPresent(
            best -> {
              node.set("offset", offset(best.offset()));
              node.put("delay_min_ns", best.delayMinNs())
                  .put("delay_median_ns", best.delayMedianNs())
                  .put("root_distance_ns", best.rootDistanceNs())
                  .put("stratum", best.stratum())
                  .put("leap", best.leap());
            });
    return node;
  }

  private static ObjectNode kernel(KernelClock kernel) {
    ObjectNode node =
        JSON.createObjectNode()
            .put("synchronized", kernel.isSynchronized())
            .put("state", kernel.state().name().toLowerCase(Locale.ROOT))
            .put("offset_ns", kernel.offsetNs())
            .put("frequency_ppm", kernel.frequencyPpm())
            .put("tick_us", kernel.tickUs())
            .put("correction_ppm", kernel.correctionPpm())
            .put("max_error_ns", kernel.maxErrorNs())
            .put("estimated_error_ns", kernel.estimatedErrorNs())
            .put("tai_offset_s", kernel.taiOffsetS());
    ArrayNode flags = node.putArray("flags");
    kernel.flags().stream().sorted().forEach(flag -> flags.add(flag.name()));
    return node;
  }
}
