package org.fovea.host.port;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import org.fovea.host.fault.LinkFailed;

/** A TCP connection as a line: QEMU's tcp serial port, or a network serial adapter. */
final class TcpLine implements Port {
  private static final int CONNECT_MS = 5_000;

  private final Socket socket;
  private final String name;

  private TcpLine(Socket socket, String name) {
    this.socket = socket;
    this.name = name;
  }

  static TcpLine open(String host, int port) {
    String name = "tcp:" + host + ":" + port;
    Socket socket = new Socket();
    TcpLine line = new TcpLine(socket, name);
    try {
      socket.connect(new InetSocketAddress(host, port), CONNECT_MS);
      socket.setTcpNoDelay(true);
      return line;
    } catch (IOException e) {
      line.close();
      throw new LinkFailed(
          name,
          "cannot be connected: " + e.getMessage(),
          "Nothing listens there, or the way is blocked",
          "Start the emulator or the adapter first, and compare host and port");
    }
  }

  @Override
  public int read(byte[] buffer, int timeoutMs) {
    try {
      socket.setSoTimeout(Math.max(1, timeoutMs));
      int count = socket.getInputStream().read(buffer);
      if (count < 0) {
        throw gone("the peer closed the connection");
      }
      return count;
    } catch (SocketTimeoutException e) {
      return 0;
    } catch (IOException e) {
      throw gone(e.getMessage());
    }
  }

  @Override
  public void write(byte[] bytes) {
    try {
      socket.getOutputStream().write(bytes);
    } catch (IOException e) {
      throw gone(e.getMessage());
    }
  }

  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException e) {
      // Nothing is left to be done about a socket that does not close.
    }
  }

  private LinkFailed gone(String what) {
    return new LinkFailed(
        name,
        "broke: " + what,
        "No answer can come any more",
        "Start the other side and run again");
  }
}
