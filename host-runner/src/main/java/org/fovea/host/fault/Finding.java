package org.fovea.host.fault;

import java.util.Objects;

/**
 * One thing that is wrong, in four sentences for the person who has to put it right.
 *
 * @param where file, field, port or address
 * @param what the observation, with the values seen
 * @param why why Fovea cannot go on with it
 * @param remedy what to do
 */
public record Finding(String where, String what, String why, String remedy) {
  public Finding {
    Objects.requireNonNull(where);
    Objects.requireNonNull(what);
    Objects.requireNonNull(why);
    Objects.requireNonNull(remedy);
  }

  @Override
  public String toString() {
    return where + ": " + what + ". " + why + ". " + remedy + ".";
  }
}
