/* The door to OpenSSL's libcrypto: SHA-256 and nothing else. */
#ifndef SWITCHBOARD_COPENSSL_H
#define SWITCHBOARD_COPENSSL_H

#include <stddef.h>

/* Writes the 32-byte SHA-256 digest of `length` bytes; returns 1, or 0 when libcrypto refuses. */
int copenssl_sha256(const void *bytes, size_t length, unsigned char digest[32]);

/* The same of a whole open file, read from its start without moving its position; 0 also when reading fails. */
int copenssl_sha256_file(int descriptor, unsigned char digest[32]);

#endif
