package org.fovea.generator.fault;

/**
 * One thing that is wrong, in four short texts.
 *
 * @param where the place: an operator, a tensor, a file with its line, a memory region
 * @param what what is wrong there
 * @param why why Fovea cannot go on with it
 * @param remedy what the user can do
 */
public record Finding(String where, String what, String why, String remedy) {

  /** Two lines, free of control characters: the texts may quote an untrusted file. */
  @Override
  public String toString() {
    return printable(where + ": " + what + ": " + why) + "\n    -> " + printable(remedy);
  }

  private static String printable(String text) {
    return text.replaceAll("\\p{Cntrl}+", " ");
  }
}
