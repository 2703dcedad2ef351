package org.carillon.deploy.backup;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What a backup is and what every file in it must be: {@code manifest.json}. Its first line is the
 * header, so that a list of backups need not read the rest.
 */
record BackupManifest(BackupHeader header, FileTree tree) {

  private static final ObjectMapper JSON = new ObjectMapper();

  byte[] bytes() {
    String head = header.toJson().toString();
    StringBuilder text = new StringBuilder(head.substring(0, head.length() - 1));
    text.append(",\n\"entries\":[");
    String separator = "\n";
    for (var entry : tree.entries().entrySet()) {
      text.append(separator).append(entry(entry.getKey(), entry.getValue()));
      separator = ",\n";
    }
    return text.append("\n]}\n").toString().getBytes(StandardCharsets.UTF_8);
  }

  private static ObjectNode entry(RawName name, FileEntry entry) {
    ObjectNode node = JSON.createObjectNode();
    name.put(node, "path");
    node.put("kind", entry.kind().word()).put("mode", entry.mode());
    if (entry.kind() == FileEntry.Kind.FILE) {
      node.put("size_bytes", entry.sizeBytes());
      node.put("sha256", entry.sha256().orElseThrow());
    }
    entry.target().ifPresent(target -> target.put(node, "target"));
    return node;
  }

  /**
   * The header alone.
   *
   * @param line the first one of the file
   * @throws IllegalArgumentException if it is none
   */
  static BackupHeader header(String line) {
    String text = line.strip();
    try {
      return BackupHeader.parse(
          JSON.readTree(text.endsWith(",") ? text.substring(0, text.length() - 1) + "}" : text));
    } catch (IOException e) {
      throw new IllegalArgumentException("the header is not JSON", e);
    }
  }

  /**
   * Reads it again.
   *
   * @throws IllegalArgumentException if it is none
   */
  static BackupManifest parse(byte[] bytes) {
    try {
      JsonNode root = JSON.readTree(bytes);
      TreeMap<RawName, FileEntry> entries = new TreeMap<>();
      for (JsonNode node : root.required("entries")) {
        entries.put(RawName.get(node, "path").orElseThrow(), entry(node));
      }
      return new BackupManifest(BackupHeader.parse(root), new FileTree(entries));
    } catch (IOException | java.util.NoSuchElementException e) {
      throw new IllegalArgumentException("it is not a manifest", e);
    }
  }

  private static FileEntry entry(JsonNode node) throws IOException {
    FileEntry.Kind kind = FileEntry.Kind.of(node.required("kind").asText());
    boolean file = kind == FileEntry.Kind.FILE;
    return new FileEntry(
        kind,
        node.required("mode").asText(),
        file ? node.required("size_bytes").asLong() : 0,
        file ? Optional.of(node.required("sha256").asText()) : Optional.empty(),
        RawName.get(node, "target"));
  }
}
