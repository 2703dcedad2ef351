/*
 * What coordinator is measured against, and what feeds all receivers that are compared: sends events on an absolute schedule, as a
 * careful program in C would. It sleeps until shortly before an event is due, spins, reads the time, and hands the event to all
 * receivers in one call. Totals go to standard output as JSON.
 */
#define _GNU_SOURCE
#include "datagram.h"
#include "rows.h"

#include <getopt.h>
#include <netdb.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/time.h>

enum { RECEIVERS_MAX = 64, BUCKETS_PER_POWER = 32, BUCKETS = 64 * BUCKETS_PER_POWER, ROWS_MUCH_BYTES = 16384 };

static const int64_t SPIN_NS = 200000;

/* With buckets that are at most 1/32 of their value wide. */
struct histogram {
  uint64_t counts[BUCKETS];
  uint64_t count;
  int64_t max;
};

struct options {
  const char *receivers, *output;
  double rate_hz; /* 0 for as fast as it can */
  uint64_t events, first_event_id, run_id;
  size_t payload_bytes; /* 0 for event_N as it is */
  int json;
};

static volatile sig_atomic_t stopped;

static void stop(int signal) {
  (void)signal;
  stopped = 1;
}

static void histogram_add(struct histogram *histogram, int64_t value) {
  uint64_t v = value < 0 ? 0 : (uint64_t)value;
  int power = v < BUCKETS_PER_POWER ? 0 : 63 - __builtin_clzll(v) - 4;
  histogram->counts[power == 0 ? v : (uint64_t)power * BUCKETS_PER_POWER + ((v >> (power - 1)) - BUCKETS_PER_POWER)]++;
  histogram->count++;
  histogram->max = value > histogram->max ? value : histogram->max;
}

/* The upper edge of the bucket with the value of this rank, or the largest value if that is less. */
static int64_t histogram_percentile(const struct histogram *histogram, double percent) {
  uint64_t rank = (uint64_t)((double)histogram->count * percent / 100), seen = 0;
  for (uint64_t i = 0; i < BUCKETS; i++) {
    seen += histogram->counts[i];
    if (seen > rank) {
      uint64_t power = i / BUCKETS_PER_POWER;
      int64_t edge = (int64_t)(power == 0 ? i : ((i % BUCKETS_PER_POWER + BUCKETS_PER_POWER + 1) << (power - 1)) - 1);
      return edge < histogram->max ? edge : histogram->max;
    }
  }
  return histogram->max;
}

static int resolve(char *text, struct sockaddr_storage *addresses, socklen_t *sizes) {
  int count = 0;
  for (char *rest = NULL, *word = strtok_r(text, ",", &rest); word != NULL; word = strtok_r(NULL, ",", &rest)) {
    char *colon = strrchr(word, ':');
    struct addrinfo hints = {.ai_family = AF_INET, .ai_socktype = SOCK_DGRAM}, *found;
    if (colon == NULL || count == RECEIVERS_MAX) {
      fprintf(stderr, "sender: %s is not HOST:PORT, or there are more than %d receivers\n", word, RECEIVERS_MAX);
      exit(5);
    }
    *colon = '\0';
    if (getaddrinfo(word, colon + 1, &hints, &found) != 0) {
      fprintf(stderr, "sender: cannot resolve %s\n", word);
      exit(4);
    }
    memcpy(&addresses[count], found->ai_addr, found->ai_addrlen);
    sizes[count++] = found->ai_addrlen;
    freeaddrinfo(found);
  }
  return count;
}

static char *put_payload(char *at, const struct options *options, uint64_t event_id) {
  char *begin = at;
  at = put_number(put_text(at, "event_", 6), event_id);
  if (options->payload_bytes > 0) {
    size_t size = (size_t)(at - begin);
    if (size < options->payload_bytes) {
      memset(at, '.', options->payload_bytes - size);
    }
    at = begin + options->payload_bytes;
  }
  return at;
}

static size_t write_binary(unsigned char *at, const struct options *options, uint64_t event_id, uint64_t sequence_number, int64_t send_time_ns) {
  unsigned char *end = (unsigned char *)put_payload((char *)at + HEADER_BYTES, options, event_id);
  memcpy(at, "CRLN", 4);
  at[VERSION_AT] = 1;
  at[FLAGS_AT] = 0;
  put16(at + PAYLOAD_LENGTH_AT, (uint16_t)(end - at - HEADER_BYTES));
  put64(at + RUN_ID_AT, options->run_id);
  put64(at + EVENT_ID_AT, event_id);
  put64(at + SEQUENCE_NUMBER_AT, sequence_number);
  put64(at + SEND_TIME_AT, (uint64_t)send_time_ns);
  put32(at + CHECKSUM_AT, checksum(at, (size_t)(end - at)));
  return (size_t)(end - at);
}

static size_t write_json(unsigned char *begin, const struct options *options, uint64_t event_id, uint64_t sequence_number, int64_t send_time_ns) {
  char *at = (char *)begin;
  at = put_number(put_text(at, "{\"event_id\":", 12), event_id);
  at = put_signed(put_text(at, ",\"coordinator_timestamp_ns\":", 28), send_time_ns);
  at = put_number(put_text(at, ",\"sequence_number\":", 19), sequence_number);
  at = put_payload(put_text(at, ",\"payload\":\"", 12), options, event_id);
  at = put_text(at, "\"}", 2);
  return (size_t)((unsigned char *)at - begin);
}

/* Sleeps until shortly before, then spins; returns when it is over, on CLOCK_MONOTONIC. */
static int64_t await(int64_t due_ns) {
  int64_t now = now_ns(CLOCK_MONOTONIC);
  while (due_ns - now > SPIN_NS && !stopped) {
    int64_t until_ns = due_ns - SPIN_NS;
    struct timespec until = {.tv_sec = until_ns / 1000000000, .tv_nsec = until_ns % 1000000000};
    clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &until, NULL);
    now = now_ns(CLOCK_MONOTONIC);
  }
  while (now < due_ns && !stopped) {
    now = now_ns(CLOCK_MONOTONIC);
  }
  return now;
}

static struct options parse(int count, char **words) {
  struct options options = {.events = 100, .first_event_id = 1, .run_id = 0xbe7c4ca1};
  double seconds = 0;
  int option;
  static const struct option OPTIONS[] = {
      {"receivers", required_argument, NULL, 'w'},    {"rate", required_argument, NULL, 'r'},
      {"num-events", required_argument, NULL, 'n'},   {"seconds", required_argument, NULL, 's'},
      {"first-event", required_argument, NULL, 'f'},  {"payload-size", required_argument, NULL, 'p'},
      {"run-id", required_argument, NULL, 'i'},       {"output", required_argument, NULL, 'o'},
      {"json", no_argument, NULL, 'j'},               {NULL, 0, NULL, 0}};
  while ((option = getopt_long(count, words, "", OPTIONS, NULL)) != -1) {
    switch (option) {
      case 'w': options.receivers = optarg; break;
      case 'r': options.rate_hz = atof(optarg); break;
      case 'n': options.events = strtoull(optarg, NULL, 10); break;
      case 's': seconds = atof(optarg); break;
      case 'f': options.first_event_id = strtoull(optarg, NULL, 10); break;
      case 'p': options.payload_bytes = strtoull(optarg, NULL, 10); break;
      case 'i': options.run_id = strtoull(optarg, NULL, 16); break;
      case 'o': options.output = optarg; break;
      case 'j': options.json = 1; break;
      default: exit(5);
    }
  }
  if (options.receivers == NULL || options.rate_hz < 0 || options.payload_bytes > DATAGRAM_BYTES_MAX - 200) {
    fprintf(stderr, "sender --receivers HOST:PORT,... [--rate EVENTS_PER_SECOND] [--num-events N | --seconds S] [--first-event ID]\n"
                    "       [--payload-size BYTES] [--run-id HEX] [--json] [--output FILE]\n");
    exit(5);
  }
  if (seconds > 0) {
    /* Without a rate the time ends it. */
    options.events = options.rate_hz > 0 ? (uint64_t)(seconds * options.rate_hz) : UINT64_MAX;
    if (options.rate_hz == 0) {
      struct itimerval end = {.it_value = {.tv_sec = (time_t)seconds, .tv_usec = (suseconds_t)((seconds - (double)(time_t)seconds) * 1e6)}};
      setitimer(ITIMER_REAL, &end, NULL);
    }
  }
  return options;
}

int main(int count, char **words) {
  struct options options = parse(count, words);
  static struct sockaddr_storage addresses[RECEIVERS_MAX];
  static socklen_t sizes[RECEIVERS_MAX];
  static struct mmsghdr messages[RECEIVERS_MAX];
  static unsigned char datagram[DATAGRAM_BYTES_MAX + 100];
  static struct histogram lateness;
  char *names = strdup(options.receivers);
  int receivers = resolve(names, addresses, sizes);
  struct iovec vector = {.iov_base = datagram};
  for (int i = 0; i < receivers; i++) {
    messages[i].msg_hdr =
        (struct msghdr){.msg_name = &addresses[i], .msg_namelen = sizes[i], .msg_iov = &vector, .msg_iovlen = 1};
  }
  int fd = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
  if (fd < 0) {
    fail("socket");
  }
  struct rows *rows = NULL;
  if (options.output != NULL) {
    rows = rows_open(options.output, "event_id,sequence_number,send_time_ns,scheduled_time_ns,lateness_ns\n");
  }
  struct sigaction action = {.sa_handler = stop};
  sigaction(SIGTERM, &action, NULL);
  sigaction(SIGINT, &action, NULL);
  sigaction(SIGALRM, &action, NULL);
  prctl(PR_SET_TIMERSLACK, 1);
  choose_crc32c();

  const int64_t start_ns = now_ns(CLOCK_MONOTONIC) + 1000000;
  const int64_t realtime_less_monotonic_ns = now_ns(CLOCK_REALTIME) - now_ns(CLOCK_MONOTONIC);
  uint64_t sent = 0, errors = 0;
  int64_t sent_ns = start_ns, first_sent_ns = 0;
  for (; sent < options.events && !stopped; sent++) {
    int64_t due_ns = options.rate_hz > 0 ? start_ns + (int64_t)((double)sent * 1e9 / options.rate_hz) : sent_ns;
    sent_ns = await(due_ns);
    if (stopped) {
      break;
    }
    first_sent_ns = sent == 0 ? sent_ns : first_sent_ns;
    uint64_t event_id = options.first_event_id + sent;
    int64_t send_time_ns = now_ns(CLOCK_REALTIME);
    vector.iov_len = (options.json ? write_json : write_binary)(datagram, &options, event_id, event_id - 1, send_time_ns);
    for (int done = 0; done < receivers;) {
      int now = sendmmsg(fd, messages + done, (unsigned)(receivers - done), 0);
      errors += now < 0;
      done += now < 0 ? 1 : now; /* over the one that cannot be sent to, on to the next */
    }
    histogram_add(&lateness, sent_ns - due_ns);
    if (rows != NULL) {
      char *at = row_begin(rows, sent_ns);
      at = put_number(at, event_id);
      *at++ = ',';
      at = put_number(at, event_id - 1);
      *at++ = ',';
      at = put_signed(at, send_time_ns);
      *at++ = ',';
      at = put_signed(at, due_ns + realtime_less_monotonic_ns);
      *at++ = ',';
      at = put_signed(at, sent_ns - due_ns);
      row_end(rows, at);
      rows_write_if_due(rows, sent_ns, ROWS_MUCH_BYTES);
    }
  }
  uint64_t rows_lost = 0;
  if (rows != NULL) {
    rows_write(rows);
    rows_lost = rows->rows_lost;
  }
  printf("{\"sent\":%" PRIu64 ",\"errors\":%" PRIu64 ",\"rows_lost\":%" PRIu64 ",\"elapsed_s\":%.6f,\"lateness_ns\":{\"p50\":%" PRId64
         ",\"p99\":%" PRId64 ",\"max\":%" PRId64 "}}\n",
         sent, errors, rows_lost, (double)(sent_ns - first_sent_ns) / 1e9, histogram_percentile(&lateness, 50),
         histogram_percentile(&lateness, 99), lateness.max);
  free(names);
  return 0;
}
