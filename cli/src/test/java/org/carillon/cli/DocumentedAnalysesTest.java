package org.carillon.cli;

import static org.assertj.core.api.Assertions.assertThatCode;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the documents and the help show of analyze is understood by it. */
class DocumentedAnalysesTest {

  private static final Path CHECKOUT = Path.of("..").toAbsolutePath().normalize();

  private static final Pattern WORD = Pattern.compile("'[^']*'|\"[^\"]*\"|[^\\s'\"]+");
  private static final Set<String> ENDS = Set.of("|", "||", "&&", ">", ";", "#");

  static Stream<String> examples() throws IOException {
    List<String> lines = new ArrayList<>(Files.readAllLines(CHECKOUT.resolve("README.md")));
    try (Stream<Path> documents = Files.list(CHECKOUT.resolve("docs"))) {
      for (Path document : documents.filter(file -> file.toString().endsWith(".md")).toList()) {
        lines.addAll(Files.readAllLines(document));
      }
    }
    lines.addAll(
        List.of(
            Executable.commandLine(new AnalyzeCommand()).getCommandSpec().usageMessage().footer()));
    return lines.stream().filter(line -> line.startsWith("    analyze ")).map(String::strip);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("examples")
  void isUnderstood(String example) {
    List<String> words = new ArrayList<>();
    Matcher word = WORD.matcher(example);
    while (word.find() && !ENDS.contains(word.group())) {
      words.add(word.group().replaceAll("^['\"]|['\"]$", ""));
    }
    String[] arguments = words.subList(1, words.size()).toArray(String[]::new);
    assertThatCode(() -> Executable.commandLine(new AnalyzeCommand()).parseArgs(arguments))
        .doesNotThrowAnyException();
  }
}
