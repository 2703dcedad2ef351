package org.carillon.ssh;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The lines of an OpenSSH client configuration (ssh_config(5)), with included files in their place.
 *
 * @param blocks in the order of the file; what stands before the first {@code Host} is a block for
 *     every host
 */
record SshConfigFile(List<Block> blocks) {
  private static final int DEEPEST_INCLUDE = 16;
  private static final Pattern LINE = Pattern.compile("\\s*([A-Za-z0-9]+)(?:\\s*=\\s*|\\s+)(.*)");
  private static final Pattern WORD = Pattern.compile("\"((?:[^\"\\\\]|\\\\.)*)\"|(\\S+)");

  /**
   * Settings under one condition.
   *
   * @param conditions that must all hold
   * @param settings in the order of the file
   */
  record Block(List<Condition> conditions, List<Setting> settings) {}

  /**
   * @param criterion {@code host} for a Host line; for a Match line its criterion, lower case
   * @param arguments the patterns
   */
  record Condition(String criterion, List<String> arguments) {}

  /**
   * @param key lower case
   * @param words what follows, unquoted
   */
  record Setting(String key, List<String> words) {}

  SshConfigFile {
    blocks = List.copyOf(blocks);
  }

  /**
   * Reads a file, or nothing if there is none.
   *
   * @param includes where relative {@code Include} paths begin: {@code ~/.ssh} or {@code /etc/ssh}
   * @param home what {@code ~} stands for
   * @throws IOException if a file cannot be read, with its name and line where it is malformed
   */
  static SshConfigFile read(Path file, Path includes, Path home) throws IOException {
    Reader reader = new Reader(includes, home);
    if (Files.exists(file)) {
      reader.read(file, List.of(), 0);
    }
    return new SshConfigFile(reader.blocks);
  }

  private static final class Reader {
    private final Path includes;
    private final Path home;
    private final List<Block> blocks = new ArrayList<>();

    Reader(Path includes, Path home) {
      this.includes = includes;
      this.home = home;
    }

    /**
     * @param outer the conditions of the block that includes this file; they hold for all of it
     */
    void read(Path file, List<Condition> outer, int depth) throws IOException {
      if (depth > DEEPEST_INCLUDE) {
        throw new IOException(file + " is included more than " + DEEPEST_INCLUDE + " deep");
      }
      List<Condition> conditions = outer;
      List<Setting> settings = begin(conditions);
      int number = 0;
      for (String line : lines(file)) {
        number++;
        if (line.isBlank() || line.stripLeading().startsWith("#")) {
          continue;
        }
        Matcher matcher = LINE.matcher(line);
        if (!matcher.matches()) {
          throw new IOException(
              "%s:%d: '%s' is not a setting and its value".formatted(file, number, line.strip()));
        }
        String key = matcher.group(1).toLowerCase(Locale.ROOT);
        List<String> words = words(matcher.group(2));
        switch (key) {
          case "host" -> {
            conditions = with(outer, List.of(new Condition("host", words)));
            settings = begin(conditions);
          }
          case "match" -> {
            conditions = with(outer, match(words));
            settings = begin(conditions);
          }
          case "include" -> {
            for (String pattern : words) {
              for (Path included : included(pattern)) {
                read(included, conditions, depth + 1);
              }
            }
            settings = begin(conditions);
          }
          default -> settings.add(new Setting(key, words));
        }
      }
    }

    private List<Setting> begin(List<Condition> conditions) {
      List<Setting> settings = new ArrayList<>();
      blocks.add(new Block(conditions, settings));
      return settings;
    }

    private static List<Condition> with(List<Condition> outer, List<Condition> more) {
      List<Condition> all = new ArrayList<>(outer);
      all.addAll(more);
      return List.copyOf(all);
    }

    private static List<String> lines(Path file) throws IOException {
      // Any byte may stand in a comment; what matters is ASCII or UTF-8 and survives this.
      return new String(Files.readAllBytes(file), StandardCharsets.UTF_8).lines().toList();
    }

    private static List<String> words(String text) {
      List<String> words = new ArrayList<>();
      Matcher matcher = WORD.matcher(text);
      while (matcher.find()) {
        if (matcher.group(1) != null) {
          words.add(matcher.group(1).replaceAll("\\\\(.)", "$1"));
        } else if (matcher.group(2).startsWith("#")) {
          break;
        } else {
          words.add(matcher.group(2));
        }
      }
      return List.copyOf(words);
    }

    private static List<Condition> match(List<String> words) {
      List<Condition> conditions = new ArrayList<>();
      for (int i = 0; i < words.size(); i++) {
        String criterion = words.get(i).toLowerCase(Locale.ROOT);
        boolean alone = criterion.matches("!?(all|final|canonical)");
        List<String> arguments = List.of();
        if (!alone && i + 1 < words.size()) {
          i++;
          arguments = List.of(words.get(i).split(","));
        }
        // In a Match line "host" means the name after HostName was applied.
        conditions.add(
            new Condition(criterion.equals("host") ? "finalhost" : criterion, arguments));
      }
      return conditions;
    }

    private List<Path> included(String pattern) throws IOException {
      Path path =
          pattern.startsWith("~/") ? home.resolve(pattern.substring(2)) : includes.resolve(pattern);
      Path folder = path.getParent();
      if (folder == null || !Files.isDirectory(folder)) {
        return List.of();
      }
      List<Path> found = new ArrayList<>();
      try (DirectoryStream<Path> files =
          Files.newDirectoryStream(folder, path.getFileName().toString())) {
        files.forEach(found::add);
      } catch (UncheckedIOException e) {
        throw e.getCause();
      }
      found.removeIf(Files::isDirectory);
      found.sort(null);
      return found;
    }
  }
}
