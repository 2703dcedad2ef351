package org.carillon.core.experiment;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.carillon.core.CarillonException;
import org.carillon.core.ExitCode;
import org.carillon.core.keys.Complaints;
import org.carillon.core.keys.UnknownKey;
import org.carillon.core.keys.YamlNode;
import org.carillon.core.keys.YamlText;

/**
 * Options of an executable from a YAML file: one key per option, named like it, with underscores or
 * hyphens; lists become comma-separated values.
 */
public final class OptionFile {

  private OptionFile() {}

  /**
   * One option.
   *
   * @param name without its two hyphens
   * @param value as it would stand on the command line
   * @param at where it stands, FILE:LINE:COLUMN
   */
  public record Setting(String name, String value, String at) {}

  /**
   * Reads a file.
   *
   * @param known the options that may stand in it, without their two hyphens
   * @return in the order of the file; keys without a value are left out
   * @throws CarillonException USAGE, with one line per fault
   */
  public static List<Setting> read(Path file, Set<String> known) {
    Complaints complaints = new Complaints("options file");
    List<Setting> settings = new ArrayList<>();
    Optional<YamlNode> tree = YamlText.parse(file.toString(), content(file), complaints);
    complaints.throwIfAny();
    switch (tree.orElseThrow()) {
      case YamlNode.Mapping mapping ->
          mapping.entries().forEach((key, entry) -> read(key, entry, known, settings, complaints));
      case YamlNode.Scalar scalar when scalar.isNull() -> {}
      case YamlNode other ->
          complaints.add(
              other.at(),
              "",
              "expected options, such as 'num-events: 500', but found " + other.kind());
    }
    complaints.throwIfAny();
    return settings;
  }

  private static void read(
      String key,
      YamlNode.Entry entry,
      Set<String> known,
      List<Setting> settings,
      Complaints complaints) {
    String name = key.replace('_', '-');
    if (!known.contains(name)) {
      complaints.add(entry.keyAt(), key, UnknownKey.sentence(name, known));
      return;
    }
    text(key, entry.value(), complaints)
        .ifPresent(value -> settings.add(new Setting(name, value, entry.keyAt().toString())));
  }

  private static Optional<String> text(String key, YamlNode node, Complaints complaints) {
    return switch (node) {
      case YamlNode.Scalar scalar ->
          scalar.isNull() ? Optional.empty() : Optional.of(scalar.text());
      case YamlNode.Sequence sequence -> {
        for (YamlNode item : sequence.items()) {
          if (!(item instanceof YamlNode.Scalar)) {
            complaints.add(
                item.at(), key, "expected a single value in the list, but found " + item.kind());
          }
        }
        yield Optional.of(
            sequence.items().stream()
                .map(item -> item instanceof YamlNode.Scalar scalar ? scalar.text() : "")
                .collect(Collectors.joining(",")));
      }
      case YamlNode.Mapping mapping -> {
        complaints.add(
            mapping.at(), key, "expected a value or a list of them, but found " + mapping.kind());
        yield Optional.empty();
      }
    };
  }

  private static byte[] content(Path file) {
    try (InputStream in = Files.newInputStream(file)) {
      // One byte more than allowed is enough to see that there is too much, even in /dev/zero.
      return in.readNBytes(YamlText.SIZE_MAX_BYTES + 1);
    } catch (NoSuchFileException e) {
      throw new CarillonException(ExitCode.USAGE, file + " does not exist.", e);
    } catch (IOException e) {
      throw new CarillonException(
          ExitCode.USAGE, "cannot read " + file + ": " + e.getMessage() + ".", e);
    }
  }
}
