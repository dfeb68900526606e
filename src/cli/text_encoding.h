/* SPDX-License-Identifier: Apache-2.0 */
/* Which encoding a file is in. It is found by looking at all lines of the file, since one row in another
 * encoding makes the whole file suspect: what is read wrongly looks like a name. */
#ifndef TUOYU_CLI_TEXT_ENCODING_H
#define TUOYU_CLI_TEXT_ENCODING_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

enum text_encoding {
    ENCODING_UTF8,
    ENCODING_GB18030,
    ENCODING_UTF16_LITTLE, /* "Unicode text" of spreadsheets; only with its byte order mark */
    ENCODING_UTF16_BIG
};

/* The name of an encoding, for people. */
const char *encoding_name(enum text_encoding encoding);
/* The name by which iconv knows an encoding. */
const char *encoding_iconv_name(enum text_encoding encoding);
/* Why a record in this encoding cannot be read that has other bytes; a constant. */
const char *encoding_problem(enum text_encoding encoding);

/* Finds the encoding of a file by reading it once, and goes back to its beginning. The stream must be able
 * to do that. path: what messages call it. Returns false after saying why the encoding is not known. */
bool find_encoding(FILE *stream, const char *path, enum text_encoding *encoding);

/* ---- For a stream that cannot be read twice ---- */

/* What the lines tell that were looked at so far. */
struct encoding_evidence;
/* path: what messages call the stream; borrowed. */
struct encoding_evidence *evidence_open(const char *path);
/* Frees the evidence, which may be NULL. */
void evidence_free(struct encoding_evidence *evidence);
/* Looks at the next lines. Returns how many bytes in front are done with; a last line without its end is done
 * with only at the end of the stream. */
size_t evidence_take(struct encoding_evidence *evidence, const char *bytes, size_t length, bool is_last);
/* Decides by what was looked at. was_utf8: lines were read as UTF-8 already that are not all ASCII. Returns
 * false after saying that the lines are in two encodings. */
bool evidence_decide(const struct encoding_evidence *evidence, bool was_utf8, enum text_encoding *encoding);
/* Whether lines were looked at that are UTF-8 and not all ASCII. */
bool evidence_has_utf8(const struct encoding_evidence *evidence);
/* Warns where all that was looked at could be GB18030 as well. */
void evidence_warn(const struct encoding_evidence *evidence);

/* How many bytes of a file tell what it begins with. */
enum { MARK_BYTES = 4 };
/* Whether the file begins as a workbook of a spreadsheet, which is said. */
bool is_workbook(const char *bytes, size_t length, const char *path);
/* Finds the encoding by a byte order mark; false where there is none. */
bool find_mark(const char *bytes, size_t length, enum text_encoding *encoding);

#endif
