package org.carillon.analysis.diagnosis;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.carillon.analysis.diagnosis.Diagnosis.ModelClaims;
import org.carillon.analysis.statistics.ModelJudgement;
import org.carillon.analysis.statistics.Summary;

/** Claims of clock models that nothing in the run could judge, or not node by node. */
final class ModelWarnings {

  private final Map<String, ModelJudgement> judged;
  private final String model;
  private final List<ModelClaims> all;
  private final List<String> warnings = new ArrayList<>();

  private ModelWarnings(String model, List<ModelClaims> all, Map<String, ModelJudgement> judged) {
    this.model = model;
    this.all = all;
    this.judged = judged;
  }

  static List<String> of(Summary summary, Diagnosis diagnosis) {
    Map<String, List<ModelClaims>> byModel = new LinkedHashMap<>();
    diagnosis
        .claims()
        .forEach(one -> byModel.computeIfAbsent(one.model(), _ -> new ArrayList<>()).add(one));
    List<String> warnings = new ArrayList<>();
    byModel.forEach(
        (model, all) ->
            warnings.addAll(
                new ModelWarnings(model, all, summary.models().getOrDefault(model, Map.of()))
                    .sentences()));
    return warnings;
  }

  private List<String> sentences() {
    unknownNodes();
    withoutSamples();
    tooFar();
    pooled();
    return warnings;
  }

  private void unknownNodes() {
    List<ModelClaims> unknown = which(one -> !one.inRun());
    if (!unknown.isEmpty()) {
      add(nodes(unknown) + (unknown.size() == 1 ? " is" : " are") + " not in this run", unknown);
    }
  }

  private void withoutSamples() {
    List<ModelClaims> unsampled = which(one -> one.inRun() && !one.sampled());
    if (!unsampled.isEmpty()) {
      add("no accepted sample of " + nodes(unsampled) + " can judge it", unsampled);
    }
  }

  private void tooFar() {
    for (ModelClaims one : which(one -> one.sampled() && judgements(one) == 0)) {
      warnings.add(
          "clock model "
              + model
              + ": none of its "
              + Quantity.count(one.claims())
              + " claims"
              + one.node().map(node -> " about node " + node).orElse("")
              + " lies within 16 s before a sample.");
    }
  }

  private void pooled() {
    long nodes = judged.values().stream().filter(one -> one.n() > 0).count();
    List<ModelClaims> nameless = which(one -> one.node().isEmpty());
    if (nodes > 1 && !nameless.isEmpty()) {
      add(
          "claims that name no node are held against the clocks of all "
              + Quantity.count(nodes)
              + " nodes with samples; a column node tells whose clock each is about",
          nameless);
    }
  }

  private long judgements(ModelClaims claims) {
    return judged.entrySet().stream()
        .filter(entry -> claims.node().map(entry.getKey()::equals).orElse(true))
        .mapToLong(entry -> entry.getValue().n())
        .sum();
  }

  private List<ModelClaims> which(Predicate<ModelClaims> condition) {
    return all.stream().filter(condition).toList();
  }

  private static String nodes(List<ModelClaims> claims) {
    List<String> names = claims.stream().map(ModelClaims::node).flatMap(Optional::stream).toList();
    return names.isEmpty()
        ? "any node"
        : (names.size() == 1 ? "node " : "nodes ") + Nodes.list(names);
  }

  private void add(String what, List<ModelClaims> claims) {
    warnings.add(
        "clock model "
            + model
            + ": "
            + what
            + " ("
            + Quantity.count(claims.stream().mapToLong(ModelClaims::claims).sum(), "claim")
            + ").");
  }
}
