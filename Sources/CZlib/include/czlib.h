/* The door to zlib: packing pieces of a gzip file, and nothing else. */
#ifndef SWITCHBOARD_CZLIB_H
#define SWITCHBOARD_CZLIB_H

#include <stddef.h>
#include <stdint.h>

/* Room that `czlib_pack` needs at most for `length` bytes. */
size_t czlib_bound(size_t length);

/* Deflates (RFC 1951) into `packed` and ends on a byte's border, so that another piece can follow; returns the packed
   length, or 0 when zlib refuses. The same bytes and zlib give the same packed bytes. */
size_t czlib_pack(const uint8_t *bytes, size_t length, uint8_t *packed, size_t room);

/* The CRC-32 of gzip: of bytes, and of two pieces one after the other. */
uint32_t czlib_crc(const uint8_t *bytes, size_t length);
uint32_t czlib_crc_combine(uint32_t first, uint32_t second, uint64_t second_length);

#endif
