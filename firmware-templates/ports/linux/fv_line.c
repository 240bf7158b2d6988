#include "fv_line.h"

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <sys/eventfd.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <termios.h>
#include <unistd.h>

enum { NONE = -1 };

static int in = NONE, out = NONE; /* of the host, while there is one */
static int listener = NONE;       /* for TCP */
static int wake = NONE;           /* an eventfd */
static int is_open;               /* a serial device or standard input that has not ended */
static struct termios before;     /* of the serial device */
static speed_t first_speed;       /* of the serial device */
static volatile int tty = NONE;

static int failed(const char *what, const char *remedy) {
  fprintf(stderr, "detector: %s: %s. %s\n", what, strerror(errno), remedy);
  return -1;
}

static int open_wake(void) {
  wake = eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC);
  return wake < 0 ? failed("eventfd", "This kernel is older than Linux 2.6.27.") : 0;
}

static speed_t speed_of(uint32_t baud) {
  static const struct {
    uint32_t baud;
    speed_t speed;
  } speeds[] = {
      {9600, B9600},       {19200, B19200},     {38400, B38400},     {57600, B57600},     {115200, B115200},
      {230400, B230400},   {460800, B460800},   {500000, B500000},   {576000, B576000},   {921600, B921600},
      {1000000, B1000000}, {1500000, B1500000}, {2000000, B2000000}, {3000000, B3000000}, {4000000, B4000000},
  };
  for (size_t i = 0; i < sizeof speeds / sizeof speeds[0]; i++) {
    if (speeds[i].baud == baud) {
      return speeds[i].speed;
    }
  }
  return B0;
}

/* Bytes as they are: no echo, no lines, no signals, no flow control. */
static int make_raw(int device, speed_t speed) {
  struct termios raw;
  if (tcgetattr(device, &raw) != 0) {
    return -1;
  }
  before = raw;
  cfmakeraw(&raw);
  raw.c_cflag |= CLOCAL | CREAD;
  raw.c_cflag &= ~(tcflag_t)(CRTSCTS | CSTOPB);
  raw.c_cc[VMIN] = 1;
  raw.c_cc[VTIME] = 0;
  if (cfsetispeed(&raw, speed) != 0 || cfsetospeed(&raw, speed) != 0 || tcsetattr(device, TCSAFLUSH, &raw) != 0) {
    return -1;
  }
  tty = device;
  first_speed = speed;
  return ioctl(device, TIOCEXCL);
}

int fv_line_open_tty(const char *device, uint32_t baud) {
  const speed_t speed = speed_of(baud);
  if (speed == B0) {
    fprintf(stderr, "detector: --baud %u is no rate of Linux. Take one such as 115200 or 921600.\n", (unsigned)baud);
    return -1;
  }
  in = out = open(device, O_RDWR | O_NOCTTY | O_CLOEXEC);
  if (in < 0) {
    return failed(device, errno == EBUSY    ? "End the program that holds it."
                          : errno == EACCES ? "Run as a user of its group (dialout), or as root."
                                            : "See ls /dev/tty*, and whether the device tree enables this UART.");
  }
  if (make_raw(in, speed) != 0) {
    return failed(device, "A serial device is needed, at a rate that its driver has.");
  }
  is_open = 1;
  return open_wake();
}

int fv_line_open_tcp(const char *address, uint16_t port) {
  struct sockaddr_in at = {.sin_family = AF_INET, .sin_port = htons(port)};
  socklen_t length = sizeof at;
  const int yes = 1;
  if (inet_pton(AF_INET, address, &at.sin_addr) != 1) {
    fprintf(stderr, "detector: --address %s is no IPv4 address. 0.0.0.0 stands for all of this board's.\n", address);
    return -1;
  }
  listener = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
  if (listener < 0) {
    return failed("socket", "This kernel has no TCP.");
  }
  setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
  if (bind(listener, (struct sockaddr *)&at, sizeof at) != 0 || listen(listener, 1) != 0 ||
      getsockname(listener, (struct sockaddr *)&at, &length) != 0) {
    char what[64];
    snprintf(what, sizeof what, "TCP port %u of %s", port, address);
    return failed(what, errno == EADDRINUSE      ? "Another program listens there: end it, or take another port."
                        : errno == EADDRNOTAVAIL ? "This board has no such address: see ip addr."
                                                 : "Ports below 1024 are root's.");
  }
  fprintf(stderr, "detector: listening on %s:%u\n", address, ntohs(at.sin_port));
  return open_wake();
}

int fv_line_open_stdio(void) {
  in = STDIN_FILENO;
  out = STDOUT_FILENO;
  is_open = 1;
  return open_wake();
}

/* A host that vanished without a word is noticed within half a minute. */
static void watch(int connection) {
  const int yes = 1, idle_s = 10, interval_s = 5, probes = 3, unsent_ms = 30000;
  setsockopt(connection, SOL_SOCKET, SO_KEEPALIVE, &yes, sizeof yes);
  setsockopt(connection, IPPROTO_TCP, TCP_KEEPIDLE, &idle_s, sizeof idle_s);
  setsockopt(connection, IPPROTO_TCP, TCP_KEEPINTVL, &interval_s, sizeof interval_s);
  setsockopt(connection, IPPROTO_TCP, TCP_KEEPCNT, &probes, sizeof probes);
  setsockopt(connection, IPPROTO_TCP, TCP_USER_TIMEOUT, &unsent_ms, sizeof unsent_ms);
  setsockopt(connection, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
}

int fv_line_await_host(void) {
  while (listener != NONE) {
    struct pollfd waits = {.fd = listener, .events = POLLIN};
    poll(&waits, 1, -1);
    const int connection = accept4(listener, NULL, NULL, SOCK_CLOEXEC);
    if (connection >= 0) {
      watch(connection);
      in = out = connection;
      return 0;
    }
    if (errno != EINTR && errno != ECONNABORTED && errno != EAGAIN) { /* it may have given up meanwhile */
      return failed("accept", "The network went down: start again.");
    }
  }
  return is_open ? 0 : -1;
}

static int host_gone(void) {
  if (listener != NONE) {
    close(in);
  } else if (tty != NONE) {
    fprintf(stderr, "detector: the serial device is gone. Was its cable pulled?\n");
  }
  in = out = NONE;
  is_open = 0;
  return -1;
}

/* The board works for one host at a time; a second one is told so by the end of its connection. */
static void refuse_second(void) {
  const int second = accept4(listener, NULL, NULL, SOCK_CLOEXEC);
  if (second >= 0) {
    close(second);
  }
}

int fv_line_wait(uint8_t *bytes, size_t most) {
  struct pollfd waits[] = {
      {.fd = in, .events = POLLIN}, {.fd = wake, .events = POLLIN}, {.fd = listener, .events = POLLIN}};
  if (out == NONE) {
    return host_gone();
  }
  if (poll(waits, sizeof waits / sizeof waits[0], -1) < 0) {
    return errno == EINTR ? 0 : host_gone();
  }
  if (waits[1].revents) {
    eventfd_t times;
    eventfd_read(wake, &times);
  }
  if (!waits[0].revents) {
    if (waits[2].revents) {
      refuse_second(); /* only now: the first may have gone, and this be the next */
    }
    return 0;
  }
  const ssize_t n = read(in, bytes, most);
  return n > 0 ? (int)n : n < 0 && errno == EINTR ? 0 : host_gone();
}

void fv_line_wake(void) { eventfd_write(wake, 1); }

void fv_line_write(const uint8_t *bytes, size_t n) {
  while (n > 0 && out != NONE) {
    const ssize_t written = write(out, bytes, n);
    if (written > 0) {
      bytes += written;
      n -= (size_t)written;
    } else if (written < 0 && errno != EINTR) {
      out = NONE; /* fv_line_wait tells */
    }
  }
}

uint32_t fv_line_baud(uint32_t baud) { return tty != NONE && speed_of(baud) != B0 ? baud : 0; }

void fv_line_set_baud(uint32_t baud) {
  struct termios line;
  if (tty != NONE && tcgetattr(tty, &line) == 0) {
    const speed_t speed = baud != 0 ? speed_of(baud) : first_speed;
    cfsetispeed(&line, speed);
    cfsetospeed(&line, speed);
    tcsetattr(tty, TCSADRAIN, &line);
  }
}

void fv_line_restore(void) {
  if (tty != NONE) {
    tcsetattr(tty, TCSANOW, &before);
  }
}
