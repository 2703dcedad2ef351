/*
 * What worker is measured against: receives Carillon's binary events and records them, as a careful program in C would. It fetches
 * what has come with recvmmsg, takes the kernel's stamps, checks every datagram, and writes the columns of worker_NODE.csv; those of
 * clocks that it does not have stay empty. It takes the worker's options of the same names. SIGTERM ends it: what has arrived is
 * written first.
 */
#define _GNU_SOURCE
#include "datagram.h"
#include "rows.h"

#include <arpa/inet.h>
#include <getopt.h>
#include <netinet/in.h>
#include <signal.h>
#include <sys/socket.h>
#include <sys/time.h>

/* Slots a power of two apart would take each other's place in the cache. */
enum { BATCH = 256, DATAGRAM_BYTES = 65536, SLOT_BYTES = DATAGRAM_BYTES + 4096 + 64 };

static const char HEADER[] =
    "event_id,node_id,sequence_number,receive_time_ns,coordinator_send_time_ns,ntp_offset_ms,ntp_uncertainty_ms,ntp_timestamp_ns,"
    "timestamp_source,bc_timestamp_ns,bc_earliest_ns,bc_latest_ns,bc_status,true_time_ns,raw_time_ns,raw_uncertainty_ns\n";

struct totals {
  uint64_t received, malformed, highest_event_id, kernel_drops;
};

static volatile sig_atomic_t stopped;

static void stop(int signal) {
  (void)signal;
  stopped = 1;
}

static int open_socket(uint16_t port, int receive_buffer_bytes) {
  int fd = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
  int on = 1;
  struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons(port), .sin_addr.s_addr = htonl(INADDR_ANY)};
  /* So that it sees between two events that rows are old, and that it shall end. */
  struct timeval wait = {.tv_usec = 50000};
  if (fd < 0) {
    fail("socket");
  }
  /* The second one goes beyond net.core.rmem_max and needs a privilege. */
  setsockopt(fd, SOL_SOCKET, SO_RCVBUF, &receive_buffer_bytes, sizeof receive_buffer_bytes);
  setsockopt(fd, SOL_SOCKET, SO_RCVBUFFORCE, &receive_buffer_bytes, sizeof receive_buffer_bytes);
  if (setsockopt(fd, SOL_SOCKET, SO_TIMESTAMPNS, &on, sizeof on) < 0 || setsockopt(fd, SOL_SOCKET, SO_RXQ_OVFL, &on, sizeof on) < 0 ||
      setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &wait, sizeof wait) < 0 || bind(fd, (struct sockaddr *)&address, sizeof address) < 0) {
    fail("listening");
  }
  return fd;
}

/* Appears under its name when it is whole. */
static void write_file(const char *path, const char *text) {
  char part[4096];
  snprintf(part, sizeof part, "%s.part", path);
  FILE *file = fopen(part, "w");
  if (file == NULL || fputs(text, file) < 0 || fclose(file) != 0 || rename(part, path) != 0) {
    fail(path);
  }
}

static void write_ready_file(const char *path, int fd) {
  struct sockaddr_in address;
  socklen_t size = sizeof address;
  char text[100];
  if (getsockname(fd, (struct sockaddr *)&address, &size) < 0) {
    fail("getsockname");
  }
  snprintf(text, sizeof text, "{\"pid\":%d,\"port\":%d}\n", getpid(), ntohs(address.sin_port));
  write_file(path, text);
}

/* When the kernel had it, or −1; notes what the kernel dropped before. */
static int64_t read_control(struct msghdr *message, struct totals *totals) {
  int64_t stamp_ns = -1;
  for (struct cmsghdr *control = CMSG_FIRSTHDR(message); control != NULL; control = CMSG_NXTHDR(message, control)) {
    if (control->cmsg_level == SOL_SOCKET && control->cmsg_type == SCM_TIMESTAMPNS) {
      struct timespec stamp;
      memcpy(&stamp, CMSG_DATA(control), sizeof stamp);
      stamp_ns = stamp.tv_sec * INT64_C(1000000000) + stamp.tv_nsec;
    } else if (control->cmsg_level == SOL_SOCKET && control->cmsg_type == SO_RXQ_OVFL) {
      uint32_t drops;
      memcpy(&drops, CMSG_DATA(control), sizeof drops);
      totals->kernel_drops += (uint32_t)(drops - (uint32_t)totals->kernel_drops);
    }
  }
  return stamp_ns;
}

static int is_event(const unsigned char *datagram, size_t size) {
  return size >= HEADER_BYTES && memcmp(datagram, "CRLN", 4) == 0 && datagram[VERSION_AT] == 1 &&
         get16(datagram + PAYLOAD_LENGTH_AT) == size - HEADER_BYTES && get32(datagram + CHECKSUM_AT) == checksum(datagram, size);
}

static void record(struct rows *rows, const unsigned char *datagram, int64_t stamp_ns, int64_t monotonic_ns, const char *node, size_t node_size) {
  const char *source = "kernel";
  if (stamp_ns < 0) {
    stamp_ns = now_ns(CLOCK_REALTIME);
    source = "user";
  }
  char *at = row_begin(rows, monotonic_ns);
  at = put_number(at, get64(datagram + EVENT_ID_AT));
  *at++ = ',';
  at = put_text(at, node, node_size);
  *at++ = ',';
  at = put_number(at, get64(datagram + SEQUENCE_NUMBER_AT));
  *at++ = ',';
  at = put_signed(at, stamp_ns);
  *at++ = ',';
  at = put_signed(at, (int64_t)get64(datagram + SEND_TIME_AT));
  at = put_text(at, ",,,,", 4);
  at = put_text(at, source, strlen(source));
  at = put_text(at, ",,,,,,,", 7);
  row_end(rows, at);
}

int main(int count, char **words) {
  const char *node = "c", *output = NULL, *ready_file = NULL, *summary = NULL;
  int port = 0, receive_buffer_bytes = 32 << 20, option;
  static const struct option OPTIONS[] = {
      {"node-id", required_argument, NULL, 'n'},       {"listen-port", required_argument, NULL, 'p'},
      {"receive-buffer", required_argument, NULL, 'b'}, {"output", required_argument, NULL, 'o'},
      {"ready-file", required_argument, NULL, 'r'},    {"summary", required_argument, NULL, 's'},
      {NULL, 0, NULL, 0}};
  while ((option = getopt_long(count, words, "", OPTIONS, NULL)) != -1) {
    switch (option) {
      case 'n': node = optarg; break;
      case 'p': port = atoi(optarg); break;
      case 'b': receive_buffer_bytes = atoi(optarg); break;
      case 'o': output = optarg; break;
      case 'r': ready_file = optarg; break;
      case 's': summary = optarg; break;
      default: return 5;
    }
  }
  size_t node_size = strlen(node);
  if (output == NULL || ready_file == NULL || summary == NULL || node_size > 100) {
    fprintf(stderr, "receiver --output FILE --ready-file FILE --summary FILE [--node-id NODE] [--listen-port PORT] [--receive-buffer BYTES]\n");
    return 5;
  }

  static struct mmsghdr messages[BATCH];
  static struct iovec vectors[BATCH];
  static unsigned char datagrams[BATCH][SLOT_BYTES];
  static _Alignas(struct cmsghdr) char controls[BATCH][CMSG_SPACE(sizeof(struct timespec)) + CMSG_SPACE(sizeof(uint32_t))];
  for (int i = 0; i < BATCH; i++) {
    vectors[i] = (struct iovec){.iov_base = datagrams[i], .iov_len = DATAGRAM_BYTES};
    messages[i].msg_hdr = (struct msghdr){.msg_iov = &vectors[i], .msg_iovlen = 1, .msg_control = controls[i]};
  }
  struct totals totals = {0};
  struct sigaction action = {.sa_handler = stop};
  sigaction(SIGTERM, &action, NULL);
  sigaction(SIGINT, &action, NULL);
  choose_crc32c();
  struct rows *rows = rows_open(output, HEADER);
  int fd = open_socket((uint16_t)port, receive_buffer_bytes);
  write_ready_file(ready_file, fd);

  for (;;) {
    int ending = stopped;
    for (int i = 0; i < BATCH; i++) {
      messages[i].msg_hdr.msg_controllen = sizeof controls[i];
    }
    int came = recvmmsg(fd, messages, BATCH, ending ? MSG_DONTWAIT : MSG_WAITFORONE, NULL);
    if (came < 0 && errno != EAGAIN && errno != EINTR) {
      fail("recvmmsg");
    }
    if (came < 0 && ending) {
      break;
    }
    int64_t monotonic_ns = now_ns(CLOCK_MONOTONIC);
    for (int i = 0; i < came; i++) {
      int64_t stamp_ns = read_control(&messages[i].msg_hdr, &totals);
      if (!is_event(datagrams[i], messages[i].msg_len)) {
        totals.malformed++;
        continue;
      }
      uint64_t event_id = get64(datagrams[i] + EVENT_ID_AT);
      totals.received++;
      totals.highest_event_id = event_id > totals.highest_event_id ? event_id : totals.highest_event_id;
      record(rows, datagrams[i], stamp_ns, monotonic_ns, node, node_size);
    }
    rows_write_if_due(rows, monotonic_ns, ROWS_BLOCK_BYTES / 2);
  }
  rows_write(rows);
  char text[500];
  /* Without duplicates, which nobody makes here, it is exact. */
  uint64_t missing = totals.highest_event_id > totals.received ? totals.highest_event_id - totals.received : 0;
  snprintf(text, sizeof text,
           "{\"received\":%" PRIu64 ",\"missing\":%" PRIu64 ",\"highest_event_id\":%" PRIu64 ",\"malformed\":%" PRIu64
           ",\"kernel_drops\":%" PRIu64 ",\"rows_written\":%" PRIu64 ",\"rows_lost\":%" PRIu64 "}\n",
           totals.received, missing, totals.highest_event_id, totals.malformed, totals.kernel_drops, rows->written, rows->rows_lost);
  write_file(summary, text);
  return rows->rows_lost > 0 ? 2 : 0;
}
