/* The floor: a WebSocket server that does nothing but hand each text frame on to everyone in its room, by send() of the
 * same ready-made bytes. No server that tells each person separately can cost less. `floor PORT`; a room is /ws/NUMBER.
 * It knows what load.c sends and no more: no fragments, no frame above 16 KiB, nobody who stops reading. */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <netinet/tcp.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

enum { ROOMS = 1024, EVENTS = 512, BUFFER = 1 << 15, BACKLOG = 4096, TEXT = 0x81, CLOSE = 0x88 };

struct member {
  int fd, room, place, have;
  unsigned char *said; /* what has come of a head or a frame that is not whole yet */
};

struct room {
  struct member **members;
  int count, space;
};

static struct room rooms[ROOMS];
static unsigned char frame[BUFFER];

/* ---- The handshake: base64(SHA-1(key + a fixed text)) ---- */

static uint32_t turn(uint32_t word, int by) { return word << by | word >> (32 - by); }

static void sha1_block(uint32_t sum[5], const unsigned char *block) {
  uint32_t word[80], a = sum[0], b = sum[1], c = sum[2], d = sum[3], e = sum[4];
  for (int i = 0; i < 16; i++)
    word[i] = (uint32_t)block[4 * i] << 24 | block[4 * i + 1] << 16 | block[4 * i + 2] << 8 | block[4 * i + 3];
  for (int i = 16; i < 80; i++) word[i] = turn(word[i - 3] ^ word[i - 8] ^ word[i - 14] ^ word[i - 16], 1);
  for (int i = 0; i < 80; i++) {
    uint32_t mix = i < 20   ? ((b & c) | (~b & d)) + 0x5A827999
                   : i < 40 ? (b ^ c ^ d) + 0x6ED9EBA1
                   : i < 60 ? ((b & c) | (b & d) | (c & d)) + 0x8F1BBCDC
                            : (b ^ c ^ d) + 0xCA62C1D6;
    uint32_t next = turn(a, 5) + mix + e + word[i];
    e = d, d = c, c = turn(b, 30), b = a, a = next;
  }
  sum[0] += a, sum[1] += b, sum[2] += c, sum[3] += d, sum[4] += e;
}

/* Of a text shorter than two blocks. */
static void sha1(const char *text, unsigned char out[20]) {
  uint32_t sum[5] = {0x67452301, 0xEFCDAB89, 0x98BADCFE, 0x10325476, 0xC3D2E1F0};
  unsigned char padded[128] = {0};
  size_t length = strlen(text), blocks = (length + 9 + 63) / 64;
  memcpy(padded, text, length);
  padded[length] = 0x80;
  for (int i = 0; i < 8; i++) padded[blocks * 64 - 1 - i] = (unsigned char)((uint64_t)length * 8 >> 8 * i);
  for (size_t i = 0; i < blocks; i++) sha1_block(sum, padded + 64 * i);
  for (int i = 0; i < 20; i++) out[i] = (unsigned char)(sum[i / 4] >> (24 - 8 * (i % 4)));
}

static void base64(const unsigned char in[20], char out[29]) {
  static const char signs[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  unsigned char whole[21] = {0};
  memcpy(whole, in, 20);
  for (int i = 0; i < 7; i++) {
    uint32_t three = whole[3 * i] << 16 | whole[3 * i + 1] << 8 | whole[3 * i + 2];
    for (int j = 0; j < 4; j++) out[4 * i + j] = signs[three >> (18 - 6 * j) & 63];
  }
  out[27] = '=';
  out[28] = 0;
}

/* ---- Members ---- */

static void enter(struct member *member, int number) {
  struct room *room = &rooms[number % ROOMS];
  if (room->count == room->space) {
    room->space = room->space * 2 + 16;
    room->members = realloc(room->members, (size_t)room->space * sizeof *room->members);
  }
  member->room = number % ROOMS;
  member->place = room->count;
  room->members[room->count++] = member;
}

static void leave(struct member *member) {
  if (member->room >= 0) {
    struct room *room = &rooms[member->room];
    struct member *last = room->members[--room->count];
    room->members[member->place] = last;
    last->place = member->place;
  }
  close(member->fd);
  free(member->said);
  free(member);
}

static void put(int fd, const void *bytes, size_t length) {
  /* Whoever stops reading would make the measurement wrong, not slow: then it ends here. */
  if (send(fd, bytes, length, MSG_NOSIGNAL) != (ssize_t)length) perror("floor: send"), exit(1);
}

/* Returns how many bytes the head took, 0 while it is not whole. */
static int shake_hands(struct member *member) {
  member->said[member->have] = 0;
  char *head = (char *)member->said, *end = strstr(head, "\r\n\r\n"), text[128], sign[29], answer[256];
  if (!end) return 0;
  char *key = strcasestr(head, "Sec-WebSocket-Key:"), *path = strstr(head, "/ws/");
  unsigned char sum[20];
  if (!key || !path || sscanf(key + 18, " %60[^\r]", text) != 1) fprintf(stderr, "floor: no handshake\n"), exit(1);
  strcat(text, "258EAFA5-E914-47DA-95CA-C5AB0DC85B11");
  sha1(text, sum);
  base64(sum, sign);
  int length = snprintf(answer, sizeof answer,
                        "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                        "Sec-WebSocket-Accept: %s\r\n\r\n",
                        sign);
  put(member->fd, answer, (size_t)length);
  enter(member, atoi(path + 4));
  return (int)(end + 4 - head);
}

/* Take one frame off and hand it on. Returns how many bytes it took, 0 while it is not whole, -1 at the end. */
static int hand_on(struct member *member, const unsigned char *said, int have) {
  if (have < 6) return 0;
  int length = said[1] & 127, at = 2, head = 2;
  if (length == 126) {
    if (have < 8) return 0;
    length = said[2] << 8 | said[3], at = 4, head = 4;
  }
  if (have < at + 4 + length) return 0;
  if (said[0] == CLOSE) return -1;
  if (said[0] == TEXT) {
    const unsigned char *mask = said + at, *text = mask + 4;
    frame[0] = TEXT;
    frame[1] = (unsigned char)(length < 126 ? length : 126);
    if (head == 4) frame[2] = said[2], frame[3] = said[3];
    for (int i = 0; i < length; i++) frame[head + i] = text[i] ^ mask[i & 3];
    struct room *room = &rooms[member->room];
    for (int i = 0; i < room->count; i++) put(room->members[i]->fd, frame, (size_t)(head + length));
  }
  return at + 4 + length;
}

/* Read what has come. Returns 0 once nobody is there any more. */
static int hear(struct member *member) {
  ssize_t got = recv(member->fd, member->said + member->have, (size_t)(BUFFER - 1 - member->have), MSG_DONTWAIT);
  if (got <= 0) return 0;
  member->have += (int)got;
  int done = 0, took = 0;
  if (member->room < 0) done = shake_hands(member);
  while (member->room >= 0 && (took = hand_on(member, member->said + done, member->have - done)) > 0) done += took;
  member->have -= done;
  memmove(member->said, member->said + done, (size_t)member->have);
  return took >= 0;
}

static int opened(int port) {
  int one = 1, fd = socket(AF_INET, SOCK_STREAM, 0);
  struct sockaddr_in here = {.sin_family = AF_INET, .sin_port = htons((uint16_t)port)};
  here.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &one, sizeof one);
  setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one); /* inherited by each connection */
  if (bind(fd, (struct sockaddr *)&here, sizeof here) || listen(fd, BACKLOG)) perror("floor: listen"), exit(1);
  return fd;
}

int main(int count, char **words) {
  if (count != 2) return fprintf(stderr, "floor PORT\n"), 2;
  int listening = opened(atoi(words[1])), events = epoll_create1(0);
  struct epoll_event wish = {.events = EPOLLIN}, now[EVENTS];
  epoll_ctl(events, EPOLL_CTL_ADD, listening, &wish);
  for (;;) {
    int ready = epoll_wait(events, now, EVENTS, -1);
    for (int i = 0; i < ready; i++) {
      struct member *member = now[i].data.ptr;
      if (member) {
        if (!hear(member)) leave(member);
        continue;
      }
      member = calloc(1, sizeof *member);
      member->fd = accept(listening, NULL, NULL);
      member->room = -1;
      member->said = malloc(BUFFER);
      struct epoll_event theirs = {.events = EPOLLIN, .data.ptr = member};
      epoll_ctl(events, EPOLL_CTL_ADD, member->fd, &theirs);
    }
  }
}
