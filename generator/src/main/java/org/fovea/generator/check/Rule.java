package org.fovea.generator.check;

import java.util.Optional;
import org.fovea.generator.fault.Finding;
import org.fovea.generator.ir.Graph;
import org.fovea.generator.ir.Op;

/**
 * One thing that an operator must satisfy.
 *
 * @param id short stable name
 * @param operators the operators that it binds, for the documentation
 * @param statement one sentence, printed in errors and in the documentation
 * @param remedy what the user can do when it is broken
 * @param check what is found when the rule is broken, else nothing
 */
record Rule(String id, String operators, String statement, String remedy, Check<Op> check) {

  /** Names what breaks a rule. */
  interface Check<O> {
    Optional<String> violation(Graph graph, O op);
  }

  /** A rule for all operators. */
  static Rule forAll(String id, String statement, String remedy, Check<Op> check) {
    return new Rule(id, "all", statement, remedy, check);
  }

  /** A rule for one kind of operator. */
  static <O extends Op> Rule forOne(
      String id, Class<O> type, String kind, String statement, String remedy, Check<O> check) {
    return new Rule(
        id,
        kind,
        statement,
        remedy,
        (graph, op) ->
            type.isInstance(op) ? check.violation(graph, type.cast(op)) : Optional.empty());
  }

  /** A rule for both kinds of convolution. */
  static Rule forConvolutions(
      String id, String statement, String remedy, Check<Convolutional> check) {
    return new Rule(
        id,
        "CONV_2D, DEPTHWISE_CONV_2D",
        statement,
        remedy,
        (graph, op) -> Convolutional.of(op).flatMap(conv -> check.violation(graph, conv)));
  }

  Optional<Finding> apply(Graph graph, int index, Op op) {
    return check
        .violation(graph, op)
        .map(what -> new Finding(where(graph, index, op), what, statement, remedy));
  }

  private static String where(Graph graph, int index, Op op) {
    String place = "operator " + index + " " + op.kind();
    return op.outputs().isEmpty()
        ? place
        : place + " writing " + Found.tensor(graph, op.outputs().get(0));
  }
}
