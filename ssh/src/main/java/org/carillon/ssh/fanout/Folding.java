package org.carillon.ssh.fanout;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
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

  /** After {@code user@}, or one of IPv4 alone; ports stay. */
  private static final Pattern ADDRESS =
      Pattern.compile("(?<=\\w@)[\\w.:%-]*\\w(?=:\\d)|(?<=\\w@)[\\w.%-]+|\\b\\d+(?:\\.\\d+){3}\\b");

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
   * that equal ones fold. Where they differ only in the host's own name or address, HOST stands for
   * it.
   */
  public static List<Folded> foldSentences(Map<String, String> sentenceByHost) {
    Map<String, String> texts = new LinkedHashMap<>();
    sentenceByHost.forEach(
        (host, sentence) ->
            texts.put(
                host,
                sentence.startsWith(host + ": ")
                    ? sentence.substring(host.length() + 2)
                    : sentence));
    Map<String, Set<String>> variants = new HashMap<>();
    texts.forEach(
        (host, text) ->
            variants.computeIfAbsent(common(host, text), key -> new HashSet<>()).add(text));
    texts.replaceAll(
        (host, text) -> variants.get(common(host, text)).size() == 1 ? text : common(host, text));
    return fold(texts);
  }

  /** The text with HOST in place of what only this host is called. */
  private static String common(String host, String text) {
    String bare = host.substring(host.lastIndexOf('@') + 1).replaceFirst(":\\d+$", "");
    String named = text.replaceAll("(?<![\\w.-])" + Pattern.quote(bare) + "(?![\\w-])", "HOST");
    return ADDRESS.matcher(named).replaceAll("HOST");
  }
}
