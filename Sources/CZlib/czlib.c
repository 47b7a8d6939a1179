#include "czlib.h"
#include <limits.h>
#include <zlib.h>

size_t czlib_bound(size_t length) { return compressBound(length) + 64; }

size_t czlib_pack(const uint8_t *bytes, size_t length, uint8_t *packed, size_t room) {
    if (length > UINT_MAX || room > UINT_MAX) return 0;
    z_stream stream = {0};
    /* Negative window bits: no header or trailer, which the whole file has once. */
    if (deflateInit2(&stream, Z_DEFAULT_COMPRESSION, Z_DEFLATED, -15, 8, Z_DEFAULT_STRATEGY) != Z_OK) return 0;
    stream.next_in = (uint8_t *)bytes;
    stream.avail_in = (uInt)length;
    stream.next_out = packed;
    stream.avail_out = (uInt)room;
    int status = deflate(&stream, Z_SYNC_FLUSH);
    /* Room left over tells that everything is flushed. */
    int whole = status == Z_OK && stream.avail_in == 0 && stream.avail_out > 0;
    size_t count = stream.total_out;
    deflateEnd(&stream);
    return whole ? count : 0;
}

uint32_t czlib_crc(const uint8_t *bytes, size_t length) { return (uint32_t)crc32_z(0, bytes, length); }

uint32_t czlib_crc_combine(uint32_t first, uint32_t second, uint64_t second_length) {
    return (uint32_t)crc32_combine(first, second, (z_off_t)second_length);
}
