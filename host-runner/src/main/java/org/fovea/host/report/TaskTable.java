package org.fovea.host.report;

import org.fovea.host.frame.TaskTimes;

/** Whose the core was while the images were in work. */
final class TaskTable {
  private TaskTable() {}

  static void write(Html html, Report report) {
    TaskTimes times = report.times();
    html.open("div", "class", "scroll").open("table").open("thead").open("tr");
    html.element("th", "task").element("th", report.tickUnit(), "class", "n");
    html.element("th", "share", "class", "n").close().close().line().open("tbody");
    for (TaskTimes.Task task : times.tasks()) {
      html.open("tr").element("td", task.name());
      html.element("td", Figures.whole(task.ticks()), "class", "n");
      html.element("td", Figures.percent(task.ticks(), times.ticks()), "class", "n");
      html.close().line();
    }
    html.close().close().close().line();
    String longest = report.amount(times.longestWait());
    html.element(
        "p", "The link answered within " + longest + ", " + report.word() + ".", "class", "quiet");
  }
}
