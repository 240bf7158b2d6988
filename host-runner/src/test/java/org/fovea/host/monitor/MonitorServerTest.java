package org.fovea.host.monitor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import javax.imageio.ImageIO;
import org.fovea.host.Deployments;
import org.fovea.host.bench.Basis;
import org.fovea.host.detect.Box;
import org.fovea.host.detect.Detection;
import org.fovea.host.fault.LinkFailed;
import org.fovea.host.frame.Answers;
import org.fovea.host.image.ImageInput;
import org.fovea.host.manifest.Deployment;
import org.fovea.host.session.InferenceResult;
import org.fovea.host.session.Traffic;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class MonitorServerTest {
  private static final String HOSTILE = "</script><img src=x onerror=alert(1)>";

  private final Deployment deployment =
      Deployments.edited(
          root ->
              ((com.fasterxml.jackson.databind.node.ObjectNode) root.get("board"))
                  .put("name", HOSTILE));
  private long nanos = 1;
  private final MonitorState state =
      new MonitorState(deployment, () -> List.of(HOSTILE), () -> nanos);
  private final MonitorServer server = MonitorServer.start(0, state);
  private final int port = URI.create(server.address()).getPort();

  @AfterEach
  void stop() {
    server.close();
  }

  private String ask(String request, String host) throws IOException {
    try (Socket socket = new Socket(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), port)) {
      OutputStream out = socket.getOutputStream();
      String text = request + " HTTP/1.1\r\n" + host + "Connection: close\r\n\r\n";
      out.write(text.getBytes(StandardCharsets.ISO_8859_1));
      out.flush();
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
    }
  }

  private String get(String path) throws IOException {
    return ask("GET " + path, "Host: 127.0.0.1:" + port + "\r\n");
  }

  private static String body(String answer) {
    return answer.substring(answer.indexOf("\r\n\r\n") + 4);
  }

  private JsonNode json() throws IOException {
    return new ObjectMapper().readTree(body(get("/state.json")));
  }

  private void frame(double transfer) {
    nanos += 500_000_000L;
    ImageInput image =
        ImageInput.ofTensor("00.png", new byte[deployment.input().bytes()], deployment.input());
    InferenceResult result =
        new InferenceResult(
            List.of(),
            Optional.empty(),
            List.of(10L, 20L),
            List.of(),
            List.of(new Answers.Memory.Entry("main", 4096, 1500)),
            transfer,
            0.25,
            OptionalDouble.empty());
    state.frame(
        image,
        result,
        List.of(new Detection(0, HOSTILE, 0.876, new Box(1, 1, 3, 3))),
        new Traffic(100, 2, 3),
        new Answers.Status(Answers.Status.State.DONE, 4, 6, 6, 5, 0));
  }

  @Test
  void onlyRequestsThatNameThisMachineAreTaken() throws IOException {
    assertThat(get("/")).startsWith("HTTP/1.1 200 ");
    assertThat(ask("GET /", "Host: localhost:" + port + "\r\n")).startsWith("HTTP/1.1 200 ");
    for (String host :
        List.of(
            "Host: evil.example\r\n",
            "Host: evil.example:" + port + "\r\n",
            "Host: 127.0.0.1\r\n",
            "Host: 127.0.0.1:" + (port + 1) + "\r\n",
            "Host: 127.0.0.1:" + port + ".evil.example\r\n",
            "")) {
      for (String path : List.of("/", "/state.json", "/monitor.js", "/frame.jpg")) {
        String answer = ask("GET " + path, host);
        assertThat(answer).as(host + path).doesNotStartWith("HTTP/1.1 200").doesNotContain("<html");
      }
    }
  }

  @Test
  void itListensNowhereElse() throws IOException {
    Optional<InetAddress> outer =
        Collections.list(NetworkInterface.getNetworkInterfaces()).stream()
            .flatMap(n -> Collections.list(n.getInetAddresses()).stream())
            .filter(a -> !a.isLoopbackAddress() && !a.isLinkLocalAddress())
            .findFirst();
    if (outer.isPresent()) {
      assertThatThrownBy(() -> new Socket(outer.get(), port)).isInstanceOf(IOException.class);
    }
  }

  @Test
  void itReadsAndChangesNothing() throws IOException {
    String host = "Host: 127.0.0.1:" + port + "\r\n";
    for (String method : List.of("POST", "PUT", "DELETE", "OPTIONS")) {
      assertThat(ask(method + " /state.json", host)).startsWith("HTTP/1.1 405 ");
    }
    for (String path : List.of("/nothing", "/../monitor.js", "/monitor.html", "/%2e%2e/")) {
      assertThat(get(path)).as(path).startsWith("HTTP/1.1 404 ");
    }
  }

  @Test
  void thePageLoadsItsOwnFilesAlone() throws IOException {
    String page = get("/");
    assertThat(page)
        .containsIgnoringCase("content-security-policy: default-src 'none'; script-src 'self'")
        .containsIgnoringCase("x-content-type-options: nosniff");
    assertThat(body(page)).doesNotContain("http:", "https:", "<style", "onerror", "<script>");
    assertThat(body(get("/monitor.js")))
        .doesNotContain("innerHTML", "outerHTML", "insertAdjacent", "document.write", "eval(")
        .contains("textContent");
    assertThat(body(get("/monitor.css"))).doesNotContain("http", "@import", "url(");
    assertThat(get("/state.json")).containsIgnoringCase("content-type: application/json");
  }

  @Test
  void beforeTheFirstFrameThereIsNoPicture() throws IOException {
    assertThat(get("/frame.jpg")).startsWith("HTTP/1.1 404 ");
    JsonNode json = json();
    assertThat(json.at("/link").asText()).isEqualTo("connecting");
    assertThat(json.at("/frames").asInt()).isZero();
    assertThat(json.at("/board").asText()).isEqualTo(HOSTILE);
    assertThat(json.at("/log/0").asText()).isEqualTo(HOSTILE);
  }

  @Test
  void aFrameHasItsPictureItsBoxesAndItsFigures() throws IOException {
    state.connected(Basis.of(deployment));
    frame(1);
    frame(1.5);
    frame(2);
    JsonNode json = json();
    assertThat(json.at("/link").asText()).isEqualTo("running");
    assertThat(json.at("/frames").asInt()).isEqualTo(3);
    assertThat(json.at("/frames_per_second").asDouble()).isEqualTo(2);
    assertThat(json.at("/latency_ms").toString()).isEqualTo("[1250.0,1750.0,2250.0]");
    assertThat(json.at("/transfer_ms").asDouble()).isEqualTo(2000);
    assertThat(json.at("/rest_ms").asDouble()).isEqualTo(250);
    assertThat(json.at("/figures").asText()).isEqualTo("emulated");
    assertThat(json.at("/unit").asText()).isEqualTo("instructions");
    assertThat(json.at("/ticks").asLong()).isEqualTo(30);
    assertThat(json.at("/layers/1/name").asText()).isEqualTo("head");
    assertThat(json.at("/memory/0/used").asInt()).isEqualTo(1500);
    assertThat(json.at("/detections/0/label").asText()).isEqualTo(HOSTILE);
    assertThat(json.at("/detections/0/percent").asInt()).isEqualTo(88);
    assertThat(json.at("/detections/0/colour").asText()).matches("#[0-9a-f]{6}");
    assertThat(json.at("/repeats").asInt()).isEqualTo(2);
    assertThat(json.at("/damaged").asInt()).isEqualTo(8);
    byte[] jpeg = body(get("/frame.jpg")).getBytes(StandardCharsets.ISO_8859_1);
    assertThat(ImageIO.read(new ByteArrayInputStream(jpeg)).getWidth())
        .isEqualTo(deployment.input().width());
  }

  /** The host's counters begin anew with a session; the board's do not. */
  @Test
  void aLostBoardIsSaidAndItsCountsAreKept() throws IOException {
    state.connected(Basis.of(deployment));
    frame(1);
    state.lost("/dev/ttyACM0: has gone away");
    assertThat(json().at("/link").asText()).isEqualTo("lost");
    assertThat(json().at("/words").asText()).isEqualTo("/dev/ttyACM0: has gone away");
    state.connected(Basis.of(deployment));
    assertThat(json().at("/words").asText()).isEmpty();
    assertThat(json().at("/repeats").asInt()).isEqualTo(2);
    frame(1);
    assertThat(json().at("/repeats").asInt()).isEqualTo(4);
    assertThat(json().at("/damaged").asInt()).isEqualTo(11);
    state.lost("again");
    state.lost("still");
    assertThat(json().at("/words").asText()).isEqualTo("still");
    state.connected(Basis.of(deployment));
    frame(1);
    assertThat(json().at("/repeats").asInt()).isEqualTo(6);
    assertThat(json().at("/damaged").asInt()).isEqualTo(14);
    assertThat(json().at("/lost").asInt()).isEqualTo(2);
  }

  @Test
  void itStaysSmall() throws IOException {
    for (int i = 0; i < 500; i++) {
      frame(1);
    }
    assertThat(json().at("/latency_ms")).hasSize(120);
    assertThat(json().at("/frames").asInt()).isEqualTo(500);
  }

  @Test
  void aPortThatIsTakenIsNamed() {
    assertThatThrownBy(() -> MonitorServer.start(port, state))
        .isInstanceOf(LinkFailed.class)
        .hasMessageContaining("127.0.0.1:" + port)
        .hasMessageContaining("--http 0");
  }
}
