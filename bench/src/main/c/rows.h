/* Rows of a CSV file: numbers written by hand into a block, and the block handed to the operating system in one piece. */
#ifndef ROWS_H
#define ROWS_H

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

enum { ROWS_BLOCK_BYTES = 1 << 20, ROW_BYTES_MAX = 512 };

/* Handed over at least so often, so that a killed program loses no more. */
static const int64_t ROWS_AGE_MAX_NS = 100000000;

struct rows {
  int file;
  char *end; /* of what stands in the block */
  int64_t oldest_ns; /* when its first row was written, on CLOCK_MONOTONIC */
  uint64_t rows;
  uint64_t rows_lost;
  uint64_t written; /* rows that the operating system has */
  char block[ROWS_BLOCK_BYTES];
};

__attribute__((noreturn)) static void fail(const char *what) {
  fprintf(stderr, "%s: %s\n", what, strerror(errno));
  exit(4);
}

static inline int64_t now_ns(clockid_t clock) {
  struct timespec now;
  clock_gettime(clock, &now);
  return now.tv_sec * INT64_C(1000000000) + now.tv_nsec;
}

static void rows_write(struct rows *rows) {
  const char *from = rows->block;
  while (from < rows->end) {
    ssize_t bytes = write(rows->file, from, (size_t)(rows->end - from));
    if (bytes < 0 && errno == EINTR) {
      continue;
    }
    if (bytes < 0) {
      rows->rows_lost += rows->rows - rows->written;
      break;
    }
    from += bytes;
  }
  if (from == rows->end) {
    rows->written = rows->rows;
  } else {
    rows->rows = rows->written;
  }
  rows->end = rows->block;
}

/* Writes what is old or much. */
static inline void rows_write_if_due(struct rows *rows, int64_t monotonic_ns, size_t much_bytes) {
  size_t bytes = (size_t)(rows->end - rows->block);
  if (bytes > 0 && (bytes >= much_bytes || monotonic_ns - rows->oldest_ns >= ROWS_AGE_MAX_NS / 2)) {
    rows_write(rows);
  }
}

static struct rows *rows_open(const char *path, const char *header) {
  struct rows *rows = malloc(sizeof *rows);
  if (rows == NULL || (rows->file = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0640)) < 0) {
    fail(path);
  }
  memset(rows->block, 0, sizeof rows->block); /* so that its pages are there before the first event */
  rows->rows = rows->written = rows->rows_lost = 0;
  rows->end = stpcpy(rows->block, header);
  rows_write(rows);
  return rows;
}

/* Where the next row begins; it has room for ROW_BYTES_MAX. */
static inline char *row_begin(struct rows *rows, int64_t monotonic_ns) {
  if (rows->end + ROW_BYTES_MAX > rows->block + sizeof rows->block) {
    rows_write(rows);
  }
  if (rows->end == rows->block) {
    rows->oldest_ns = monotonic_ns;
  }
  return rows->end;
}

static inline void row_end(struct rows *rows, char *end) {
  *end++ = '\n';
  rows->end = end;
  rows->rows++;
}

static inline char *put_number(char *at, uint64_t value) {
  static const char PAIRS[] =
      "0001020304050607080910111213141516171819202122232425262728293031323334353637383940414243444546474849"
      "5051525354555657585960616263646566676869707172737475767778798081828384858687888990919293949596979899";
  char digits[20];
  char *first = digits + sizeof digits;
  for (; value >= 100; value /= 100) {
    first -= 2;
    memcpy(first, PAIRS + value % 100 * 2, 2);
  }
  if (value >= 10) {
    first -= 2;
    memcpy(first, PAIRS + value * 2, 2);
  } else {
    *--first = (char)('0' + value);
  }
  size_t size = (size_t)(digits + sizeof digits - first);
  memcpy(at, first, size);
  return at + size;
}

static inline char *put_signed(char *at, int64_t value) {
  if (value < 0) {
    *at++ = '-';
    return put_number(at, -(uint64_t)value);
  }
  return put_number(at, (uint64_t)value);
}

static inline char *put_text(char *at, const char *text, size_t size) {
  memcpy(at, text, size);
  return at + size;
}

#endif
