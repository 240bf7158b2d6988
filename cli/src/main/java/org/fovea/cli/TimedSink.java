package org.fovea.cli;

import org.fovea.host.frame.TaskTimes;
import org.fovea.host.session.InferenceResult;
import org.fovea.host.session.ResultSink;
import org.fovea.host.session.Session;

/** Adds up what the board's tasks had of the core, without the time that the results take here. */
final class TimedSink implements ResultSink {
  private final ResultSink sink;
  private Session session;
  private TaskTimes before = TaskTimes.NONE;
  private TaskTimes times = TaskTimes.NONE;

  TimedSink(ResultSink sink) {
    this.sink = sink;
  }

  /** Reads the times of another board, or of the same one opened again, from now on. */
  Session follow(Session next) {
    before = next.taskTimes();
    session = next;
    return next;
  }

  TaskTimes times() {
    return times;
  }

  @Override
  public void accept(int index, InferenceResult result) {
    times = times.plus(session.taskTimes().since(before));
    sink.accept(index, result);
    before = session.taskTimes();
  }
}
