/* One WebSocket as the people of load.c hold it: how it is opened, how it says something, how frames are taken off what
 * comes. Of a frame only the first bytes are kept, for they say what it is. It knows nothing of rooms and asks. */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/tcp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>

enum { START = 160, WORDS = 1 << 15 };
enum { TEXT = 0x81, PING = 0x89, PONG = 0x8A, CLOSE = 0x88, MASKED = 0x80 };

struct line {
  int fd, port, room;
  int open, ready; /* its hands are shaken; it was let in */
  uint32_t told;   /* the last number it heard */
  int head, kept;  /* so many bytes of `frame` and of `start` are there */
  uint64_t left;   /* so many are still to come */
  unsigned char frame[14], start[START];
  char *path, *cookie;
};

/* What becomes of a whole frame is for whoever holds the line to say. */
static void whole(struct line *line, double at);

static void end(const char *why, ...) {
  va_list rest;
  va_start(rest, why);
  fprintf(stderr, "load: ");
  vfprintf(stderr, why, rest);
  fprintf(stderr, "\n");
  exit(1);
}

static void say(struct line *line, int kind, const char *text, size_t length) {
  static unsigned char frame[WORDS + 8];
  size_t head = 2;
  if (length > WORDS) end("an ask is too long");
  frame[0] = (unsigned char)kind;
  if (length < 126) {
    frame[1] = (unsigned char)(MASKED | length);
  } else {
    frame[1] = MASKED | 126, frame[2] = (unsigned char)(length >> 8), frame[3] = (unsigned char)length, head = 4;
  }
  /* A mask of noughts is a mask, and leaves the words as they are. */
  memset(frame + head, 0, 4);
  memcpy(frame + head + 4, text, length);
  ssize_t size = (ssize_t)(head + 4 + length);
  if (send(line->fd, frame, (size_t)size, MSG_NOSIGNAL) != size) end("nobody reads in room %d", line->room);
}

static void shake_hands(struct line *line) {
  const char *form =
      "GET %s HTTP/1.1\r\nHost: 127.0.0.1:%d\r\nOrigin: http://127.0.0.1:%d\r\nCookie: %s\r\n"
      "Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
      "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n";
  char head[2048];
  int length = snprintf(head, sizeof head, form, line->path, line->port, line->port, line->cookie);
  if (send(line->fd, head, (size_t)length, MSG_NOSIGNAL) != length) end("the handshake could not be sent");
}

static void dial(struct line *line) {
  struct sockaddr_in there = {.sin_family = AF_INET, .sin_port = htons((uint16_t)line->port)};
  int one = 1;
  there.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  line->fd = socket(AF_INET, SOCK_STREAM, 0);
  setsockopt(line->fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
  if (connect(line->fd, (struct sockaddr *)&there, sizeof there)) end("no connection: %s", strerror(errno));
  shake_hands(line);
}

/* How long the head is, as far as it is known. */
static int head_of(const struct line *line) {
  if (line->head < 2) return 2;
  return line->frame[1] == 126 ? 4 : line->frame[1] == 127 ? 10 : 2;
}

/* Take in what came of frames: a head, then its first bytes; the rest is only counted. */
static void take(struct line *line, const unsigned char *from, const unsigned char *to, double at) {
  while (from < to) {
    if (line->head < head_of(line)) {
      line->frame[line->head++] = *from++;
      if (line->head < head_of(line)) continue;
      line->left = line->head == 2 ? line->frame[1] : 0;
      for (int i = 2; i < line->head; i++) line->left = line->left << 8 | line->frame[i];
    } else {
      size_t some = (size_t)(to - from) < line->left ? (size_t)(to - from) : line->left;
      size_t keep = (size_t)(START - 1 - line->kept) < some ? (size_t)(START - 1 - line->kept) : some;
      memcpy(line->start + line->kept, from, keep);
      line->kept += (int)keep, line->left -= some, from += some;
    }
    if (line->left == 0) whole(line, at);
  }
}
