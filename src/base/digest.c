/* SPDX-License-Identifier: Apache-2.0 */
/* SHA-256 of texts, by nettle: digests of texts one after another, and sums of digests that do not depend on
 * order. */
#include "base/digest.h"

void digest_init(struct digest *digest)
{
    sha256_init(&digest->context);
}

void digest_add(struct digest *digest, struct text text)
{
    if (text.length)
        sha256_update(&digest->context, text.length, (const uint8_t *)text.bytes);
}

/* Writes the SHA-256 of all that was added so far; the digest itself goes on unchanged. */
static void take_bytes(const struct digest *digest, uint8_t bytes[SHA256_DIGEST_SIZE])
{
    struct sha256_ctx ended = digest->context;
    sha256_digest(&ended, SHA256_DIGEST_SIZE, bytes);
}

/* Writes 64 lower-case hexadecimal digits and a NUL. */
static void write_hex(const uint8_t bytes[SHA256_DIGEST_SIZE], char hex[DIGEST_TEXT_SIZE])
{
    static const char DIGITS[] = "0123456789abcdef";
    for (size_t i = 0; i < SHA256_DIGEST_SIZE; i++) {
        hex[2 * i] = DIGITS[bytes[i] >> 4];
        hex[2 * i + 1] = DIGITS[bytes[i] & 15];
    }
    hex[DIGEST_TEXT_SIZE - 1] = '\0';
}

void digest_to_text(const struct digest *digest, char hex[DIGEST_TEXT_SIZE])
{
    uint8_t bytes[SHA256_DIGEST_SIZE];
    take_bytes(digest, bytes);
    write_hex(bytes, hex);
}

void digest_of(struct text text, char hex[DIGEST_TEXT_SIZE])
{
    struct digest digest;
    digest_init(&digest);
    digest_add(&digest, text);
    digest_to_text(&digest, hex);
}

/* ---- Texts in any order ---- */

void digest_sum_add(struct digest_sum *sum, struct text text)
{
    struct digest digest;
    struct digest_sum one;
    digest_init(&digest);
    digest_add(&digest, text);
    take_bytes(&digest, one.bytes);
    digest_sum_merge(sum, &one);
}

void digest_sum_merge(struct digest_sum *sum, const struct digest_sum *other)
{
    unsigned carry = 0;
    for (size_t i = SHA256_DIGEST_SIZE; i-- > 0;) {
        carry += (unsigned)sum->bytes[i] + other->bytes[i];
        sum->bytes[i] = (uint8_t)carry;
        carry >>= 8;
    }
}

void digest_sum_to_text(const struct digest_sum *sum, char hex[DIGEST_TEXT_SIZE])
{
    write_hex(sum->bytes, hex);
}
