/* SPDX-License-Identifier: Apache-2.0 */
/* SHA-256, which tells texts apart: the packs of a receipt, the rows of a measure. */
#ifndef TUOYU_BASE_DIGEST_H
#define TUOYU_BASE_DIGEST_H

#include <nettle/sha2.h>

#include "base/text.h"

/* Bytes of a digest written as lower-case hexadecimal digits, with the final NUL. */
enum { DIGEST_TEXT_SIZE = 2 * SHA256_DIGEST_SIZE + 1 };

/* The digest of texts added one after another, as if they were one text. May be copied by assignment. */
struct digest {
    struct sha256_ctx context;
};

/* Begins the digest of no text. */
void digest_init(struct digest *digest);
/* Adds the bytes of a text. */
void digest_add(struct digest *digest, struct text text);
/* Writes the SHA-256 of all that was added so far; more may be added afterwards. */
void digest_to_text(const struct digest *digest, char hex[DIGEST_TEXT_SIZE]);
/* Writes the SHA-256 of one text. */
void digest_of(struct text text, char hex[DIGEST_TEXT_SIZE]);

/* ---- Texts in any order ---- */

/* The sum modulo 2^256 of the SHA-256 of each text, highest byte first. It is the same for the same texts in
 * any order; a text that was added twice counts twice. All zeros if there are none. */
struct digest_sum {
    uint8_t bytes[SHA256_DIGEST_SIZE];
};

/* Adds the SHA-256 of a text to the sum. */
void digest_sum_add(struct digest_sum *sum, struct text text);
/* Adds the other sum to the sum. */
void digest_sum_merge(struct digest_sum *sum, const struct digest_sum *other);
/* Writes the sum in hexadecimal digits, and a NUL. */
void digest_sum_to_text(const struct digest_sum *sum, char hex[DIGEST_TEXT_SIZE]);

#endif
