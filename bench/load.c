/* The people: many WebSockets of one process, who ask, and notice when everyone in their room has heard.
 *
 * load LINES READY HELLO COUNT. LINES is a file of connections, one a line: port, room, path, cookie or -, parted by
 * tabs. READY is how the text frame begins after which a connection counts ("" for the handshake alone); HELLO is what
 * each says first. COUNT "reached": who was told a number was told all before it: our server joins several asks in
 * one change; "each": every number comes by itself. It prints {"ready": seconds}, then takes orders on standard input,
 * one a line:
 *
 *     run IN_FLIGHT SECONDS ASKS     ASKS is a file, one ask a line: connection, frame, parted by a tab
 *
 * and prints what came of each. It ends where the orders do. An ask that is refused or lost is told and ends it. */
#include "line.h"

#include <sys/epoll.h>
#include <sys/resource.h>
#include <time.h>
#include <unistd.h>

enum { RING = 2048, FLIGHT = 512, EVENTS = 1024, AT_ONCE = 32, READ = 1 << 18 };
static const double READY_S = 120, LOST_S = 15;

struct heard {
  uint32_t seq;
  int count;
  double last;
};

struct room {
  int members;
  struct heard ring[RING];
};

struct ask {
  int room, line;
  uint32_t ref, seq;
  double at;
};

static struct line *lines;
static struct room *rooms;
static struct ask flight[FLIGHT];
static int count, ready, in_flight, events, each;
static const char *ready_word, *hello;
static double *took;
static size_t finished, space;
static unsigned long long deliveries, frames, bytes;
static unsigned char buffer[READ];

static double now(void) {
  struct timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  return (double)time.tv_sec + 1e-9 * (double)time.tv_nsec;
}

static double own_cpu(void) {
  struct rusage used;
  getrusage(RUSAGE_SELF, &used);
  return (double)(used.ru_utime.tv_sec + used.ru_stime.tv_sec) +
         1e-6 * (double)(used.ru_utime.tv_usec + used.ru_stime.tv_usec);
}

static void *room_for(void *old, size_t size) {
  void *new = realloc(old, size);
  if (!new) end("no memory");
  return new;
}

/* ---- Hearing ---- */

static struct heard *heard_of(int room, uint32_t seq) {
  struct heard *heard = &rooms[room].ring[seq % RING];
  if (heard->seq != seq) *heard = (struct heard){.seq = seq};
  return heard;
}

static void finish(int place) {
  struct ask *ask = &flight[place];
  if (finished == space) took = room_for(took, (space = space * 2 + 4096) * sizeof *took);
  took[finished++] = heard_of(ask->room, ask->seq)->last - ask->at;
  deliveries += (unsigned)rooms[ask->room].members;
  *ask = flight[--in_flight];
}

/* Where everyone has heard `seq`, the ask behind it is over; before it was answered nobody knows which one that is. */
static void look(int room, uint32_t seq) {
  if (heard_of(room, seq)->count < rooms[room].members) return;
  for (int i = 0; i < in_flight; i++)
    if (flight[i].room == room && flight[i].seq == seq) return finish(i);
}

static void hears(struct line *line, uint32_t seq, double at) {
  uint32_t from = each || seq - line->told > RING / 2 ? seq : line->told + 1;
  if (!each && seq <= line->told) return;
  for (uint32_t one = from; one <= seq; one++) {
    struct heard *heard = heard_of(line->room, one);
    heard->count++, heard->last = at;
    look(line->room, one);
  }
  line->told = seq;
}

static void answered(int index, uint32_t ref, uint32_t seq) {
  for (int i = 0; i < in_flight; i++)
    if (flight[i].line == index && flight[i].ref == ref) {
      flight[i].seq = seq;
      return look(flight[i].room, seq);
    }
}

static uint32_t number(const char *text, const char *name) {
  const char *found = strstr(text, name);
  return found ? (uint32_t)strtoul(found + strlen(name), NULL, 10) : 0;
}

/* The first bytes of a text frame say what it is. */
static void hear(struct line *line, double at) {
  char *text = (char *)line->start;
  text[line->kept < START ? line->kept : START - 1] = 0;
  frames++;
  if (!line->ready && strncmp(text, ready_word, strlen(ready_word)) == 0) {
    line->ready = 1, ready++;
    line->told = number(text, "\"seq\":");
  }
  char *is = strstr(text, "\"is\":\"");
  if (!is) {
    if (strcmp(text, "2") == 0) say(line, TEXT, "3", 1); /* socket.io asks so whether anybody is there */
  } else if (strncmp(is + 6, "change", 6) == 0 || strncmp(is + 6, "welcome", 7) == 0) {
    hears(line, number(is, "\"seq\":"), at);
  } else if (strncmp(is + 6, "done", 4) == 0) {
    answered((int)(line - lines), number(is, "\"ref\":"), number(is, "\"seq\":"));
  } else if (strncmp(is + 6, "no\"", 3) == 0 || strncmp(is + 6, "bye", 3) == 0) {
    end("connection %ld was told %s", line - lines, text);
  }
}

static void whole(struct line *line, double at) {
  if (line->frame[0] == TEXT) hear(line, at);
  if (line->frame[0] == PING) say(line, PONG, (char *)line->start, (size_t)line->kept);
  if (line->frame[0] == CLOSE) end("connection %ld was closed", line - lines);
  line->head = line->kept = 0;
}

static void opens(struct line *line) {
  line->open = 1;
  if (*hello) say(line, TEXT, hello, strlen(hello));
  if (!*ready_word) line->ready = 1, ready++;
}

static void listen_to(struct line *line) {
  ssize_t got = recv(line->fd, buffer, READ - 1, MSG_DONTWAIT);
  if (got < 0 && (errno == EAGAIN || errno == EINTR)) return;
  if (got <= 0) end("connection %ld was cut", line - lines);
  double at = now();
  unsigned char *from = buffer, *to = buffer + got;
  bytes += (unsigned long long)got;
  if (!line->open) {
    *to = 0;
    char *over = strstr((char *)buffer, "\r\n\r\n");
    if (strncmp((char *)buffer, "HTTP/1.1 101", 12) != 0 || !over) end("no handshake: %.200s", buffer);
    from = (unsigned char *)over + 4;
    opens(line);
  }
  take(line, from, to, at);
}

/* Returns whether there is an order to read. */
static int turn(int ms) {
  static struct epoll_event happened[EVENTS];
  int order = 0, happenings = epoll_wait(events, happened, EVENTS, ms);
  for (int i = 0; i < happenings; i++) {
    if (happened[i].data.ptr) listen_to(happened[i].data.ptr);
    else order = 1;
  }
  return order;
}

/* ---- What is told to do ---- */

static void read_lines(const char *name) {
  FILE *file = fopen(name, "r");
  char path[1024], rest[1024];
  int port, room, most = 0;
  if (!file) end("no file of connections");
  for (; fscanf(file, "%d\t%d\t%1023[^\t]\t%1023[^\n]\n", &port, &room, path, rest) == 4; count++) {
    lines = room_for(lines, (size_t)(count + 1) * sizeof *lines);
    char *cookie = strcmp(rest, "-") ? strdup(rest) : "";
    lines[count] = (struct line){.port = port, .room = room, .path = strdup(path), .cookie = cookie};
    most = room > most ? room : most;
  }
  fclose(file);
  rooms = calloc((size_t)most + 1, sizeof *rooms);
  for (int i = 0; i < count; i++) rooms[lines[i].room].members++;
}

static void connect_all(void) {
  double began = now();
  for (int next = 0; ready < count; turn(20)) {
    for (; next < count && next - ready < AT_ONCE; next++) {
      struct epoll_event wish = {.events = EPOLLIN, .data.ptr = &lines[next]};
      dial(&lines[next]);
      epoll_ctl(events, EPOLL_CTL_ADD, lines[next].fd, &wish);
    }
    if (now() - began > READY_S) end("only %d of %d connections are ready", ready, count);
  }
  printf("{\"ready\": %.4f, \"bytes\": %llu}\n", now() - began, bytes);
}

/* Send the next ask of the file. Returns 0 where there is none. */
static int ask_next(FILE *asks) {
  static char text[WORDS];
  if (!fgets(text, sizeof text, asks)) return 0;
  char *frame = strchr(text, '\t') + 1;
  int index = atoi(text);
  frame[strcspn(frame, "\n")] = 0;
  flight[in_flight++] = (struct ask){.room = lines[index].room,
                                     .line = index,
                                     .ref = number(frame, "\"ref\":"),
                                     .seq = number(frame, "\"seq\":"),
                                     .at = now()};
  say(&lines[index], TEXT, frame, strlen(frame));
  return 1;
}

static int by_size(const void *one, const void *other) {
  double a = *(const double *)one, b = *(const double *)other;
  return (a > b) - (a < b);
}

static double part(double share) { return finished ? took[(size_t)(share * (double)(finished - 1) + 0.5)] : 0; }

static void run(int most, double seconds, const char *name) {
  FILE *asks = fopen(name, "r");
  if (!asks || most > FLIGHT) end("that cannot be run");
  finished = 0, deliveries = frames = bytes = 0;
  int asked = 0, more = 1;
  double began = now(), cpu = own_cpu(), alive = began;
  while (more || in_flight) {
    size_t before = finished;
    while (more && in_flight < most && (more = ask_next(asks))) asked++;
    turn(50);
    more = more && now() - began < seconds;
    if (finished > before) alive = now();
    if (now() - alive > LOST_S) end("%d asks were lost", in_flight);
  }
  double lasted = now() - began;
  fclose(asks);
  qsort(took, finished, sizeof *took, by_size);
  printf("{\"asked\": %d, \"deliveries\": %llu, \"frames\": %llu, \"bytes\": %llu, ", asked, deliveries, frames, bytes);
  printf("\"lasted\": %.6f, \"busy\": %.4f, ", lasted, (own_cpu() - cpu) / lasted);
  printf("\"low\": %.7f, \"median\": %.7f, ", part(.25), part(.5));
  printf("\"high\": %.7f, \"late\": %.7f}\n", part(.75), part(.95));
}

int main(int words, char **word) {
  if (words != 5) return fprintf(stderr, "load LINES READY HELLO reached|each\n"), 2;
  ready_word = word[2], hello = word[3], each = strcmp(word[4], "each") == 0;
  setvbuf(stdout, NULL, _IOLBF, 0);
  events = epoll_create1(0);
  read_lines(word[1]);
  connect_all();
  struct epoll_event wish = {.events = EPOLLIN};
  epoll_ctl(events, EPOLL_CTL_ADD, STDIN_FILENO, &wish);
  for (;;) {
    char order[1024], name[1000];
    int most;
    double seconds;
    if (!turn(1000)) continue;
    if (!fgets(order, sizeof order, stdin)) return 0;
    if (sscanf(order, "run %d %lf %999[^\n]", &most, &seconds, name) != 3) end("no such order");
    run(most, seconds, name);
  }
}
