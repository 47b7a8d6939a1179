#include "copenssl.h"
#include <openssl/evp.h>
#include <unistd.h>

int copenssl_sha256(const void *bytes, size_t length, unsigned char digest[32]) {
    return EVP_Digest(bytes, length, digest, NULL, EVP_sha256(), NULL);
}

int copenssl_sha256_file(int descriptor, unsigned char digest[32]) {
    EVP_MD_CTX *context = EVP_MD_CTX_new();
    if (!context) return 0;
    int ok = EVP_DigestInit_ex(context, EVP_sha256(), NULL);
    unsigned char buffer[65536];
    off_t offset = 0;
    while (ok) {
        ssize_t count = pread(descriptor, buffer, sizeof buffer, offset);
        if (count < 0) ok = 0;
        if (count <= 0) break;
        ok = EVP_DigestUpdate(context, buffer, (size_t)count);
        offset += count;
    }
    if (ok) ok = EVP_DigestFinal_ex(context, digest, NULL);
    EVP_MD_CTX_free(context);
    return ok;
}
