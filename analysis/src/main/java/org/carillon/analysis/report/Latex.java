package org.carillon.analysis.report;

import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Writes tables as LaTeX floats, to be read with {@code \input}. They need the packages booktabs
 * and graphicx, and a LaTeX of 2020 or later, which reads UTF-8 by itself.
 */
public final class Latex {

  /** A cell longer than this is set in several lines. */
  private static final int LONG = 24;

  /** Letters of one word that may stand side by side without a place to break. */
  private static final int UNBROKEN = 16;

  /** A table whose columns have more letters side by side is set in small type. */
  private static final int WIDE = 72;

  private static final String NEEDED = "% Needs \\usepackage{booktabs,graphicx}.\n";

  /** How wide a table comes out only TeX knows: it is measured, and made smaller if need be. */
  private static final String SHRUNK =
      "\\ifdim\\wd0>\\linewidth\\resizebox{\\linewidth}{!}{\\usebox0}\\else\\usebox0\\fi\n";

  private static final Map<Integer, String> SYMBOLS =
      Map.ofEntries(
          Map.entry((int) '\\', "\\textbackslash{}"),
          Map.entry((int) '{', "\\{"),
          Map.entry((int) '}', "\\}"),
          Map.entry((int) '$', "\\$"),
          Map.entry((int) '&', "\\&"),
          Map.entry((int) '#', "\\#"),
          Map.entry((int) '%', "\\%"),
          Map.entry((int) '_', "\\_"),
          Map.entry((int) '^', "\\textasciicircum{}"),
          Map.entry((int) '~', "\\textasciitilde{}"),
          Map.entry((int) '<', "\\textless{}"),
          Map.entry((int) '>', "\\textgreater{}"),
          Map.entry((int) '|', "\\textbar{}"),
          Map.entry((int) '"', "''"),
          Map.entry((int) '\'', "\\textquotesingle{}"),
          Map.entry((int) '`', "\\textasciigrave{}"),
          // Brackets and stars after the end of a row would be taken for its options.
          Map.entry((int) '[', "{[}"),
          Map.entry((int) ']', "{]}"),
          Map.entry((int) '*', "{*}"),
          Map.entry(0x00A0, "~"),
          Map.entry((int) '±', "\\ensuremath{\\pm}"),
          Map.entry((int) '×', "\\ensuremath{\\times}"),
          Map.entry((int) '·', "\\ensuremath{\\cdot}"),
          Map.entry((int) '−', "\\ensuremath{-}"),
          Map.entry((int) '≤', "\\ensuremath{\\le}"),
          Map.entry((int) '≥', "\\ensuremath{\\ge}"),
          Map.entry((int) '≠', "\\ensuremath{\\neq}"),
          Map.entry((int) '⌈', "\\ensuremath{\\lceil}"),
          Map.entry((int) '⌉', "\\ensuremath{\\rceil}"),
          Map.entry((int) 'µ', "\\ensuremath{\\mu}"),
          Map.entry((int) 'μ', "\\ensuremath{\\mu}"),
          Map.entry((int) 'ε', "\\ensuremath{\\varepsilon}"),
          Map.entry((int) 'σ', "\\ensuremath{\\sigma}"),
          Map.entry((int) 'τ', "\\ensuremath{\\tau}"),
          Map.entry((int) 'θ', "\\ensuremath{\\theta}"),
          Map.entry((int) 'δ', "\\ensuremath{\\delta}"),
          Map.entry((int) '⁻', "\\textsuperscript{-}"),
          Map.entry((int) '¹', "\\textsuperscript{1}"),
          Map.entry((int) '²', "\\textsuperscript{2}"),
          Map.entry((int) '³', "\\textsuperscript{3}"),
          Map.entry((int) '→', "\\ensuremath{\\rightarrow}"),
          Map.entry((int) '–', "--"),
          Map.entry((int) '—', "---"),
          Map.entry((int) '…', "\\dots{}"));

  private Latex() {}

  /** One table, for a file of its own. */
  public static String of(Table table) {
    return NEEDED + "\n" + table(table);
  }

  /** All of them, for one file. */
  public static String of(List<Table> tables) {
    return NEEDED + tables.stream().map(table -> "\n" + table(table)).collect(Collectors.joining());
  }

  private static String table(Table table) {
    StringBuilder text = new StringBuilder(1 << 12);
    text.append("\\begin{table}[htbp]\n\\centering\n");
    if (isWide(table)) {
      text.append("\\scriptsize\\setlength{\\tabcolsep}{3pt}\n");
    }
    text.append("\\caption{").append(escaped(table.heading())).append('.');
    if (!table.caption().isEmpty()) {
      text.append(' ').append(escaped(table.caption()));
    }
    text.append("}\n\\label{tab:").append(table.name()).append("}\n");
    text.append("\\sbox0{\\begin{tabular}{@{}").append(columns(table)).append("@{}}\n\\toprule\n");
    row(text, table.headers());
    text.append("\\midrule\n");
    table.shown().forEach(row -> row(text, row));
    text.append("\\bottomrule\n\\end{tabular}}%\n").append(SHRUNK);
    return text.append("\\end{table}\n").toString();
  }

  private static String columns(Table table) {
    BitSet numeric = table.numericColumns();
    StringBuilder columns = new StringBuilder();
    for (int column = 0; column < table.headers().size(); column++) {
      columns.append(numeric.get(column) ? "r" : isLong(table, column) ? "p{0.2\\linewidth}" : "l");
    }
    return columns.toString();
  }

  private static boolean isWide(Table table) {
    int letters = 0;
    for (int column = 0; column < table.headers().size(); column++) {
      letters += 2 + width(table, column);
    }
    return letters > WIDE;
  }

  private static int width(Table table, int column) {
    int widest = table.headers().get(column).length();
    for (List<String> row : table.shown()) {
      widest = Math.max(widest, Math.min(LONG, row.get(column).length()));
    }
    return widest;
  }

  private static boolean isLong(Table table, int column) {
    return table.shown().stream().anyMatch(row -> row.get(column).length() > LONG);
  }

  private static void row(StringBuilder text, List<String> cells) {
    text.append(cells.stream().map(Latex::escaped).collect(Collectors.joining(" & ")));
    text.append(" \\\\\n");
  }

  /**
   * A text none of which is taken for a command. A letter that no common font has is told by its
   * code point.
   */
  static String escaped(String content) {
    StringBuilder escaped = new StringBuilder(content.length() + 16);
    int unbroken = 0;
    int last = 0;
    for (int c : content.codePoints().toArray()) {
      if (c == last && (c == '-' || c == ',')) { // else they would grow together
        escaped.append("{}");
      }
      last = c;
      unbroken = Character.isLetterOrDigit(c) ? unbroken + 1 : 0;
      if (unbroken > UNBROKEN) {
        escaped.append("\\allowbreak{}");
        unbroken = 1;
      }
      escaped.append(letter(c));
    }
    return escaped.toString();
  }

  private static String letter(int c) {
    String symbol = SYMBOLS.get(c);
    if (symbol != null) {
      return symbol;
    }
    if (Character.isISOControl(c) || c == 0x2028 || c == 0x2029) {
      return " ";
    }
    boolean ascii = c < 0x7F;
    boolean latin = c >= 0xC0 && c <= 0xFF && "ÐÞðþ".indexOf(c) < 0;
    return ascii || latin ? Character.toString(c) : String.format("{[}U+%04X{]}", c);
  }
}
