package org.fovea.generator.build;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.fovea.generator.fault.Finding;
import org.fovea.generator.fault.UserFault;

/**
 * How deep each stack of a firmware can get: the deepest calls of its entry, what an exception and
 * the kernel save there, and on the main stack each handler that can preempt another.
 */
public final class StackBounds {
  /** Armv7-M and Armv8-M: eight words, sixteen FPU registers, FPSCR, one more, alignment to 8. */
  private static final int EXCEPTION_FRAME = 108;

  /** r2 (or its like) to r11 and s16 to s31: what PendSV of FreeRTOS's ports saves of a task. */
  private static final int TASK_CONTEXT = 104;

  /**
   * configCHECK_FOR_STACK_OVERFLOW 2 wants the last 16 bytes untouched; 8 are lost to alignment.
   */
  private static final int TASK_RESERVE = 24;

  private static final String EXCEPTION = "exception frame with FPU registers";
  private static final int LAST_FAULT = 7;
  private static final int SVC = 11;
  private static final int PENDSV = 14;
  private static final int SYSTICK = 15;
  private static final int FIRST_INTERRUPT = 16;

  /** Handlers of one device, at one priority: they do not preempt each other. */
  private static final String UART = "fv_uart_";

  private final LinkedImage image;
  private final StackDepth depth;
  private final List<Finding> findings = new ArrayList<>();

  private StackBounds(LinkedImage image, CallGraph graph) {
    this.image = image;
    this.depth = new StackDepth(graph);
  }

  /**
   * The bounds of a built project's stacks.
   *
   * @param elf in the folder that has the map file and the objects
   * @throws UserFault.BuildFailed when one has no bound, with every reason
   */
  public static List<StackBound> of(Path project, Path elf) {
    String rtos = PlannedMemory.read(project.resolve("deployment.json")).rtos();
    CallGraph graph = LinkedObjects.callGraph(elf.getParent());
    StackAllowances.addTo(graph, project.resolve(StackAllowances.FILE), rtos);
    return of(LinkedImage.read(elf), graph, rtos);
  }

  /**
   * The same from what was read.
   *
   * @param rtos {@code bare} or {@code freertos}
   */
  static List<StackBound> of(LinkedImage image, CallGraph graph, String rtos) {
    StackBounds bounds = new StackBounds(image, graph);
    List<StackBound> stacks = rtos.equals("freertos") ? bounds.freertos() : bounds.bare();
    bounds.findings.addAll(bounds.depth.findings());
    if (!bounds.findings.isEmpty()) {
      throw new UserFault.BuildFailed(bounds.findings);
    }
    return stacks;
  }

  private List<StackBound> bare() {
    List<StackBound.Part> parts = new ArrayList<>();
    parts.add(part("main loop", "Reset_Handler"));
    handlers(h -> h.exception() == SVC || h.exception() == PENDSV || h.exception() == SYSTICK)
        .forEach(h -> parts.add(preempting(h)));
    parts.addAll(interruptsAndFaults());
    return List.of(new StackBound("main stack", mainStackBytes(), parts));
  }

  /** Once the scheduler runs, the main stack starts anew and belongs to the handlers. */
  private List<StackBound> freertos() {
    List<StackBound.Part> start = new ArrayList<>(List.of(part("start", "Reset_Handler")));
    handlers(h -> h.exception() == SVC).forEach(h -> start.add(preempting(h)));
    List<StackBound.Part> kernel =
        handlers(h -> h.exception() == PENDSV || h.exception() == SYSTICK).stream()
            .map(h -> part("kernel", h.function()))
            .max(Comparator.comparingLong(StackBound.Part::bytes))
            .map(List::of)
            .orElse(List.of());
    List<StackBound.Part> parts = new ArrayList<>(sum(start) > sum(kernel) ? start : kernel);
    parts.addAll(interruptsAndFaults());
    return List.of(
        new StackBound("interrupt stack", mainStackBytes(), parts),
        task("inference stack", "run_inference", "inference_stack"),
        task("link stack", "run_link", "link_stack"),
        task("supervisor stack", "run_supervisor", "supervisor_stack"),
        task("idle stack", "prvIdleTask", "idle_stack"));
  }

  private StackBound task(String name, String entry, String variable) {
    List<StackBound.Part> parts =
        List.of(
            part("task", entry),
            StackBound.Part.of(
                "kernel",
                List.of(
                    new StackChain.Call(EXCEPTION, EXCEPTION_FRAME),
                    new StackChain.Call("task's other registers", TASK_CONTEXT),
                    new StackChain.Call("overflow check and alignment", TASK_RESERVE))));
    long reserved = image.sizeOf(variable).orElseGet(() -> missing(variable));
    return new StackBound(name, reserved, parts);
  }

  private List<StackBound.Part> interruptsAndFaults() {
    Map<String, StackBound.Part> levels = new TreeMap<>();
    for (LinkedImage.Handler handler : handlers(h -> h.exception() >= FIRST_INTERRUPT)) {
      String level = handler.function().startsWith(UART) ? UART : handler.function();
      levels.merge(level, preempting(handler), StackBounds::larger);
    }
    List<StackBound.Part> parts = new ArrayList<>(levels.values());
    handlers(h -> h.exception() <= LAST_FAULT).stream()
        .map(this::preempting)
        .max(Comparator.comparingLong(StackBound.Part::bytes))
        .ifPresent(parts::add);
    return parts;
  }

  private List<LinkedImage.Handler> handlers(Predicate<LinkedImage.Handler> which) {
    return image.handlers().stream().filter(which).filter(h -> !h.weak()).toList();
  }

  private static StackBound.Part larger(StackBound.Part a, StackBound.Part b) {
    return a.bytes() >= b.bytes() ? a : b;
  }

  private static long sum(List<StackBound.Part> parts) {
    return parts.stream().mapToLong(StackBound.Part::bytes).sum();
  }

  private StackBound.Part part(String what, String function) {
    return StackBound.Part.of(what, depth.from(function).calls());
  }

  private StackBound.Part preempting(LinkedImage.Handler handler) {
    List<StackChain.Call> calls =
        new ArrayList<>(List.of(new StackChain.Call(EXCEPTION, EXCEPTION_FRAME)));
    calls.addAll(depth.from(handler.function()).calls());
    String what = handler.exception() <= LAST_FAULT ? "fault" : "interrupt";
    return StackBound.Part.of(what, calls);
  }

  private long mainStackBytes() {
    long start = image.addressOf("fv_stack_start").orElseGet(() -> missing("fv_stack_start"));
    long end = image.addressOf("fv_stack_end").orElseGet(() -> missing("fv_stack_end"));
    return end - start;
  }

  private long missing(String symbol) {
    findings.add(
        new Finding(
            symbol,
            "is not in the firmware",
            "a stack is found by the name of its memory",
            "give it its name back, or generate the project again"));
    return 0;
  }
}
