package org.fovea.host.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import org.fovea.host.manifest.Counter;
import org.junit.jupiter.api.Test;

class BenchCsvTest {
  private static final String HEAD =
      "board,port,figures,frame,layer,name,macs,unit,ticks,transfer_s,rest_s,latency_s,interval_s\n";

  @Test
  void measured() throws IOException {
    Basis cycles = new Basis(false, Counter.CYCLES, 1_000);
    assertThat(csv(Figures.found("a \"b\", c", cycles, Figures.log(10, 20))))
        .isEqualTo(
            HEAD
                + "board-1,/dev/ttyACM0,measured,0,,,200,cycles,30,1.000000,0.500000,1.500000,\n"
                + "board-1,/dev/ttyACM0,measured,0,0,\"a \"\"b\"\", c\",100,cycles,10,,,,\n"
                + "board-1,/dev/ttyACM0,measured,0,1,head,100,cycles,20,,,,\n"
                + "board-1,/dev/ttyACM0,measured,1,,,200,cycles,60,1.100000,0.500000,1.600000,1.250000\n"
                + "board-1,/dev/ttyACM0,measured,1,0,\"a \"\"b\"\", c\",100,cycles,20,,,,\n"
                + "board-1,/dev/ttyACM0,measured,1,1,head,100,cycles,40,,,,\n");
  }

  @Test
  void anEmulatorHasNoTimes() throws IOException {
    Basis instructions = new Basis(true, Counter.INSTRUCTIONS, 0);
    assertThat(csv(Figures.found("conv", instructions, Figures.log(10))))
        .isEqualTo(
            HEAD
                + "board-1,/dev/ttyACM0,emulated,0,,,200,instructions,30,,,,\n"
                + "board-1,/dev/ttyACM0,emulated,0,0,conv,100,instructions,10,,,,\n"
                + "board-1,/dev/ttyACM0,emulated,0,1,head,100,instructions,20,,,,\n");
  }

  private static String csv(Benchmark.Found found) throws IOException {
    StringBuilder csv = new StringBuilder();
    BenchCsv.write(List.of(found), csv);
    return csv.toString();
  }
}
