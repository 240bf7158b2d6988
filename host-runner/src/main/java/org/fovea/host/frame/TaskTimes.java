package org.fovea.host.frame;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * Whose the core was.
 *
 * @param ticks of the device's counter in all
 * @param longestWait ticks from the last byte of a request that is answered at once until its
 *     answer was on its way, the longest since the device started
 * @param tasks in the device's order; empty when it does not count
 */
public record TaskTimes(long ticks, long longestWait, List<Task> tasks) {
  /** What a device without LOAD says. */
  public static final TaskTimes NONE = new TaskTimes(0, 0, List.of());

  /** What one task had of it. */
  public record Task(String name, long ticks) {}

  public TaskTimes {
    tasks = List.copyOf(tasks);
  }

  static TaskTimes read(ByteBuffer in) {
    long ticks = in.getLong();
    long longest = in.getLong();
    int count = Answers.u16(in);
    List<Task> tasks = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      long own = in.getLong();
      tasks.add(new Task(Answers.printable(in, Answers.u8(in)), own));
    }
    return new TaskTimes(ticks, longest, tasks);
  }

  /** What was added since an earlier answer. */
  public TaskTimes since(TaskTimes before) {
    return combine(before, -1);
  }

  /** Two stretches together. */
  public TaskTimes plus(TaskTimes other) {
    return tasks.isEmpty() ? other : combine(other, 1);
  }

  private TaskTimes combine(TaskTimes other, int sign) {
    List<Task> combined =
        tasks.stream()
            .map(t -> new Task(t.name(), t.ticks() + sign * other.ticksOf(t.name())))
            .toList();
    return new TaskTimes(
        ticks + sign * other.ticks, Math.max(longestWait, other.longestWait), combined);
  }

  private long ticksOf(String name) {
    return tasks.stream().filter(t -> t.name().equals(name)).mapToLong(Task::ticks).sum();
  }

  /** A task's part, from 0 to 1; 0 when nothing was counted. */
  public double share(Task task) {
    return ticks <= 0 ? 0 : (double) task.ticks() / ticks;
  }
}
