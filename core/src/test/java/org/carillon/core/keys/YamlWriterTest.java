package org.carillon.core.keys;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class YamlWriterTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1.10",
        "010",
        "1e3",
        "1_000",
        "0x1f",
        ".5",
        "1.",
        "12:30:45",
        "2026-11-22",
        "2026-11-22T10:00:00Z",
        "no",
        "Yes",
        "off",
        "True",
        "NULL",
        "y",
        ".inf",
        "~",
        "",
        " ",
        "+5",
        "-5",
        "5",
        "0",
        "0.25",
        "true",
        "30s",
        "10%",
        "64MiB",
        "bell[1-3]",
        "it's",
        "a: b",
        "a #b",
        "first\nsecond\n",
        "tab\tand \"quotes\" \\",
        "schön\u0085\u2028",
        "123456789012345678901",
        "http://a:1/b?c=d",
        "{a}",
        "- a",
        "a,b"
      })
  void everyReaderOfYamlReadsBackTheSameText(String text) throws IOException {
    Map<String, Object> texts = new LinkedHashMap<>();
    texts.put("alone", text);
    texts.put("listed", List.of(text, "other"));
    String yaml = YamlWriter.write(texts, Set.of());
    JsonNode read = new YAMLMapper().readTree(yaml);
    assertThat(read.get("alone").asText()).isEqualTo(text);
    assertThat(read.get("alone").isNull()).isFalse();
    assertThat(read.get("listed").get(0).asText()).isEqualTo(text);
    Complaints complaints = new Complaints("file");
    YamlNode ours =
        YamlText.parse("file", yaml.getBytes(StandardCharsets.UTF_8), complaints).orElseThrow();
    complaints.throwIfAny();
    YamlNode.Scalar scalar =
        (YamlNode.Scalar) ((YamlNode.Mapping) ours).entries().get("alone").value();
    assertThat(scalar.text()).isEqualTo(text);
    assertThat(scalar.isNull()).isFalse();
  }

  @Test
  void whatIsTheSameNumberOrWordAnyhowHasNoQuotes() {
    Map<String, Object> texts = new LinkedHashMap<>(Map.of("port", "7171"));
    texts.put("share", "0.25");
    texts.put("tcp", "true");
    texts.put("version", "1.10");
    texts.put("release", "1.10.2");
    assertThat(YamlWriter.write(texts, Set.of()))
        .isEqualTo("port: 7171\nshare: 0.25\ntcp: true\nversion: '1.10'\nrelease: 1.10.2\n");
  }
}
