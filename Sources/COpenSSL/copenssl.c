#include "copenssl.h"
#include <openssl/evp.h>

int copenssl_sha256(const void *bytes, size_t length, unsigned char digest[32]) {
    return EVP_Digest(bytes, length, digest, NULL, EVP_sha256(), NULL);
}
