package org.carillon.deploy.deployable;

import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.carillon.core.keys.Form;
import org.carillon.core.keys.Forms;
import org.carillon.ssh.Detached;

/** The forms of values that only a deployable has. */
final class DeployableForms {

  private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9-]{0,39}");
  private static final Pattern VERSION = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._+-]{0,39}");
  private static final Pattern UNIT = Pattern.compile("[A-Za-z0-9][A-Za-z0-9:_.@\\\\-]{0,250}");

  private DeployableForms() {}

  /** A name that can stand in file names, labels and reports. */
  static Form<String> name() {
    return matching(NAME, "name of a-z, 0-9 and -");
  }

  /** The readable beginning of a release's ID. */
  static Form<String> version() {
    return matching(VERSION, "version of letters, digits and . _ + -");
  }

  static Form<String> unit() {
    return matching(UNIT, "name of a systemd unit");
  }

  private static Form<String> matching(Pattern pattern, String description) {
    return Forms.form(
        description,
        text -> {
          if (!pattern.matcher(text).matches()) {
            throw new IllegalArgumentException("'" + text + "' is not a " + description);
          }
          return text;
        },
        Function.identity());
  }

  /** A folder on a host, absolute or in the account's home folder. */
  static Form<String> root() {
    return Forms.form(
        "absolute path, or one in the home folder; `%h` in it is the host's name",
        text -> {
          String path = text.startsWith("~/") ? text.substring(2) : text;
          return requirePath(path, path.startsWith("/") ? path.substring(1) : path, text);
        },
        Function.identity());
  }

  /** A path below a folder: it cannot lead out of it. */
  static Form<String> pathBelow(String folder) {
    return Forms.form(
        "path below " + folder, text -> requirePath(text, text, text), Function.identity());
  }

  /** One name in a folder. */
  static Form<String> entry() {
    return Forms.form(
        "name at the top of the release",
        text -> {
          if (text.contains("/") || text.startsWith(".")) {
            throw new IllegalArgumentException(
                "'" + text + "' is not a name at the top of the release, without / and first dot");
          }
          return requirePath(text, text, text);
        },
        Function.identity());
  }

  private static String requirePath(String path, String relative, String text) {
    boolean sound =
        !relative.isEmpty() && text.chars().noneMatch(Character::isISOControl) && !text.equals("~");
    for (String part : relative.split("/", -1)) {
      sound &= !part.isEmpty() && !part.equals(".") && !part.equals("..");
    }
    if (!sound) {
      throw new IllegalArgumentException(
          "'" + text + "' is not a path of this place: leave out empty parts, . and ..");
    }
    return path;
  }

  static Form<Share> share() {
    return Forms.form(Share.DESCRIPTION, Share::parse, Share::toString);
  }

  static Form<Detached.Signal> signal() {
    return Forms.form(
        "signal TERM, INT, QUIT, HUP, USR1, USR2 or KILL",
        text -> {
          try {
            return Detached.Signal.valueOf(text.startsWith("SIG") ? text.substring(3) : text);
          } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                "'" + text + "' is not a signal: use TERM, INT, QUIT, HUP, USR1, USR2 or KILL", e);
          }
        },
        Detached.Signal::name);
  }

  static Form<Pattern> regex() {
    return Forms.form(
        "regular expression",
        text -> {
          try {
            return Pattern.compile(text);
          } catch (PatternSyntaxException e) {
            throw new IllegalArgumentException(
                "'" + text + "' is not a regular expression: " + e.getDescription(), e);
          }
        },
        Pattern::pattern);
  }
}
