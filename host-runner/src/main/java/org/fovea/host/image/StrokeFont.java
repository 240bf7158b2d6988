package org.fovea.host.image;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A font of straight strokes on a grid, for machines without any other: printable ASCII, all else
 * as a small box. A glyph is a list of polylines, a polyline a run of points, a point two digits: x
 * (0..4) and y (0 top, 6 base line, 8 lowest).
 */
public final class StrokeFont {
  /** Where capitals stand, in grid units below their top. */
  public static final int BASE_LINE = 6;

  /** From the top of capitals to the lowest descender, in grid units. */
  static final double HEIGHT = 7.4;

  private static final double ADVANCE = 5.6;
  private static final int LETTER_STEP = 6;
  private static final double NARROW = 3.2;
  private static final String NARROWS = " !',.:;|ijl";
  private static final String UNKNOWN = "0040460600";
  private static final Map<Integer, String[]> GLYPHS = new HashMap<>();

  static {
    glyphs(
        "! 2024 2626",
        "\" 1012 3032",
        "# 1016 3036 0242 0444",
        "$ 4130100102133344453616 1605 2026",
        "% 0640 0010110100 3545463635",
        "& 46011020310405163644",
        "' 2022",
        "( 30212536",
        ") 10212516",
        "* 2125 0244 0442",
        "+ 2125 0343",
        ", 262718",
        "- 1333",
        ". 2626",
        "/ 0640",
        "0 100105163645413010 1432",
        "1 112026 1636",
        "2 01103041420646",
        "3 01103041423323 3344453616 1605",
        "4 3036 300444",
        "5 400003334445361605",
        "6 4130100105163645443303",
        "7 004016",
        "8 1001021333424130 3010 1304051636454433",
        "9 4313020110304145361605",
        ": 2222 2626",
        "; 2222 262718",
        "< 410345",
        "= 0242 0444",
        "> 014305",
        "? 01103041422324 2626",
        "@ 3423142536 3632 3644413010010516 1646",
        "A 062046 1434",
        "B 00063645443303 3342413000",
        "C 413010010516 1636 3645",
        "D 00063645413000",
        "E 40000646 0333",
        "F 400006 0333",
        "G 4130100105163645 4543 4323",
        "H 0006 4046 0343",
        "I 1030 2026 1636",
        "J 4045361605",
        "K 0006 4003 1346",
        "L 000646",
        "M 0600234046",
        "N 06004640",
        "O 100105163645413010",
        "P 060030414233 3303",
        "Q 100105163645413010 2446",
        "R 060030414233 3303 2346",
        "S 4130100102133344453616 1605",
        "T 0040 2026",
        "U 000516364540",
        "V 002640",
        "W 0016233640",
        "X 0046 4006",
        "Y 0023 4023 2326",
        "Z 00400646",
        "[ 30202636",
        "\\ 0046",
        "] 10202616",
        "^ 022042",
        "_ 0747",
        "` 1021",
        "a 123243 4346 44331304051636 3645",
        "b 0006 05163645433212 1203",
        "c 4332120305163645",
        "d 4046 43321203051636 3645",
        "e 0444433212030516 163645",
        "f 302011 1116 0232",
        "g 42473818 1807 43321203041636 3644",
        "h 0006 0312324346",
        "i 2226 2020",
        "j 222718 2020",
        "k 0006 4203 1446",
        "l 202536",
        "m 0602 0312232326 2332434346",
        "n 0602 0312324346",
        "o 120305163645433212",
        "p 0208 05163645433212 1203",
        "q 4248 43321203051636 3645",
        "r 0602 03123243",
        "s 42321203143445 4536 3606",
        "t 10153645 0232",
        "u 0205163645 4246",
        "v 022642",
        "w 0216243642",
        "x 0246 4206",
        "y 022542 2517 1708",
        "z 02420646",
        "{ 302022132426 2636",
        "| 2027",
        "} 102022332426 2616",
        "~ 0312233442");
  }

  private StrokeFont() {}

  private static void glyphs(String... lines) {
    for (String line : lines) {
      GLYPHS.put((int) line.charAt(0), line.substring(2).split(" ", -1));
    }
  }

  /**
   * The lines of a text, each x, y, x, y, … in grid units: the first letter's left edge at 0, the
   * top of capitals at 0.
   */
  public static List<int[]> strokes(String text) {
    List<int[]> lines = new ArrayList<>();
    int left = 0;
    for (int point : text.codePoints().toArray()) {
      for (String line : glyph(point)) {
        int[] points = line.chars().map(c -> c - '0').toArray();
        for (int i = 0; i < points.length; i += 2) {
          points[i] += left;
        }
        lines.add(points);
      }
      left += LETTER_STEP;
    }
    return lines;
  }

  /** Width of the text in grid units. */
  static double width(String text) {
    return text.codePoints().mapToDouble(StrokeFont::advance).sum();
  }

  /**
   * Draws with the top left corner of the first capital at (left, top); {@code unit} pixels a grid
   * unit.
   */
  static void draw(String text, double left, double top, double unit, Canvas canvas, int colour) {
    double x = left + 0.4 * unit;
    for (int point : text.codePoints().toArray()) {
      double shift = advance(point) == NARROW ? -1 : 0;
      for (String line : glyph(point)) {
        polyline(line, x + shift * unit, top, unit, canvas, colour);
      }
      x += advance(point) * unit;
    }
  }

  private static double advance(int point) {
    return NARROWS.indexOf(point) >= 0 ? NARROW : ADVANCE;
  }

  private static String[] glyph(int point) {
    return point == ' ' ? new String[0] : GLYPHS.getOrDefault(point, new String[] {UNKNOWN});
  }

  private static void polyline(
      String points, double left, double top, double unit, Canvas canvas, int colour) {
    for (int i = 0; i + 3 < points.length(); i += 2) {
      canvas.stroke(
          left + (points.charAt(i) - '0') * unit,
          top + (points.charAt(i + 1) - '0') * unit,
          left + (points.charAt(i + 2) - '0') * unit,
          top + (points.charAt(i + 3) - '0') * unit,
          unit,
          colour);
    }
  }
}
