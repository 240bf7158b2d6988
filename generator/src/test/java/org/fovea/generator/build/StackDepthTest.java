package org.fovea.generator.build;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import org.fovea.generator.fault.Finding;
import org.fovea.generator.fault.UserFault;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Chains over call graphs as gcc writes them. */
class StackDepthTest {
  @TempDir private Path folder;

  private final CallGraph graph = new CallGraph();

  private void node(String title, String frame) {
    graph.add(
        "node: { title: \"%s\" label: \"%s\\na.c:1:2\\n%s\" }\n"
            .formatted(title, CallGraph.name(title), frame));
  }

  private void calls(String from, String... to) {
    for (String callee : to) {
      graph.add(
          "edge: { sourcename: \"%s\" targetname: \"%s\" label: \"a.c:3:4\" }\n"
              .formatted(from, callee));
    }
  }

  @Test
  void takesTheDeepestWayNotTheLongest() {
    node("main", "16 bytes (static)");
    node("a", "8 bytes (static)");
    node("b", "8 bytes (static)");
    node("c.c:wide", "100 bytes (dynamic,bounded)");
    graph.add("node: { title: \"a\" label: \"a\\na.h:1:2\" shape : ellipse }");
    calls("main", "a", "c.c:wide");
    calls("a", "b");
    StackDepth depth = new StackDepth(graph);
    assertThat(depth.from("main").bytes()).isEqualTo(116);
    assertThat(depth.from("main").text()).isEqualTo("main 16 > wide 100");
    assertThat(depth.from("wide").bytes()).isEqualTo(100);
    assertThat(depth.findings()).isEmpty();
  }

  @Test
  void aFunctionReplacesTheWeakOneOfItsName() {
    node("main", "8 bytes (static)");
    node("startup.c:Handler", "400 bytes (static)");
    calls("main", "Handler");
    assertThat(new StackDepth(graph).from("main").bytes()).isEqualTo(408);
    node("Handler", "24 bytes (static)");
    assertThat(new StackDepth(graph).from("main").bytes()).isEqualTo(32);
  }

  @Test
  void everythingWithoutABoundIsAFinding() {
    node("main", "8 bytes (static)");
    node("f.c:even", "8 bytes (static)");
    node("odd", "8 bytes (static)");
    node("vla", "40 bytes (dynamic)");
    calls("main", "odd", "vla", "printf", CallGraph.INDIRECT);
    calls("odd", "f.c:even");
    calls("f.c:even", "odd");
    StackDepth depth = new StackDepth(graph);
    depth.from("main");
    assertThat(depth.findings().stream().map(Finding::toString).toList().toString())
        .contains("main()", "calls through a pointer")
        .contains("odd()", "calls itself", "odd > even > odd")
        .contains("vla()", "size depends on data")
        .contains("printf()", "nobody measured", "callee of main", "stack-allowances.csv");
    assertThat(depth.findings()).hasSize(4);
  }

  @Test
  void aGraphDeeperThanAnyFirmwareIsAFindingNotACrash() {
    for (int i = 0; i < 5_000; i++) {
      node("f" + i, "8 bytes (static)");
      calls("f" + i, "f" + (i + 1));
    }
    StackDepth depth = new StackDepth(graph);
    depth.from("f0");
    assertThat(depth.findings()).hasSize(1);
    assertThat(depth.findings().get(0).toString()).contains("400 calls deep");
  }

  @Test
  void allowancesAreAddedForTheirHarness() throws Exception {
    Path file = folder.resolve("stack-allowances.csv");
    Files.writeString(
        file, "# text\nany,printf,640,,measured\nfreertos,PendSV_Handler,8,f,port.c\n");
    node("f", "20 bytes (static)");
    node("PendSV_Handler", "0 bytes (static)");
    StackAllowances.addTo(graph, file, "bare");
    assertThat(new StackDepth(graph).from("PendSV_Handler").bytes()).isZero();
    StackAllowances.addTo(graph, file, "freertos");
    assertThat(new StackDepth(graph).from("PendSV_Handler").bytes()).isEqualTo(28);
    assertThat(new StackDepth(graph).from("printf").bytes()).isEqualTo(640);
  }

  @Test
  void everyWrongAllowanceIsNamedByItsLine() throws Exception {
    Path file = folder.resolve("stack-allowances.csv");
    Files.writeString(file, "any,a,-8,,x\n\nany,b,8,,\nany,c,99999999999,,x\nany,d\nany,e,8,,x\n");
    assertThatThrownBy(() -> StackAllowances.addTo(graph, file, "bare"))
        .isInstanceOf(UserFault.BuildFailed.class)
        .hasMessageContaining("csv:1")
        .hasMessageContaining("csv:3")
        .hasMessageContaining("csv:4")
        .hasMessageContaining("csv:5")
        .hasMessageNotContaining("csv:6");
    assertThatThrownBy(() -> StackAllowances.addTo(graph, folder.resolve("none"), "bare"))
        .hasMessageContaining("cannot be read");
  }
}
