package org.carillon.core.keys;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.events.AliasEvent;
import org.yaml.snakeyaml.events.DocumentEndEvent;
import org.yaml.snakeyaml.events.DocumentStartEvent;
import org.yaml.snakeyaml.events.Event;
import org.yaml.snakeyaml.events.MappingEndEvent;
import org.yaml.snakeyaml.events.MappingStartEvent;
import org.yaml.snakeyaml.events.NodeEvent;
import org.yaml.snakeyaml.events.ScalarEvent;
import org.yaml.snakeyaml.events.SequenceEndEvent;
import org.yaml.snakeyaml.events.SequenceStartEvent;
import org.yaml.snakeyaml.events.StreamStartEvent;
import org.yaml.snakeyaml.parser.ParserImpl;
import org.yaml.snakeyaml.reader.StreamReader;

/**
 * Turns YAML text into a tree that keeps every location.
 *
 * <p>The parser's events are walked one by one instead of loading objects: no type is guessed, no
 * tag constructs anything, and depth, size and aliases are limited before they can cost memory.
 */
public final class YamlText {

  /** An experiment of a thousand nodes takes a tenth of this. */
  public static final int SIZE_MAX_BYTES = 1 << 20;

  /** The deepest key has four levels. */
  public static final int DEPTH_MAX = 16;

  private final String source;
  private final Optional<Location> fixed;
  private final Complaints complaints;
  private final ParserImpl parser;

  private YamlText(String source, Optional<Location> fixed, String text, Complaints complaints) {
    this.source = source;
    this.fixed = fixed;
    this.complaints = complaints;
    LoaderOptions options = new LoaderOptions();
    options.setCodePointLimit(SIZE_MAX_BYTES);
    this.parser = new ParserImpl(new StreamReader(text), options);
  }

  /**
   * Reads a file's content.
   *
   * @param source the file's name for complaints
   * @return the tree; empty if the text is no YAML, which is then among the complaints
   */
  public static Optional<YamlNode> parse(String source, byte[] content, Complaints complaints) {
    if (content.length > SIZE_MAX_BYTES) {
      complaints.add(
          Location.inFile(source, 1, 1),
          "",
          "the file has " + content.length + " bytes, but 1 MiB is the most it may have");
      return Optional.empty();
    }
    String text;
    try {
      text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(content)).toString();
    } catch (CharacterCodingException e) {
      complaints.add(Location.inFile(source, 1, 1), "", "the file is not UTF-8 text");
      return Optional.empty();
    }
    return parse(source, Optional.empty(), text, complaints);
  }

  /** Reads the value of an option; every location in it is the option. */
  public static Optional<YamlNode> parseOption(String option, String text, Complaints complaints) {
    return parse(option, Optional.of(Location.inOption(option)), text, complaints);
  }

  private static Optional<YamlNode> parse(
      String source, Optional<Location> fixed, String text, Complaints complaints) {
    try {
      return Optional.of(new YamlText(source, fixed, text, complaints).document());
    } catch (Refused e) {
      complaints.add(e.at, "", e.getMessage());
    } catch (MarkedYAMLException e) {
      Mark mark = e.getProblemMark() == null ? e.getContextMark() : e.getProblemMark();
      Location at =
          fixed.orElseGet(
              () ->
                  mark == null
                      ? Location.inFile(source, 1, 1)
                      : Location.inFile(source, mark.getLine() + 1, mark.getColumn() + 1));
      String problem = e.getProblem() == null ? e.getContext() : e.getProblem();
      complaints.add(at, "", "not valid YAML: " + problem);
    } catch (YAMLException | IllegalArgumentException | IndexOutOfBoundsException e) {
      // The parser's own slips on malformed escapes and tags are the text's fault all the same.
      String problem = e.getMessage() == null ? "unreadable" : e.getMessage();
      complaints.add(
          fixed.orElse(Location.inFile(source, 1, 1)),
          "",
          "not valid YAML: " + problem.lines().findFirst().orElse("unreadable"));
    }
    return Optional.empty();
  }

  private YamlNode document() {
    Event event = parser.getEvent();
    Location start = fixed.orElse(Location.inFile(source, 1, 1));
    YamlNode root = YamlNode.Mapping.empty(start);
    int documents = 0;
    while (parser.peekEvent() != null) {
      event = parser.getEvent();
      switch (event) {
        case StreamStartEvent e -> {}
        case DocumentStartEvent e -> {
          if (++documents > 1) {
            throw new Refused(at(e), "a second YAML document begins here, but one is all there is");
          }
        }
        case DocumentEndEvent e -> {}
        case NodeEvent e -> root = node(e, 1);
        default -> {}
      }
    }
    return root;
  }

  private YamlNode node(Event event, int depth) {
    if (depth > DEPTH_MAX) {
      throw new Refused(at(event), "nested deeper than " + DEPTH_MAX + " levels");
    }
    if (event instanceof AliasEvent
        || event instanceof NodeEvent anchored && anchored.getAnchor() != null) {
      throw new Refused(
          at(event), "anchors (&) and aliases (*) are not used here: repeat the value");
    }
    return switch (event) {
      case ScalarEvent e -> new YamlNode.Scalar(at(e), e.getValue(), e.isPlain());
      case SequenceStartEvent e -> sequence(e, depth);
      case MappingStartEvent e -> mapping(e, depth);
      default -> throw new Refused(at(event), "not valid YAML: a value is missing");
    };
  }

  private YamlNode sequence(SequenceStartEvent start, int depth) {
    List<YamlNode> items = new ArrayList<>();
    while (true) {
      Event event = parser.getEvent();
      if (event instanceof SequenceEndEvent) {
        return new YamlNode.Sequence(at(start), items);
      }
      items.add(node(event, depth + 1));
    }
  }

  private YamlNode mapping(MappingStartEvent start, int depth) {
    SequencedMap<String, YamlNode.Entry> entries = new LinkedHashMap<>();
    while (true) {
      Event event = parser.getEvent();
      if (event instanceof MappingEndEvent) {
        return new YamlNode.Mapping(at(start), entries);
      }
      YamlNode key = node(event, depth + 1);
      if (!(key instanceof YamlNode.Scalar name)) {
        throw new Refused(key.at(), "a key must be a word, not " + key.kind());
      }
      YamlNode value = node(parser.getEvent(), depth + 1);
      YamlNode.Entry before = entries.get(name.text());
      if (before == null) {
        entries.put(name.text(), new YamlNode.Entry(name.at(), value));
      } else {
        complaints.add(
            name.at(), name.text(), "this key stands here twice, first at " + before.keyAt());
      }
    }
  }

  private Location at(Event event) {
    Mark mark = event.getStartMark();
    return fixed.orElseGet(() -> Location.inFile(source, mark.getLine() + 1, mark.getColumn() + 1));
  }

  /** Ends the walk at a fault that leaves nothing to go on with. */
  private static final class Refused extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final transient Location at;

    Refused(Location at, String sentence) {
      super(sentence);
      this.at = at;
    }
  }
}
