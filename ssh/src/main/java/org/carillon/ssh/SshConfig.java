package org.carillon.ssh;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the OpenSSH configuration says about one host: of each setting the first value found counts,
 * in the order of the files; of IdentityFile, all do.
 *
 * <p>The criteria {@code all}, {@code host}, {@code originalhost}, {@code user} and {@code
 * localuser} of Match are understood; a block under another one is not applied.
 */
final class SshConfig {
  private final List<SshConfigFile> files;
  private final String host;
  private final Optional<String> user;
  private final String localUser;

  /** Conditions may ask for HostName and User, so those are looked up without such conditions. */
  private final Map<String, List<List<String>>> basics;

  private final Map<String, List<List<String>>> settings;

  /**
   * @param files the user's first
   * @param host as asked for
   * @param user as asked for
   * @param localUser who runs this program
   */
  SshConfig(List<SshConfigFile> files, String host, Optional<String> user, String localUser) {
    this.files = List.copyOf(files);
    this.host = host;
    this.user = user;
    this.localUser = localUser;
    this.basics = applied(true);
    this.settings = applied(false);
  }

  /** The value of a setting, its words joined by blanks. */
  Optional<String> value(String key) {
    return values(key).stream().findFirst();
  }

  /** As {@link #value}, without {@code none}, which takes a setting back. */
  Optional<String> valueUnlessNone(String key) {
    return value(key).filter(value -> !value.equalsIgnoreCase("none"));
  }

  /** Whether a setting is {@code yes}. */
  boolean isYes(String key) {
    return value(key)
        .filter(value -> value.equalsIgnoreCase("yes") || value.equalsIgnoreCase("true"))
        .isPresent();
  }

  /** All values of a setting that may stand several times. */
  List<String> values(String key) {
    return words(key).stream().map(words -> String.join(" ", words)).toList();
  }

  /** The words of the first value of a setting. */
  List<String> firstWords(String key) {
    return words(key).stream().findFirst().orElse(List.of());
  }

  private List<List<String>> words(String key) {
    boolean basic = key.equals("hostname") || key.equals("user");
    return (basic ? basics : settings).getOrDefault(key, List.of());
  }

  /** The values of each setting in the blocks whose conditions hold. */
  private Map<String, List<List<String>>> applied(boolean basic) {
    Map<String, List<List<String>>> found = new HashMap<>();
    for (SshConfigFile file : files) {
      for (SshConfigFile.Block block : file.blocks()) {
        if (holds(block, basic)) {
          for (SshConfigFile.Setting setting : block.settings()) {
            if (!setting.words().isEmpty()) {
              found.computeIfAbsent(setting.key(), key -> new ArrayList<>()).add(setting.words());
            }
          }
        }
      }
    }
    return found;
  }

  private boolean holds(SshConfigFile.Block block, boolean basic) {
    for (SshConfigFile.Condition condition : block.conditions()) {
      if (!holds(condition, basic)) {
        return false;
      }
    }
    return true;
  }

  private boolean holds(SshConfigFile.Condition condition, boolean basic) {
    boolean negated = condition.criterion().startsWith("!");
    String criterion = negated ? condition.criterion().substring(1) : condition.criterion();
    return switch (criterion) {
      case "all" -> !negated;
      case "host", "originalhost" -> negated != matches(condition.arguments(), host);
      case "localuser" -> negated != matches(condition.arguments(), localUser);
      case "finalhost" ->
          negated
              != matches(
                  condition.arguments(),
                  basic ? host : value("hostname").map(this::expandHost).orElse(host));
      case "user" ->
          negated
              != matches(
                  condition.arguments(),
                  user.orElse(basic ? localUser : value("user").orElse(localUser)));
      default -> false;
    };
  }

  /** The HostName with its tokens replaced; {@code %h} is the name asked for. */
  String expandHost(String hostName) {
    return hostName.replace("%%", "\0").replace("%h", host).replace("\0", "%");
  }

  /** Whether one of the patterns fits and no negated one does. */
  static boolean matches(List<String> patterns, String text) {
    boolean found = false;
    for (String pattern : patterns) {
      boolean negated = pattern.startsWith("!");
      if (fits(negated ? pattern.substring(1) : pattern, text)) {
        if (negated) {
          return false;
        }
        found = true;
      }
    }
    return found;
  }

  /** Most patterns are plain names, of which a known_hosts file may have thousands. */
  private static boolean fits(String pattern, String text) {
    return pattern.indexOf('*') < 0 && pattern.indexOf('?') < 0
        ? pattern.equalsIgnoreCase(text)
        : fitsGlob(pattern, text);
  }

  /** {@code *} stands for any characters, {@code ?} for one; the case does not matter. */
  private static boolean fitsGlob(String pattern, String text) {
    int at = 0;
    int star = -1;
    int starred = 0; // where in the text what follows the last star was tried
    for (int i = 0; i < text.length(); ) {
      char wanted = at < pattern.length() ? pattern.charAt(at) : 0;
      if (at < pattern.length() && wanted == '*') {
        star = at++;
        starred = i;
      } else if (at < pattern.length() && (wanted == '?' || same(wanted, text.charAt(i)))) {
        at++;
        i++;
      } else if (star >= 0) {
        at = star + 1;
        i = ++starred;
      } else {
        return false;
      }
    }
    while (at < pattern.length() && pattern.charAt(at) == '*') {
      at++;
    }
    return at == pattern.length();
  }

  private static boolean same(char one, char other) {
    return Character.toLowerCase(one) == Character.toLowerCase(other);
  }
}
