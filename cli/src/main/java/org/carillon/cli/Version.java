package org.carillon.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;
import picocli.CommandLine;

/** What {@code --version} prints; the number comes from the build. */
public final class Version implements CommandLine.IVersionProvider {

  /** What launchers say, so that no jar need be opened for it. */
  private static final String PROPERTY = "carillon.version";

  /** The version of this build, such as 0.1.0. */
  static String number() {
    String said = System.getProperty(PROPERTY);
    return said == null ? recorded() : said;
  }

  private static String recorded() {
    Properties properties = new Properties();
    try (InputStream in = Version.class.getResourceAsStream("version.properties")) {
      properties.load(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return properties.getProperty("version");
  }

  /** The line that {@code --version} prints. */
  static String line() {
    return "Carillon " + number();
  }

  @Override
  public String[] getVersion() {
    return new String[] {line()};
  }
}
