/* Carillon's binary datagram, as docs/formats.md has it, and its checksum. All numbers are big-endian. */
#ifndef DATAGRAM_H
#define DATAGRAM_H

#include <stddef.h>
#include <stdint.h>
#include <string.h>

enum {
  HEADER_BYTES = 44,
  VERSION_AT = 4,
  FLAGS_AT = 5,
  PAYLOAD_LENGTH_AT = 6,
  RUN_ID_AT = 8,
  EVENT_ID_AT = 16,
  SEQUENCE_NUMBER_AT = 24,
  SEND_TIME_AT = 32,
  CHECKSUM_AT = 40,
  DATAGRAM_BYTES_MAX = 65507
};

static inline uint64_t get64(const unsigned char *at) {
  uint64_t value;
  memcpy(&value, at, sizeof value);
  return __builtin_bswap64(value);
}

static inline uint32_t get32(const unsigned char *at) {
  uint32_t value;
  memcpy(&value, at, sizeof value);
  return __builtin_bswap32(value);
}

static inline uint16_t get16(const unsigned char *at) {
  return (uint16_t)(at[0] << 8 | at[1]);
}

static inline void put64(unsigned char *at, uint64_t value) {
  value = __builtin_bswap64(value);
  memcpy(at, &value, sizeof value);
}

static inline void put32(unsigned char *at, uint32_t value) {
  value = __builtin_bswap32(value);
  memcpy(at, &value, sizeof value);
}

static inline void put16(unsigned char *at, uint16_t value) {
  at[0] = (unsigned char)(value >> 8);
  at[1] = (unsigned char)value;
}

/* CRC-32C (Castagnoli), RFC 3720 appendix B.4, byte by byte. */
static uint32_t crc32c_by_table(uint32_t crc, const unsigned char *data, size_t size) {
  static uint32_t table[256];
  if (table[1] == 0) {
    for (uint32_t byte = 0; byte < 256; byte++) {
      uint32_t remainder = byte;
      for (int bit = 0; bit < 8; bit++) {
        remainder = remainder >> 1 ^ (remainder & 1 ? 0x82f63b78u : 0);
      }
      table[byte] = remainder;
    }
  }
  while (size-- > 0) {
    crc = crc >> 8 ^ table[(crc ^ *data++) & 0xff];
  }
  return crc;
}

#ifdef __x86_64__
__attribute__((target("sse4.2"))) static uint32_t crc32c_by_processor(uint32_t crc, const unsigned char *data, size_t size) {
  uint64_t wide = crc;
  for (; size >= 8; size -= 8, data += 8) {
    uint64_t eight;
    memcpy(&eight, data, sizeof eight);
    wide = __builtin_ia32_crc32di(wide, eight);
  }
  crc = (uint32_t)wide;
  while (size-- > 0) {
    crc = __builtin_ia32_crc32qi(crc, *data++);
  }
  return crc;
}
#endif

static uint32_t (*crc32c)(uint32_t crc, const unsigned char *data, size_t size) = crc32c_by_table;

/* Takes the processor's instruction where there is one. */
static void choose_crc32c(void) {
#ifdef __x86_64__
  if (__builtin_cpu_supports("sse4.2")) {
    crc32c = crc32c_by_processor;
  }
#endif
}

/* Of all bytes of a datagram but the checksum's own. */
static inline uint32_t checksum(const unsigned char *datagram, size_t size) {
  uint32_t crc = crc32c(0xffffffffu, datagram, CHECKSUM_AT);
  return ~crc32c(crc, datagram + HEADER_BYTES, size - HEADER_BYTES);
}

#endif
