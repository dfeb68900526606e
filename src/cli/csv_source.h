/* SPDX-License-Identifier: Apache-2.0 */
/* The bytes of a CSV file in UTF-8, whatever encoding the file is in. */
#ifndef TUOYU_CLI_CSV_SOURCE_H
#define TUOYU_CLI_CSV_SOURCE_H

#include "cli/text_encoding.h"

struct csv_source;

/* Opens a stream, which stays the caller's. encoding: the one that the file is in, or NULL to find it: by
 * reading a file once before, and of a stream that cannot be read twice, as a pipe, by looking at each line
 * as it comes. path: what messages call it; borrowed. NULL after saying what is wrong. */
struct csv_source *csv_source_open(FILE *stream, const char *path, const enum text_encoding *encoding);
/* Frees the source, which may be NULL. */
void csv_source_close(struct csv_source *source);
/* Reads at most room bytes; 0 at the end. A byte that is none of the encoding comes as FF, which is no
 * UTF-8. room must be at least CSV_SOURCE_LEAST. */
size_t csv_source_read(struct csv_source *source, char *to, size_t room);
enum { CSV_SOURCE_LEAST = 16 };
/* How many bytes of the file were read so far. */
size_t csv_source_position(const struct csv_source *source);
/* Whether the file could not be read to its end, or turned out to be in two encodings, which is said. */
bool csv_source_failed(const struct csv_source *source);
enum text_encoding csv_source_encoding(const struct csv_source *source);

#endif
