package org.carillon.deploy.validate;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.SequencedMap;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.BooleanSupplier;
import org.carillon.ssh.fanout.FanOut;
import org.carillon.ssh.fanout.FanOutListener;
import org.carillon.ssh.fanout.FanOutSettings;
import org.carillon.ssh.fanout.HostOutcome;
import org.carillon.ssh.fanout.HostSource;

/**
 * Sends datagrams between every two hosts, both ways and all at the same time. Each host counts
 * what came to it, so that a loss is known to be on the way there or on the way back.
 */
final class ConnectivityCheck implements FleetwideCheck {

  private static final ObjectMapper JSON = new ObjectMapper();

  /** Below the ports that systems give out by themselves (32768 and up on Linux). */
  private static final int PORT_MIN = 20_000;

  private static final int PORT_MAX = 30_000;
  private static final long GAP_MIN_MS = 20;

  /** Greetings, late starts and goodbyes. */
  private static final Duration AROUND = Duration.ofSeconds(12);

  private static final Duration SLACK = Duration.ofSeconds(15);

  private final Subject subject;
  private final int probes;
  private final BooleanSupplier stop;

  /**
   * @param probes in each direction
   * @param stop whether somebody wants it to end
   */
  ConnectivityCheck(Subject subject, int probes, BooleanSupplier stop) {
    this.subject = subject;
    this.probes = probes;
    this.stop = stop;
  }

  /**
   * What a host says of one way.
   *
   * @param found whether it knows an address of the other one
   * @param got questions of the other one that came here
   * @param refusal of its own system to send, or empty text
   */
  record Said(
      boolean found,
      long sent,
      long answered,
      long got,
      String refusal,
      OptionalDouble minUs,
      OptionalDouble medianUs) {}

  @Override
  public Set<CheckName> names() {
    return Set.of(CheckName.CONNECTIVITY);
  }

  @Override
  public void look(SequencedMap<String, Node> nodes, Question question, Findings findings) {
    List<String> names = List.copyOf(nodes.keySet());
    if (names.size() < 2) {
      findings.add(
          names.getFirst(),
          CheckResult.unknown(
              CheckName.CONNECTIVITY, "there is no other host that answers", "see the others"));
      return;
    }
    // At most 2,000 questions a second from each, and as many answers.
    long gapMs = Math.max(GAP_MIN_MS, names.size() / 2);
    Duration limit = AROUND.plusMillis(gapMs * probes);
    int port = ThreadLocalRandom.current().nextInt(PORT_MIN, PORT_MAX - names.size());
    String token = HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextLong());
    SequencedMap<String, HostSource> hosts = new LinkedHashMap<>();
    nodes.forEach((name, node) -> hosts.put(name, HostSource.of(node.host())));
    SequencedMap<String, HostOutcome<String>> outcomes =
        FanOut.run(
            // All at once: each waits for the others.
            FanOutSettings.of("sending datagrams", limit.plus(SLACK).plus(SLACK))
                .withWidth(names.size())
                .withStop(stop),
            hosts,
            host -> {
              int own = names.indexOf(host.name());
              List<String> words =
                  List.of(
                      String.valueOf(own),
                      String.valueOf(port + own),
                      String.valueOf(probes),
                      String.valueOf(gapMs),
                      String.valueOf(limit.toSeconds()),
                      token);
              return host.run(
                      Script.PAIRS
                          .command(words, limit.plus(SLACK))
                          .withInput(peers(nodes, host.name(), port)))
                  .out();
            },
            FanOutListener.NONE);
    SequencedMap<String, Map<String, Said>> said = new LinkedHashMap<>();
    outcomes.forEach(
        (name, outcome) -> {
          Answers answers = Answers.parse(outcome.yielded().orElse(""));
          Map<String, Said> ofHost = parse(answers.all("way"), names);
          if (ofHost.size() == names.size() - 1) {
            said.put(name, ofHost);
          } else {
            String why =
                answers
                    .text("error")
                    .orElse(outcome.succeeded() ? "its answer is incomplete" : outcome.sentence());
            findings.add(
                name,
                CheckResult.unknown(
                    CheckName.CONNECTIVITY, why, "see docs/validate.md for what it needs"));
          }
        });
    if (said.isEmpty()) {
      return;
    }
    List<Way> ways = ways(said);
    ways.forEach(findings::add);
    Ways.judge(said.sequencedKeySet(), ways, unknownTo(said)).forEach(findings::add);
  }

  private String peers(SequencedMap<String, Node> nodes, String own, int port) {
    StringBuilder text = new StringBuilder();
    int number = 0;
    for (Map.Entry<String, Node> entry : nodes.sequencedEntrySet()) {
      if (!entry.getKey().equals(own)) {
        Node node = entry.getValue();
        String name = node.isThisMachine() ? "-" : subject.addressOf(entry.getKey());
        text.append(
            "%d %s %s %d\n".formatted(number, name, otherAddress(node, nodes), port + number));
      }
      number++;
    }
    return text.toString();
  }

  /** Under which SSH reached it; for this machine, from where the others were reached. */
  private static String otherAddress(Node node, SequencedMap<String, Node> nodes) {
    if (!node.isThisMachine()) {
      return node.address().isEmpty() ? "-" : node.address();
    }
    return nodes.values().stream()
        .map(Node::head)
        .filter(head -> !head.isEmpty())
        .findFirst()
        .orElse("127.0.0.1");
  }

  static Map<String, Said> parse(List<String> lines, List<String> names) {
    Map<String, Said> said = new LinkedHashMap<>();
    for (String line : lines) {
      try {
        JsonNode node = JSON.readTree(line);
        int to = node.path("to").asInt(-1);
        if (to >= 0 && to < names.size()) {
          said.put(
              names.get(to),
              new Said(
                  node.path("found").asBoolean(),
                  node.path("sent").asLong(),
                  node.path("answered").asLong(),
                  node.path("got").asLong(),
                  node.path("refusal").asText(),
                  number(node.path("min_us")),
                  number(node.path("median_us"))));
        }
      } catch (JsonProcessingException e) {
        // Then that way is missing, which its host's result says.
      }
    }
    return said;
  }

  private static OptionalDouble number(JsonNode node) {
    return node.isNumber() ? OptionalDouble.of(node.asDouble()) : OptionalDouble.empty();
  }

  /** Between those that have told what they got. */
  static List<Way> ways(Map<String, Map<String, Said>> said) {
    List<Way> ways = new ArrayList<>();
    said.forEach(
        (from, toOthers) ->
            toOthers.forEach(
                (to, way) -> {
                  Said back = said.getOrDefault(to, Map.of()).get(from);
                  if (back != null) {
                    // What was answered has arrived, even if the other one ended before it counted.
                    long arrived = Math.min(way.sent(), Math.max(back.got(), way.answered()));
                    ways.add(
                        new Way(
                            from,
                            to,
                            way.sent(),
                            arrived,
                            Math.min(way.answered(), arrived),
                            way.minUs(),
                            way.medianUs()));
                  }
                }));
    return ways;
  }

  /** For each host, why it could not even send, by the other one. */
  private static Map<String, Map<String, String>> unknownTo(Map<String, Map<String, Said>> said) {
    Map<String, Map<String, String>> reasons = new LinkedHashMap<>();
    said.forEach(
        (from, toOthers) -> {
          Map<String, String> ofHost = new LinkedHashMap<>();
          toOthers.forEach(
              (to, way) -> {
                if (!way.found()) {
                  ofHost.put(to, "it does not know an address of " + to);
                } else if (!way.refusal().isEmpty() && way.answered() == 0) {
                  ofHost.put(to, "it cannot send to " + to + ": " + way.refusal());
                }
              });
          reasons.put(from, ofHost);
        });
    return reasons;
  }
}
