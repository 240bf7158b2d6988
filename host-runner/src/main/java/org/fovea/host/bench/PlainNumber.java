package org.fovea.host.bench;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.SerializerProvider;
import java.io.IOException;
import java.math.BigDecimal;

/** Writes 27113429 where Java would write 2.7113429E7. */
final class PlainNumber extends JsonSerializer<Double> {
  @Override
  public void serialize(Double value, JsonGenerator out, SerializerProvider provider)
      throws IOException {
    BigDecimal plain = BigDecimal.valueOf(value).stripTrailingZeros();
    out.writeNumber(plain.signum() == 0 ? "0" : plain.toPlainString());
  }
}
