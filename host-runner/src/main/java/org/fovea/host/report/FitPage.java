package org.fovea.host.report;

import java.util.List;
import java.util.stream.IntStream;

/** Where a model fits, as one page: the verdicts, what fills each memory, each plan over time. */
public final class FitPage {
  private final FitSheet sheet;
  private final Html html = new Html();

  private FitPage(FitSheet sheet) {
    this.sheet = sheet;
  }

  /** The whole document; it loads nothing and runs nothing. */
  public static String of(FitSheet sheet) {
    return new FitPage(sheet).document();
  }

  private String document() {
    Page.head(html, "Fit of " + sheet.model());
    header();
    facts();
    if (!sheet.boards().isEmpty()) {
      verdicts();
      memories();
    }
    plans();
    html.open("footer").element("p", "Model SHA-256 " + sheet.sha256());
    html.element("p", "Sizes are exact or upper bounds; work is estimated.");
    html.close().line();
    return html.close().close().close().document();
  }

  private void header() {
    long good = sheet.boards().stream().filter(FitPage::fits).count();
    html.open("header").element("p", "Fovea fit", "class", "kicker");
    html.element("h1", sheet.model());
    String boards = sheet.boards().size() == 1 ? " board" : " boards";
    html.element("p", "on " + sheet.boards().size() + boards, "class", "lead");
    html.open("p", "class", "chips");
    if (sheet.boards().size() > 1) {
      Page.chip(html, good > 0 ? "ok" : "bad", "fits on " + good + " of " + sheet.boards().size());
    } else {
      Page.chip(html, good > 0 ? "ok" : "bad", good > 0 ? "fits" : "does not fit");
    }
    html.close().close().line();
  }

  private void facts() {
    html.open("section", "class", "card").open("dl");
    sheet.facts().forEach(f -> RunSection.fact(html, f.name(), f.value()));
    html.close().close().line();
  }

  private static boolean fits(FitSheet.Board board) {
    return board.best().isPresent();
  }

  private void verdicts() {
    section(
        "Verdicts",
        "What is left in the region of the activations, or the region that is too small and by how"
            + " much. Amber: they lie in another chip, which is slower. The frame marks the plan to"
            + " take.");
    html.open("div", "class", "scroll").open("table", "class", "verdicts").open("thead").open("tr");
    html.element("th", "board");
    for (FitSheet.Plan plan : sheet.plans()) {
      html.open("th").text(plan.title()).single("br");
      String size = Figures.size(plan.arena()) + " · ×" + Figures.decimal(plan.work(), 2);
      html.element("span", size, "class", "quiet nowrap").close();
    }
    html.close().close().line().open("tbody");
    sheet.boards().forEach(this::verdict);
    html.close().close().close().close().line();
  }

  private void verdict(FitSheet.Board board) {
    html.open("tr").open("td");
    html.element("a", board.id(), "href", "#" + board.id(), "class", "nowrap");
    if (!board.notes().isEmpty()) {
      html.element("div", "has an accelerator", "class", "quiet small nowrap");
    }
    html.close();
    for (int i = 0; i < board.cells().size(); i++) {
      FitSheet.Cell cell = board.cells().get(i);
      boolean best = board.best().isPresent() && board.best().get() == i;
      String kind = !cell.fits() ? "no" : cell.outside() ? "outside" : "yes";
      html.open("td", "class", kind + (best ? " best" : ""));
      html.element("strong", cell.fits() ? "fits" : "short").text(" " + Figures.size(cell.bytes()));
      html.element("div", cell.region(), "class", "small").close();
    }
    html.close().line();
  }

  private void memories() {
    section(
        "Memories",
        "What fills each region with the framed plan, or with the first one where none fits.");
    RegionBars.legend(html, sheet.boards());
    html.open("div", "class", "boards").line();
    sheet.boards().forEach(this::board);
    html.close().close().line();
  }

  private void board(FitSheet.Board board) {
    int plan = board.best().orElse(0);
    html.open("article", "class", "board", "id", board.id()).open("h3").text(board.id() + " ");
    Page.chip(html, fits(board) ? "ok" : "bad", fits(board) ? "fits" : "does not fit");
    html.close();
    String title = board.name() + ", " + board.rtos() + ", " + sheet.plans().get(plan).title();
    html.element("p", title, "class", "quiet small");
    RegionBars.write(html, board.regions());
    board.notes().forEach(n -> html.element("p", "Unused: " + n, "class", "note small"));
    board.findings().forEach(f -> html.element("p", f, "class", "small"));
    if (!board.remedies().isEmpty()) {
      html.open("ul", "class", "remedies small");
      board.remedies().forEach(this::remedy);
      html.close();
    }
    html.close().line();
  }

  private void remedy(FitSheet.Remedy remedy) {
    html.open("li", "class", remedy.fits() ? "yes" : "no");
    html.element("strong", remedy.change()).text(": " + remedy.outcome()).close();
  }

  private void plans() {
    section(
        "Memory over time",
        "Above: bytes in use at each step, in the colour of the layer at work. Below: the arena,"
            + " with each layer's rows where and while they lie in it; scratch is paler.");
    for (int i : distinct()) {
      PlanPicture.write(html, names(i), sheet.plans().get(i));
    }
    html.close();
  }

  /** Plans that several goals came to are drawn once. */
  private int[] distinct() {
    List<FitSheet.Plan> plans = sheet.plans();
    return IntStream.range(0, plans.size())
        .filter(i -> IntStream.range(0, i).noneMatch(j -> same(plans.get(i), plans.get(j))))
        .toArray();
  }

  private String names(int first) {
    List<FitSheet.Plan> plans = sheet.plans();
    return String.join(
        " · ",
        plans.stream().filter(p -> same(p, plans.get(first))).map(FitSheet.Plan::title).toList());
  }

  private static boolean same(FitSheet.Plan a, FitSheet.Plan b) {
    return a.steps().equals(b.steps()) && a.stretches().equals(b.stretches());
  }

  private void section(String title, String note) {
    html.open("section").element("h2", title).element("p", note, "class", "quiet").line();
  }
}
