package org.carillon.analysis.condition;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import org.carillon.analysis.condition.Outcome.Named;

/**
 * What came of several conditions.
 *
 * @param outcomes of those that could be judged, in their order
 * @param complaints a sentence for each that names what does not exist
 */
public record Judged(List<Outcome> outcomes, List<String> complaints) {

  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  /** Of no condition. */
  public static final Judged NOTHING = new Judged(List.of(), List.of());

  public Judged {
    outcomes = List.copyOf(outcomes);
    complaints = List.copyOf(complaints);
  }

  /** Judges a run by each condition. */
  public static Judged of(List<Condition> conditions, Numbers run, Numbers baseline) {
    List<Outcome> outcomes = new ArrayList<>();
    List<String> complaints = new ArrayList<>();
    for (Condition condition : conditions) {
      try {
        outcomes.add(condition.judge(run, baseline));
      } catch (IllegalArgumentException e) {
        complaints.add(e.getMessage());
      }
    }
    return new Judged(outcomes, complaints);
  }

  /** Whether all conditions were judged and passed. */
  public boolean passed() {
    return complaints.isEmpty() && outcomes.stream().allMatch(Outcome::passed);
  }

  /** As in conditions.json and comparison.json. */
  public ArrayNode tree() {
    ArrayNode all = JsonNodeFactory.instance.arrayNode();
    for (Outcome outcome : outcomes) {
      ObjectNode one = all.addObject();
      one.put("condition", outcome.condition());
      one.put("verdict", outcome.verdict().words());
      ObjectNode numbers = one.putObject("numbers");
      ObjectNode reasons = one.putObject("missing");
      for (Named named : outcome.numbers()) {
        switch (named.value()) {
          case Lookup.Known known -> numbers.put(named.name(), known.value());
          case Lookup.Missing(String why) -> {
            numbers.putNull(named.name());
            reasons.put(named.name(), why);
          }
          case Lookup.Unknown _ -> numbers.putNull(named.name());
        }
      }
    }
    return all;
  }

  /** The text of conditions.json, ending in a line feed. */
  public String json() {
    ObjectNode root = JSON.createObjectNode();
    root.put("schema", 1);
    root.set("conditions", tree());
    try {
      return JSON.writeValueAsString(root) + "\n";
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a tree of numbers and texts cannot be written", e);
    }
  }
}
