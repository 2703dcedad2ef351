package org.carillon.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Whether this process uses the ahead-of-time cache that its launcher names. Java passes over one
 * that does not fit, and tells why only to another process that is asked to.
 */
final class AotCache {

  private static final Path COMMAND_LINE = Path.of("/proc/self/cmdline");
  private static final String OPTION = "-XX:AOTCache=";
  private static final String LOGGING = "-Xlog";

  /** What comes next in the launcher's command line is the class path, and then the main class. */
  private static final String CLASS_PATH = "-cp";

  /** The first of the sentences that Java says whatever the reason was. */
  private static final String JAVAS_GENERALITIES = "An error has occurred";

  private AotCache() {}

  /** One sentence for the log. */
  static String state() {
    List<String> words = commandLine();
    Optional<Path> file = file(words);
    if (file.isEmpty()) {
      return "no ahead-of-time cache was asked for";
    }
    // HotSpot adds the word when it has mapped an archive of classes, and there is no other than
    // the cache.
    if (System.getProperty("java.vm.info", "").contains("sharing")) {
      return "the ahead-of-time cache " + file.get() + " is in use";
    }
    return "the ahead-of-time cache "
        + file.get()
        + " is not used, the start takes longer: "
        + (Files.exists(file.get()) ? reason(words) : "there is no such file");
  }

  /** The file that counts: the last one named. */
  static Optional<Path> file(List<String> words) {
    return words.stream()
        .filter(word -> word.startsWith(OPTION))
        .reduce((first, second) -> second)
        .map(word -> Path.of(word.substring(OPTION.length())));
  }

  /** The command line of a process that starts as this one did, tells about its cache, and ends. */
  static List<String> question(List<String> words) {
    List<String> question = new ArrayList<>();
    int end = words.indexOf(CLASS_PATH) + 2;
    words.subList(0, end).stream().filter(word -> !word.startsWith(LOGGING)).forEach(question::add);
    question.addAll(List.of("-Xlog:disable", "-Xlog:aot*=warning:stdout:none", "-version"));
    return question;
  }

  private static String reason(List<String> words) {
    try {
      Process process =
          new ProcessBuilder(question(words))
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      try (BufferedReader log = process.inputReader()) {
        return log.lines()
            .map(String::strip)
            .filter(line -> !line.isEmpty())
            .takeWhile(line -> !line.startsWith(JAVAS_GENERALITIES))
            .collect(Collectors.joining("; "));
      }
    } catch (IOException | IndexOutOfBoundsException e) {
      return "Java could not be asked why (" + e.getMessage() + ")";
    }
  }

  private static List<String> commandLine() {
    try {
      return List.of(Files.readString(COMMAND_LINE).split("\0"));
    } catch (IOException e) {
      return List.of();
    }
  }
}
