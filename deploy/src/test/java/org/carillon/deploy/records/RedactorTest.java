package org.carillon.deploy.records;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RedactorTest {

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          password=hunter2                          | password=***
          DB_PASSWORD=hunter2 next                  | DB_PASSWORD=*** next
          service.env.api_key: 'a b hunter2'        | service.env.api_key: ***
          {"token": "hunter2", "port": 7070}        | {"token": ***, "port": 7070}
          echo --token hunter2 --port 7070          | echo --token *** --port 7070
          --set service.secret=hunter2,x            | --set service.secret=***,x
          https://alice:hunter2@host/path           | https://***@host/path
          https://alice:hun@ter2@host/path          | https://***@host/path
          start: [bin/it, --token, hunter2, --port] | start: [bin/it, --token, ***, --port]
          Authorization: Bearer hunter2hunter2      | Authorization: Bearer ***
          the backup of shared/tokens-of-love stays | the backup of shared/tokens-of-love stays
          --port 7070                               | --port 7070
          """)
  void takesOutWhatLooksLikeASecretAndNothingElse(String text, String redacted) {
    assertThat(Redactor.text(text)).isEqualTo(redacted);
  }

  @Test
  void takesOutSecretsOnLinesOfTheirOwn() {
    assertThat(Redactor.text("start:\n  - --token\n  - hunter2\n  - --port\n"))
        .isEqualTo("start:\n  - --token\n  - ***\n  - --port\n");
    assertThat(Redactor.text("password: |\n  hun\n  ter2\nname: echo\n"))
        .doesNotContain("hun", "ter2")
        .contains("password: ", "***", "name: echo\n");
  }

  @Test
  void takesOutPrivateKeysAlsoTornOnes() {
    String key = "-----BEGIN OPENSSH PRIVATE KEY-----\nb3Blbn\n-----END OPENSSH PRIVATE KEY-----";
    assertThat(Redactor.text("a\n" + key + "\nb")).isEqualTo("a\n***\nb");
    assertThat(Redactor.text("a " + key.substring(0, 40))).isEqualTo("a ***");
  }

  @Test
  void takesOutTheWordAfterAnOptionThatNamesASecret() {
    assertThat(Redactor.words(List.of("run", "--api-key", "hunter2", "--password=x", "--to", "y")))
        .containsExactly("run", "--api-key", "***", "--password=***", "--to", "y");
  }
}
