package org.fovea.generator.build;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.fovea.generator.fault.Finding;

/**
 * The deepest chain of calls from a function. What has no bound (recursion, a call through a
 * pointer, a frame whose size depends on data, a function that nobody measured) is a finding.
 */
final class StackDepth {
  /** More would be a graph that no compiler made. */
  private static final int MAX_CALLS = 400;

  private final CallGraph graph;
  private final Map<String, StackChain> known = new HashMap<>();
  private final LinkedHashSet<String> path = new LinkedHashSet<>();
  private final SortedMap<String, Finding> findings = new TreeMap<>();

  StackDepth(CallGraph graph) {
    this.graph = graph;
  }

  /** What has no bound so far, each once. */
  List<Finding> findings() {
    return List.copyOf(findings.values());
  }

  /** The deepest chain from the function of that name or title, itself included. */
  StackChain from(String name) {
    StackChain deepest = StackChain.EMPTY;
    if (graph.resolve(name).isEmpty()) {
      unknown(name);
    }
    for (String title : graph.resolve(name)) {
      StackChain chain = fromTitle(title);
      deepest = chain.bytes() > deepest.bytes() || deepest.calls().isEmpty() ? chain : deepest;
    }
    return deepest;
  }

  private StackChain fromTitle(String title) {
    if (path.contains(title)) {
      recursion(title);
      return StackChain.EMPTY;
    }
    if (!known.containsKey(title) && path.size() == MAX_CALLS) {
      report(title, "is called " + MAX_CALLS + " calls deep", "a stack for that is no bound");
      return StackChain.EMPTY;
    }
    return known.containsKey(title) ? known.get(title) : search(title);
  }

  private StackChain search(String title) {
    path.add(title);
    CallGraph.Frame frame = graph.frame(title);
    if (!frame.bounded()) {
      report(
          title,
          "has a stack frame whose size depends on data",
          "it declares an array of variable length or calls alloca");
    }
    StackChain deepest = StackChain.EMPTY;
    for (String callee : graph.callsOf(title)) {
      if (callee.equals(CallGraph.INDIRECT)) {
        report(title, "calls through a pointer", "nobody can say which function, nor how deep");
      } else {
        StackChain chain = from(callee);
        deepest = chain.bytes() > deepest.bytes() ? chain : deepest;
      }
    }
    path.remove(title);
    List<StackChain.Call> calls = new ArrayList<>();
    calls.add(new StackChain.Call(CallGraph.name(title), frame.bytes()));
    calls.addAll(deepest.calls());
    StackChain chain = new StackChain(frame.bytes() + deepest.bytes(), calls);
    known.put(title, chain);
    return chain;
  }

  private void recursion(String title) {
    List<String> cycle = new ArrayList<>();
    for (String function : path) {
      if (!cycle.isEmpty() || function.equals(title)) {
        cycle.add(CallGraph.name(function));
      }
    }
    cycle.add(CallGraph.name(title));
    report(title, "calls itself", String.join(" > ", cycle) + ": its depth depends on data");
  }

  private void unknown(String name) {
    String caller = path.isEmpty() ? "" : " of " + CallGraph.name(last());
    findings.putIfAbsent(
        name,
        new Finding(
            CallGraph.name(name) + "()",
            "uses a stack that nobody measured",
            "the compiler wrote no frame for it (a library, or assembler), a callee" + caller,
            "call another function, or add its bytes and their basis to the project's "
                + StackAllowances.FILE));
  }

  private String last() {
    return path.stream().skip(path.size() - 1L).findFirst().orElseThrow();
  }

  private void report(String title, String what, String why) {
    findings.putIfAbsent(
        title + what,
        new Finding(
            CallGraph.name(title) + "()",
            what,
            why,
            "change it: the stacks of this firmware are sized to the byte"));
  }
}
