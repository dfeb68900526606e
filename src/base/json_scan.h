/* SPDX-License-Identifier: Apache-2.0 */
/* Reads JSON from front to back, such as a receipt. What is read is asked for in the order in which it
 * stands; the first thing that is not JSON, or of another kind than asked for, makes the scan fail, and it
 * stays so. */
#ifndef TUOYU_BASE_JSON_SCAN_H
#define TUOYU_BASE_JSON_SCAN_H

#include <stdint.h>

#include "base/text.h"

struct json_scan {
    const char *at, *end;
    struct arena *arena; /* holds the texts that are read */
    bool is_first;       /* nothing was read yet of the object or array at hand */
    bool failed;         /* the text is not as asked for, or memory was refused */
};

/* Begins to read a text, which must live as long as the scan. */
void json_scan_init(struct json_scan *scan, struct text text, struct arena *arena);
/* Reads `{` or `[`. Returns false, and the scan fails, if something else stands there. */
bool json_scan_begin(struct json_scan *scan, char bracket);
/* Reads the next key of the object that was begun. Returns false at its end, which is read too, and after a
 * failure. */
bool json_scan_key(struct json_scan *scan, struct text *key);
/* Goes to the next item of the array that was begun. Returns false at its end, which is read too, and after a
 * failure. */
bool json_scan_item(struct json_scan *scan);
/* The first byte of the value that comes next: `"`, `{`, `[`, `t`, `f`, `n`, a digit or `-`. 0 at the end. */
char json_scan_next(struct json_scan *scan);
/* Reads a string; an empty text after a failure. */
struct text json_scan_text(struct json_scan *scan);
/* Reads an integer of at most 18 digits that is not negative; 0 after a failure. */
int64_t json_scan_count(struct json_scan *scan);
/* Reads `true`, `false` or `null`, whichever the word is; else the scan fails. */
void json_scan_word(struct json_scan *scan, const char *word);
/* Passes over a value of any kind. */
void json_scan_skip(struct json_scan *scan);
/* Whether all was read, and nothing but white space follows. */
bool json_scan_is_done(struct json_scan *scan);

#endif
