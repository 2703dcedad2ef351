package org.carillon.analysis.figure;

import de.rototor.pdfbox.graphics2d.PdfBoxGraphics2D;
import java.awt.Color;
import java.awt.Dimension;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.apache.batik.svggen.SVGGeneratorContext;
import org.apache.batik.svggen.SVGGraphics2D;
import org.apache.batik.svggen.SVGIDGenerator;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDPageContentStream;
import org.apache.pdfbox.pdmodel.common.PDRectangle;
import org.apache.pdfbox.util.Matrix;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

/** Writes a figure in each of the formats. */
public final class FigureWriter {

  /** Units of paper around a figure. */
  private static final int MARGIN = 10;

  /** A figure of one column's width comes out 85 mm wide. */
  private static final double MILLIMETRES_PER_UNIT = 85.0 / (Style.COLUMN_WIDTH + 2 * MARGIN);

  private static final double MILLIMETRES_PER_INCH = 25.4;

  private static final double POINTS_PER_UNIT = MILLIMETRES_PER_UNIT / MILLIMETRES_PER_INCH * 72;

  private static final int MILLIMETRES_PER_METRE = 1000;

  private static final int DOTS_PER_INCH = 300;

  private static final double PIXELS_PER_UNIT =
      MILLIMETRES_PER_UNIT / MILLIMETRES_PER_INCH * DOTS_PER_INCH;

  private static final int PIXELS_PER_METRE =
      (int) Math.round(DOTS_PER_INCH / MILLIMETRES_PER_INCH * MILLIMETRES_PER_METRE);

  private static final String SVG = "http://www.w3.org/2000/svg";

  private FigureWriter() {}

  /** The figure as a PNG file's content, with its resolution. */
  public static byte[] png(Figure figure) {
    BufferedImage image =
        new BufferedImage(
            (int) Math.round(width(figure) * PIXELS_PER_UNIT),
            (int) Math.round(height(figure) * PIXELS_PER_UNIT),
            BufferedImage.TYPE_INT_RGB);
    Graphics2D g = image.createGraphics();
    g.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    g.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
    g.setColor(Color.WHITE);
    g.fillRect(0, 0, image.getWidth(), image.getHeight());
    g.scale(PIXELS_PER_UNIT, PIXELS_PER_UNIT);
    paint(figure, g);
    g.dispose();
    return PngFile.of(image, PIXELS_PER_METRE);
  }

  /** The figure as an SVG element, to stand alone or in a page beside others. */
  public static String svg(Figure figure) {
    try {
      Document document =
          DocumentBuilderFactory.newInstance()
              .newDocumentBuilder()
              .getDOMImplementation()
              .createDocument(SVG, "svg", null);
      SVGGeneratorContext context = SVGGeneratorContext.createDefault(document);
      context.setComment(null);
      context.setPrecision(2);
      context.setIDGenerator(new UniqueIds(figure.name()));
      SVGGraphics2D g = new SVGGraphics2D(context, true);
      int width = width(figure);
      int height = height(figure);
      g.setSVGCanvasSize(new Dimension(width, height));
      paint(figure, g);
      Element root = g.getRoot();
      root.setAttributeNS(null, "viewBox", "0 0 " + width + " " + height);
      root.setAttributeNS(null, "role", "img");
      root.setAttributeNS(null, "aria-label", figure.title() + ". " + figure.caption());
      StringWriter text = new StringWriter(1 << 17);
      g.stream(root, text, true, false);
      String markup = text.toString();
      return SvgPaths.shorter(markup.substring(markup.indexOf("<svg")));
    } catch (ParserConfigurationException e) {
      throw new IllegalStateException("the platform cannot make an XML document", e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Ids that differ between figures, so that several can stand in one page. */
  private static final class UniqueIds extends SVGIDGenerator {
    private final String name;

    UniqueIds(String name) {
      this.name = name;
    }

    @Override
    public String generateID(String prefix) {
      return name + "-" + super.generateID(prefix);
    }
  }

  /** The figure as a PDF file's content, at the size it is meant to have on paper. */
  public static byte[] pdf(Figure figure) {
    float width = (float) (width(figure) * POINTS_PER_UNIT);
    float height = (float) (height(figure) * POINTS_PER_UNIT);
    try (PDDocument document = new PDDocument()) {
      PDPage page = new PDPage(new PDRectangle(width, height));
      document.addPage(page);
      PdfBoxGraphics2D g = new PdfBoxGraphics2D(document, width(figure), height(figure));
      paint(figure, g);
      g.dispose();
      try (PDPageContentStream content = new PDPageContentStream(document, page)) {
        content.transform(
            Matrix.getScaleInstance((float) POINTS_PER_UNIT, (float) POINTS_PER_UNIT));
        content.drawForm(g.getXFormObject());
      }
      document.getDocumentInformation().setTitle(figure.title());
      ByteArrayOutputStream bytes = new ByteArrayOutputStream(1 << 16);
      document.save(bytes);
      return bytes.toByteArray();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static int width(Figure figure) {
    return figure.picture().width() + 2 * MARGIN;
  }

  private static int height(Figure figure) {
    return figure.picture().height() + 2 * MARGIN;
  }

  private static void paint(Figure figure, Graphics2D g) {
    g.setColor(Color.WHITE);
    g.fill(new Rectangle2D.Double(0, 0, width(figure), height(figure)));
    g.translate(MARGIN, MARGIN);
    figure.picture().paint(g);
  }
}
