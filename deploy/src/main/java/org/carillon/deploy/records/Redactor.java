package org.carillon.deploy.records;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Takes out of a text what looks like a secret, before it is written to a file that others read:
 * values of keys and options whose name says so, what a URL has before its {@code @}, bearer
 * tokens, private keys. A secret under an innocent name is not recognised; secrets belong into
 * files of mode 0600.
 */
public final class Redactor {

  private static final String MASK = "***";

  private static final String NAME =
      "[\\w.-]*(?:passw(?:or)?d|passphrase|secret|token|api[_-]?key|access[_-]?key|private[_-]?key"
          + "|credentials?)[\\w.-]*";

  private static final Pattern SECRET_OPTION = Pattern.compile("(?i)--?" + NAME);

  private static final Pattern PRIVATE_KEY =
      Pattern.compile("(?s)-----BEGIN [A-Z ]*PRIVATE KEY-----.*?(?:-----END [A-Z ]*-----|$)");

  private static final Pattern URL_USER = Pattern.compile("(?i)([a-z][a-z0-9+.-]*://)[^/\\s]+@");

  private static final Pattern BEARER = Pattern.compile("(?i)\\b(bearer|basic)\\s+[\\w+/.=~-]{6,}");

  /** {@code name=value}, {@code name: value}, {@code "name": "value"}, {@code --name value}. */
  private static final Pattern NAMED =
      Pattern.compile(
          "(?i)((?<![\\w.-])"
              + NAME
              + "[\"']?\\s*[=:]\\s*|(?<![\\w-])--"
              + NAME
              + "[\"']?(?:\\s*\\n\\s*-\\s+|\\s*,\\s*|\\s+))(?:\"[^\"]*\"|'[^']*'|[^\\s,;}\\]]+)");

  /** {@code name: |} and the indented lines below it. */
  private static final Pattern BLOCK =
      Pattern.compile(
          "(?i)((?<![\\w.-])" + NAME + "[\"']?\\s*:\\s*[|>][+-]?)\\n(?:[ \\t]+[^\\n]*(?:\\n|$))+");

  private Redactor() {}

  /** The text without secrets. */
  public static String text(String text) {
    String left = PRIVATE_KEY.matcher(text).replaceAll(MASK);
    left = URL_USER.matcher(left).replaceAll("$1" + MASK + "@");
    left = BEARER.matcher(left).replaceAll("$1 " + MASK);
    left = BLOCK.matcher(left).replaceAll("$1 " + MASK + "\n");
    return NAMED.matcher(left).replaceAll("$1" + MASK);
  }

  /** The words of a command line without secrets. */
  public static List<String> words(List<String> words) {
    List<String> left = new ArrayList<>();
    boolean follows = false;
    for (String word : words) {
      int equals = word.indexOf('=');
      if (follows && !word.startsWith("--")) {
        left.add(MASK);
        follows = false;
      } else {
        follows = equals < 0 && SECRET_OPTION.matcher(word).matches();
        left.add(text(word));
      }
    }
    return left;
  }
}
