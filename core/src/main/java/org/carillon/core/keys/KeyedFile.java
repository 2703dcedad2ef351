package org.carillon.core.keys;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.carillon.core.CarillonException;
import org.carillon.core.ExitCode;

/**
 * A YAML file whose keys a {@link Schema} knows, with what was laid over it, checked key by key.
 */
public final class KeyedFile {

  private final Schema schema;
  private final YamlNode.Mapping tree;
  private final TreeCheck.Outcome outcome;
  private final List<Path> sources;

  private KeyedFile(
      Schema schema, YamlNode.Mapping tree, TreeCheck.Outcome outcome, List<Path> sources) {
    this.schema = schema;
    this.tree = tree;
    this.outcome = outcome;
    this.sources = List.copyOf(sources);
  }

  /**
   * Reads the file, lays the site's file beside it and then the settings over it.
   *
   * @param settings {@code PATH=VALUE} each, as after {@code --set}
   * @param currentDir where relative paths in the settings start
   * @param complaints takes the faults of single keys; what the caller finds may be added
   * @throws CarillonException USAGE if there is no such file, or it is no YAML or another kind of
   *     file
   */
  public static KeyedFile read(
      Schema schema, Path file, List<String> settings, Path currentDir, Complaints complaints) {
    Path absolute = file.toAbsolutePath().normalize();
    YamlNode.Mapping tree = read(schema, file, absolute.getParent(), complaints);
    List<Path> sources = new ArrayList<>(List.of(file));
    Optional<String> siteFile =
        schema
            .siteFile()
            .filter(name -> Files.exists(absolute.resolveSibling(name)))
            .filter(name -> !absolute.resolveSibling(name).equals(absolute));
    if (siteFile.isPresent()) {
      Path shown = file.resolveSibling(siteFile.get());
      tree = Overrides.lay(read(schema, shown, absolute.getParent(), complaints), tree);
      sources.add(shown);
    }
    for (String setting : settings) {
      Optional<YamlNode.Mapping> over = Overrides.ofSetting(setting, complaints);
      if (over.isPresent()) {
        tree = Overrides.lay(LocalPaths.anchor(over.get(), schema.files(), currentDir), tree);
      }
    }
    // After a syntax error half a tree is left: complaints about what it lacks would be noise.
    complaints.throwIfAny();
    return new KeyedFile(schema, tree, new TreeCheck(schema, complaints).check(tree), sources);
  }

  /** The values found, defaults included. */
  public Values values() {
    return outcome.values();
  }

  /**
   * The members of a group that holds groups: their names, or their numbers from 1 for a list.
   *
   * @param group its path, such as {@code nodes}
   */
  public List<String> members(String group) {
    return outcome.members().getOrDefault(group, List.of());
  }

  /** Where the file begins. */
  public Location at() {
    return tree.at();
  }

  /** Where a key at the top was written; where the file begins if it was not. */
  public Location at(String topKey) {
    YamlNode.Entry entry = tree.entries().get(topKey);
    return entry == null ? tree.at() : entry.keyAt();
  }

  /** Whether the file has this key or group at the top. */
  public boolean has(String topKey) {
    YamlNode.Entry entry = tree.entries().get(topKey);
    return entry != null && !(entry.value() instanceof YamlNode.Scalar scalar && scalar.isNull());
  }

  /** The files read, in the order in which they were laid over each other. */
  public List<Path> sources() {
    return sources;
  }

  /** All values as a YAML file that reads back as the same. */
  public String resolvedYaml() {
    return YamlWriter.write(outcome.values().texts(schema, this::members), schema.lists());
  }

  private static YamlNode.Mapping read(
      Schema schema, Path file, Path folder, Complaints complaints) {
    byte[] content;
    try (InputStream in = Files.newInputStream(file)) {
      // One byte more than allowed is enough to see that there is too much, even in /dev/zero.
      content = in.readNBytes(YamlText.SIZE_MAX_BYTES + 1);
    } catch (IOException e) {
      throw new CarillonException(
          ExitCode.USAGE,
          "cannot read the " + schema.subject() + " " + file + ": " + reason(e) + ".",
          e);
    }
    Optional<YamlNode> root = YamlText.parse(file.toString(), content, complaints);
    YamlNode.Mapping empty = YamlNode.Mapping.empty(Location.inFile(file.toString(), 1, 1));
    return switch (root.orElse(empty)) {
      case YamlNode.Mapping mapping -> {
        refuseOtherKind(schema, file, mapping);
        yield LocalPaths.anchor(mapping, schema.files(), folder);
      }
      case YamlNode.Scalar scalar when scalar.isNull() -> empty;
      case YamlNode other -> {
        String article = "aeiou".indexOf(schema.subject().charAt(0)) < 0 ? "a " : "an ";
        complaints.add(
            other.at(),
            "",
            article + schema.subject() + " is a group of keys, not " + other.kind());
        yield empty;
      }
    };
  }

  /** One sentence instead of a complaint about each of its keys. */
  private static void refuseOtherKind(Schema schema, Path file, YamlNode.Mapping mapping) {
    for (String name : mapping.entries().keySet()) {
      String other = schema.mistakenFor().get(name);
      if (other != null) {
        throw new CarillonException(
            ExitCode.USAGE, file + " is no " + schema.subject() + " but " + other + ".");
      }
    }
  }

  private static String reason(IOException fault) {
    return switch (fault) {
      case NoSuchFileException missing -> "there is no such file";
      case AccessDeniedException denied -> "permission denied";
      default -> fault.getMessage();
    };
  }
}
