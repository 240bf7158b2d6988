package org.fovea.host.session;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.fovea.host.fault.DeviceRefused;
import org.fovea.host.frame.Answers;
import org.fovea.host.frame.BoardBox;
import org.fovea.host.frame.Bytes;
import org.fovea.host.frame.Request;
import org.fovea.host.manifest.Output;

/** Fetches what the device has of one image that is done. */
final class ResultReader {
  static final int CAPABILITY_PROFILE = 1;
  static final int CAPABILITY_CRCS = 1 << 1;
  private static final int TENSOR_HEADER_BYTES = 4;

  /** Requests of 31 bytes: so many find room in any receive ring beside a row. */
  private static final int AT_ONCE = 8;

  private final Exchange exchange;
  private final Answers.Hello hello;
  private final List<Output> outputs;
  private final boolean bringsBoxes;
  private final int image;

  /**
   * Of one image.
   *
   * @param outputs of the model
   * @param bringsBoxes instead of them
   */
  ResultReader(
      Exchange exchange,
      Answers.Hello hello,
      List<Output> outputs,
      boolean bringsBoxes,
      int image) {
    this.exchange = exchange;
    this.hello = hello;
    this.outputs = List.copyOf(outputs);
    this.bringsBoxes = bringsBoxes;
    this.image = image;
  }

  List<Bytes> outputs() {
    List<Bytes> all = new ArrayList<>();
    for (int i = 0; i < outputs.size() && !bringsBoxes; i++) {
      all.add(output(i));
    }
    return all;
  }

  Optional<List<BoardBox>> boxes() {
    return bringsBoxes ? Optional.of(allBoxes()) : Optional.empty();
  }

  private List<BoardBox> allBoxes() {
    List<BoardBox> boxes = new ArrayList<>();
    while (true) {
      Answers.Boxes answer = exchange.ask(new Request.Boxes(boxes.size()), image);
      int left = answer.count() - boxes.size();
      int came = answer.boxes().size();
      if (answer.first() != boxes.size() || came > left || (came == 0 && left > 0)) {
        throw contradiction(came + " boxes from " + answer.first() + " on, of " + answer.count());
      }
      boxes.addAll(answer.boxes());
      if (boxes.size() == answer.count()) {
        return boxes;
      }
    }
  }

  Bytes output(int index) {
    byte[] tensor = new byte[outputs.get(index).bytes()];
    List<Request.Tensor> parts = new ArrayList<>();
    int most = hello.maxPayload() - TENSOR_HEADER_BYTES;
    for (int at = 0; at < tensor.length; at += most) {
      parts.add(new Request.Tensor(index, Math.min(most, tensor.length - at), at));
    }
    for (int first = 0; first < parts.size(); first += AT_ONCE) {
      List<Request.Tensor> some = parts.subList(first, Math.min(parts.size(), first + AT_ONCE));
      List<Answers.Tensor> answers = exchange.askAll(some, image);
      for (int i = 0; i < some.size(); i++) {
        copy(some.get(i), answers.get(i), tensor);
      }
    }
    return Bytes.of(tensor);
  }

  private static void copy(Request.Tensor wanted, Answers.Tensor answer, byte[] tensor) {
    byte[] part = answer.part().toArray();
    if (answer.offset() != wanted.offset() || part.length != wanted.length()) {
      throw contradiction("output " + wanted.output() + " at byte " + wanted.offset());
    }
    System.arraycopy(part, 0, tensor, wanted.offset(), part.length);
  }

  List<Long> profile() {
    return can(CAPABILITY_PROFILE) ? values(Request.Profile::new) : List.of();
  }

  List<Long> crcs() {
    return can(CAPABILITY_CRCS) ? values(Request.Crcs::new) : List.of();
  }

  List<Answers.Memory.Entry> memory() {
    return exchange.ask(new Request.Memory(), image).entries();
  }

  private interface FromLayer {
    Request<Answers.Values> request(int firstLayer);
  }

  private List<Long> values(FromLayer from) {
    List<Long> values = new ArrayList<>();
    while (values.size() < hello.layers()) {
      Answers.Values answer = exchange.ask(from.request(values.size()), image);
      int room = hello.layers() - values.size();
      int count = answer.values().size();
      if (answer.firstLayer() != values.size() || count == 0 || count > room) {
        throw contradiction(count + " values from layer " + answer.firstLayer());
      }
      values.addAll(answer.values());
    }
    return values;
  }

  private boolean can(int capability) {
    return (hello.capabilities() & capability) != 0;
  }

  static DeviceRefused contradiction(String what) {
    return new DeviceRefused(
        "board",
        "answers with " + what,
        "That is not what was asked",
        "Flash the firmware that belongs to this deployment.json");
  }
}
