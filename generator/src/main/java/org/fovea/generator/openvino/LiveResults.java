package org.fovea.generator.openvino;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Which results are in use when, where layers run in the file's order. */
final class LiveResults {
  /** Memory of one or more results. */
  private static final class Room {
    private final long elements;
    private final int from;
    private int until;

    private Room(long elements, int from) {
      this.elements = elements;
      this.from = from;
      this.until = from;
    }
  }

  private final Wiring wiring;
  private final Constants constants;
  private final int[] turn;
  private final Map<Source, Room> rooms = new HashMap<>();
  private final List<Room> all = new ArrayList<>();

  private LiveResults(Wiring wiring, Constants constants) {
    this.wiring = wiring;
    this.constants = constants;
    this.turn = new int[wiring.layers().size()];
    for (int t = 0; t < turn.length; t++) {
      turn[wiring.order().get(t)] = t;
    }
  }

  static Census.Peak peak(Wiring wiring, Constants constants) {
    LiveResults live = new LiveResults(wiring, constants);
    wiring.order().forEach(live::layer);
    return live.peak();
  }

  private void layer(int layer) {
    int outputs = wiring.layer(layer).outputs().size();
    for (int o = 0; o < outputs; o++) {
      Source source = new Source(layer, o);
      boolean used = o == 0 || !wiring.readers(source).isEmpty();
      if (used && constants.of(source).isEmpty()) {
        Room room = room(layer, source);
        room.until = Math.max(room.until, last(source));
        rooms.put(source, room);
      }
    }
  }

  /** That of an input where the result may take its place, else another. */
  private Room room(int layer, Source source) {
    String type = wiring.layer(layer).type();
    long elements = wiring.port(source).elements();
    if (LayerType.isInPlace(type)) {
      for (Source read : wiring.sources(layer)) {
        Room room = rooms.get(read);
        boolean free = LayerType.isReshape(type) || (room != null && room.until == turn[layer]);
        if (room != null && room.elements == elements && free) {
          return room;
        }
      }
    }
    Room room = new Room(elements, turn[layer]);
    all.add(room);
    return room;
  }

  /** When it is read last; results of the model stay. */
  private int last(Source source) {
    int last = turn[source.layer()];
    for (int reader : wiring.readers(source)) {
      boolean stays = wiring.layer(reader).type().equals("Result");
      last = Math.max(last, stays ? turn.length - 1 : turn[reader]);
    }
    return last;
  }

  private Census.Peak peak() {
    long[] starts = new long[turn.length + 1];
    for (Room room : all) {
      starts[room.from] = Census.plus(starts[room.from], room.elements);
    }
    long[] ends = new long[turn.length + 1];
    for (Room room : all) {
      ends[room.until + 1] = Census.plus(ends[room.until + 1], room.elements);
    }
    long now = 0;
    long most = -1;
    int at = 0;
    for (int t = 0; t < turn.length; t++) {
      now = Census.plus(Math.max(0, now - ends[t]), starts[t]);
      if (now > most) {
        most = now;
        at = t;
      }
    }
    return new Census.Peak(wiring.layer(wiring.order().get(at)).name(), Math.max(0, most));
  }
}
