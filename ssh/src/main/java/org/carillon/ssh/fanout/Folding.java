package org.carillon.ssh.fanout;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.carillon.ssh.HostSentence;
import org.carillon.ssh.nodeset.NodeSet;

/** Puts hosts that say the same together. */
public final class Folding {

  /**
   * Hosts that say the same.
   *
   * @param hosts one at least
   * @param text what they say
   */
  public record Folded(NodeSet hosts, String text) {

    /** The hosts and how many they are: {@code node[001-126] (126)}, or one name. */
    public String who() {
      return hosts.size() == 1 ? hosts.toString() : hosts + " (" + hosts.size() + ")";
    }

    /** As one line: {@code node[001-126] (126): ok}. */
    @Override
    public String toString() {
      return who() + ": " + text;
    }
  }

  /** After {@code user@}; ports stay. */
  private static final String ADDRESS = "(?<=\\w@)[\\w.:%-]*\\w(?=:\\d)|(?<=\\w@)[\\w.%-]*\\w";

  /** What is said of a gateway is not said of the host behind it. */
  private static final Pattern OF_GATEWAY = Pattern.compile("(?:^|: )gateway \\S+: ");

  private Folding() {}

  /** One entry per different text; those that most hosts say first. */
  public static List<Folded> fold(Map<String, String> textByHost) {
    Map<String, List<String>> hostsByText = new LinkedHashMap<>();
    textByHost.forEach(
        (host, text) -> hostsByText.computeIfAbsent(text, key -> new ArrayList<>()).add(host));
    List<Folded> folded = new ArrayList<>();
    hostsByText.forEach((text, hosts) -> folded.add(new Folded(NodeSet.of(hosts), text)));
    folded.sort(Comparator.comparingInt((Folded one) -> one.hosts().size()).reversed());
    return List.copyOf(folded);
  }

  /**
   * Sentences as the outcomes have them, {@code node1: disk full}, without the name in front, so
   * that equal ones fold. Where sentences differ only in that each names its own host, by name or
   * address, HOST stands for it; what several hosts name, such as a server, stays.
   */
  public static List<Folded> foldSentences(Map<String, String> sentenceByHost) {
    Map<String, List<Naming>> alike = new LinkedHashMap<>();
    sentenceByHost.forEach(
        (host, sentence) -> {
          Naming naming = Naming.of(host, HostSentence.bare(host, sentence));
          alike.computeIfAbsent(naming.pattern(), key -> new ArrayList<>()).add(naming);
        });
    Map<String, String> common = new HashMap<>();
    alike.values().forEach(namings -> common.putAll(common(namings)));
    Map<String, Long> hosts =
        common.values().stream()
            .collect(Collectors.groupingBy(text -> text, Collectors.counting()));
    Map<String, String> texts = new LinkedHashMap<>();
    sentenceByHost.forEach(
        (host, sentence) -> {
          String text = common.get(host);
          texts.put(host, hosts.get(text) > 1 ? text : HostSentence.bare(host, sentence));
        });
    return fold(texts);
  }

  /** The text of each host, with HOST at those places where no two have the same. */
  private static Map<String, String> common(List<Naming> namings) {
    int places = namings.getFirst().names().size();
    Set<Integer> own = new HashSet<>();
    for (int place = 0; place < places; place++) {
      int at = place;
      if (namings.size() > 1
          && namings.stream().map(naming -> naming.names().get(at)).distinct().count()
              == namings.size()) {
        own.add(place);
      }
    }
    return namings.stream()
        .collect(Collectors.toMap(Naming::host, naming -> naming.withHostAt(own)));
  }

  /**
   * A text and the names in it that may be its host's.
   *
   * @param parts what stands before, between and behind the names
   */
  private record Naming(String host, List<String> parts, List<String> names) {

    static Naming of(String host, String text) {
      String bare = host.substring(host.lastIndexOf('@') + 1).replaceFirst(":\\d+$", "");
      String own = "(?<![\\w.-])" + Pattern.quote(bare) + "(?![\\w-])";
      boolean ofGateway = OF_GATEWAY.matcher(text).find();
      Matcher matcher = Pattern.compile(ofGateway ? own : ADDRESS + "|" + own).matcher(text);
      List<String> parts = new ArrayList<>();
      List<String> names = new ArrayList<>();
      int end = 0;
      while (matcher.find()) {
        parts.add(text.substring(end, matcher.start()));
        names.add(matcher.group());
        end = matcher.end();
      }
      parts.add(text.substring(end));
      return new Naming(host, parts, names);
    }

    /** The same for all texts that differ in names at most. */
    String pattern() {
      return String.join("\0", parts);
    }

    String withHostAt(Set<Integer> places) {
      StringBuilder text = new StringBuilder(parts.getFirst());
      for (int i = 0; i < names.size(); i++) {
        text.append(places.contains(i) ? "HOST" : names.get(i)).append(parts.get(i + 1));
      }
      return text.toString();
    }
  }
}
