/* SPDX-License-Identifier: Apache-2.0 */
#include "base/digest.h"

void digest_init(struct digest *digest)
{
    sha256_init(&digest->context);
}

void digest_add(struct digest *digest, struct text text)
{
    if (text.length) sha256_update(&digest->context, text.length, (const uint8_t *)text.bytes);
}

void digest_to_text(const struct digest *digest, char hex[DIGEST_TEXT_SIZE])
{
    static const char DIGITS[] = "0123456789abcdef";
    uint8_t bytes[SHA256_DIGEST_SIZE];
    struct sha256_ctx ended = digest->context;
    sha256_digest(&ended, sizeof bytes, bytes);
    for (size_t i = 0; i < sizeof bytes; i++) {
        hex[2 * i] = DIGITS[bytes[i] >> 4];
        hex[2 * i + 1] = DIGITS[bytes[i] & 15];
    }
    hex[DIGEST_TEXT_SIZE - 1] = '\0';
}

void digest_of(struct text text, char hex[DIGEST_TEXT_SIZE])
{
    struct digest digest;
    digest_init(&digest);
    digest_add(&digest, text);
    digest_to_text(&digest, hex);
}
