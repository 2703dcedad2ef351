package org.carillon.deploy.backup;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.carillon.deploy.records.ActionKind;

/**
 * What a backup is: the first line of its manifest.
 *
 * @param host on which it was taken
 * @param createdNs ns since the Unix epoch, by the head node's clock
 * @param by who took it, and from where
 * @param before what it was taken before: {@link ActionKind#word()}, {@code backup} if alone
 * @param why one sentence
 * @param version release that was in use; empty if none was
 * @param state how far that release had got, such as {@code good}; empty if that is not known
 * @param items that were there, relative to the root
 * @param absent items that were not there, which a restore therefore removes
 * @param files their number
 * @param sizeBytes of all files
 * @param unsteady files that changed while they were copied, so that their copies may be neither
 *     old nor new
 * @param configuration the deployable as its file described it then, without secrets
 */
public record BackupHeader(
    BackupId id,
    String deployable,
    String host,
    long createdNs,
    String by,
    String before,
    String why,
    Optional<String> version,
    Optional<String> state,
    List<String> items,
    List<String> absent,
    long files,
    long sizeBytes,
    List<String> unsteady,
    Optional<String> configuration) {

  private static final long NS_PER_MS = 1_000_000;

  public BackupHeader {
    items = List.copyOf(items);
    absent = List.copyOf(absent);
    unsteady = List.copyOf(unsteady);
  }

  /** When it was taken, to the second: {@code 2026-11-22T10:15:30Z}. */
  public String created() {
    return Instant.ofEpochSecond(Math.floorDiv(createdNs, 1_000 * NS_PER_MS)).toString();
  }

  /** Whether it holds a release that had proved good and that nobody has turned back from. */
  public boolean isGood() {
    return state.filter("good"::equals).isPresent() && !before.equals(ActionKind.ROLLBACK.word());
  }

  /** As it stands in the manifest. */
  public ObjectNode toJson() {
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    node.put("schema", 1).put("id", id.text()).put("deployable", deployable).put("host", host);
    node.put("created", created()).put("created_time_ns", createdNs);
    node.put("by", by).put("before", before).put("why", why);
    node.put("version", version.orElse(null)).put("state", state.orElse(null));
    put(node.putArray("items"), items);
    put(node.putArray("absent"), absent);
    node.put("files", files).put("size_bytes", sizeBytes);
    put(node.putArray("changed_while_copied"), unsteady);
    node.put("configuration", configuration.orElse(null));
    return node;
  }

  private static void put(ArrayNode array, List<String> texts) {
    texts.forEach(array::add);
  }

  /**
   * Reads it again.
   *
   * @throws IllegalArgumentException if something is missing or is not what it should be
   */
  static BackupHeader parse(JsonNode node) {
    return new BackupHeader(
        new BackupId(node.required("id").asText()),
        node.required("deployable").asText(),
        node.required("host").asText(),
        node.required("created_time_ns").asLong(),
        node.required("by").asText(),
        node.required("before").asText(),
        node.required("why").asText(),
        optional(node, "version"),
        optional(node, "state"),
        list(node.required("items")),
        list(node.required("absent")),
        node.required("files").asLong(),
        node.required("size_bytes").asLong(),
        list(node.required("changed_while_copied")),
        optional(node, "configuration"));
  }

  private static Optional<String> optional(JsonNode node, String key) {
    return Optional.of(node.required(key)).filter(JsonNode::isTextual).map(JsonNode::asText);
  }

  private static List<String> list(JsonNode array) {
    List<String> texts = new ArrayList<>();
    array.forEach(element -> texts.add(element.asText()));
    return texts;
  }
}
