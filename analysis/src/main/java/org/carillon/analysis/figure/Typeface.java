package org.carillon.analysis.figure;

import java.awt.Font;
import java.awt.FontFormatException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.apache.pdfbox.pdmodel.PDDocument;

/**
 * The letters of all figures: Liberation Sans (SIL Open Font License), which comes with PDFBox, so
 * that a figure looks the same on every machine.
 *
 * <p>Java's font code wants the system's fontconfig even for a font of our own, and fails without.
 * The distribution's runtime therefore has a {@code lib/fontconfig.properties} that names the same
 * font; where it exists, it is used and the system's fonts are never looked at.
 */
public final class Typeface {

  private static final String RESOURCE =
      "/org/apache/pdfbox/resources/ttf/LiberationSans-Regular.ttf";

  private static final String SETTING = "sun.awt.fontconfig";

  private Typeface() {}

  /** Holds the font once it is needed. */
  private static final class Loaded {
    private static final Font FONT = load();

    private static Font load() {
      Path runtime = Path.of(System.getProperty("java.home"), "lib");
      Path own = runtime.resolve("fontconfig.properties");
      if (System.getProperty(SETTING) == null && Files.exists(own)) {
        System.setProperty(SETTING, own.toString());
      }
      try (InputStream in = PDDocument.class.getResourceAsStream(RESOURCE)) {
        // From a stream Java makes a temporary file, for which there may be no room.
        Path file = runtime.resolve("fonts/LiberationSans-Regular.ttf");
        return Files.exists(file)
            ? Font.createFont(Font.TRUETYPE_FONT, file.toFile())
            : Font.createFont(Font.TRUETYPE_FONT, in);
      } catch (IOException | FontFormatException e) {
        throw new IllegalStateException("cannot read " + RESOURCE, e);
      }
    }
  }

  /** The font at a size in units. */
  static Font of(int style, float size) {
    return Loaded.FONT.deriveFont(style, size);
  }

  /** Why nothing can be drawn on this machine, if that is so. */
  public static Optional<String> problem() {
    try {
      Letters.width("0", of(Font.PLAIN, 12));
      return Optional.empty();
    } catch (RuntimeException | LinkageError | InternalError e) {
      Throwable cause = e;
      while (cause.getCause() != null) {
        cause = cause.getCause();
      }
      return Optional.of(String.valueOf(cause.getMessage()));
    }
  }
}
