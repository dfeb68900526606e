/* SPDX-License-Identifier: Apache-2.0 */
/* Finds the encoding of a file: by its byte order mark, else by which lines are UTF-8 and which GB18030. */
#include "cli/text_encoding.h"

#include <iconv.h>
#include <stdlib.h>
#include <string.h>

#include "cli/allocation.h"
#include "cli/tell.h"
#include "cli/utf8_text.h"

/* Bytes that are looked at together, and those of a line that are shown. A longer line than can be looked at
 * at once is no evidence. */
enum { SCAN_BYTES = 1024 * 1024, SHOWN_BYTES = 60 };

static const struct {
    const char *name, *iconv_name, *problem;
} ENCODINGS[] = {[ENCODING_UTF8] = {"UTF-8", "UTF-8", "it is not UTF-8"},
                 [ENCODING_GB18030] = {"GB18030", "GB18030", "it is not GB18030"},
                 [ENCODING_UTF16_LITTLE] = {"UTF-16", "UTF-16LE", "it is not UTF-16"},
                 [ENCODING_UTF16_BIG] = {"UTF-16", "UTF-16BE", "it is not UTF-16"}};

const char *encoding_name(enum text_encoding encoding)
{
    return ENCODINGS[encoding].name;
}

const char *encoding_iconv_name(enum text_encoding encoding)
{
    return ENCODINGS[encoding].iconv_name;
}

const char *encoding_problem(enum text_encoding encoding)
{
    return ENCODINGS[encoding].problem;
}

/* A line that is evidence for an encoding. */
struct sample {
    bool is_there;
    size_t line; /* in the file, from 1 */
    char bytes[SHOWN_BYTES];
    size_t length;
};

/* What the lines of a file tell. */
struct encoding_evidence {
    const char *path;
    iconv_t to_utf8;  /* from GB18030 */
    size_t line_ends; /* before what is looked at */
    /* the first line that is UTF-8 with characters of three bytes or more, which GB18030 hardly gives by
     * chance; that is UTF-8 with those of two bytes only, each a common character of GB18030 as well; that is
     * UTF-8 in any other way; and that is GB18030 only */
    struct sample utf8, either, other_utf8, gb18030;
};

/* ---- One line ---- */

/* Reads bytes as GB18030; NULL where they are none. The caller frees the text. */
static char *read_gb18030(iconv_t to_utf8, const char *bytes, size_t length)
{
    enum { MOST_GROWTH = 3 };
    char *copy = must_copy(bytes, length), *from = copy;
    char *text = must_resize(NULL, MOST_GROWTH * length + 1, 1), *to = text;
    size_t room = MOST_GROWTH * length;
    iconv(to_utf8, NULL, NULL, NULL, NULL);
    bool good = iconv(to_utf8, &from, &length, &to, &room) != (size_t)-1 &&
                iconv(to_utf8, NULL, NULL, &to, &room) != (size_t)-1;
    *to = '\0';
    free(copy);
    if (good)
        return text;
    free(text);
    return NULL;
}

/* Whether the bytes are GB18030. */
static bool is_gb18030(iconv_t to_utf8, const char *bytes, size_t length)
{
    char *text = read_gb18030(to_utf8, bytes, length);
    free(text);
    return text != NULL;
}

/* Whether some character of UTF-8 text has three bytes or more. */
static bool has_long_character(const char *bytes, size_t length)
{
    for (size_t i = 0; i < length; i++)
        if ((unsigned char)bytes[i] >= 0xE0)
            return true;
    return false;
}

/* Whether every pair of bytes that is not ASCII is one of the common characters of GB2312. */
static bool is_common_gb2312(const unsigned char *bytes, size_t length)
{
    for (size_t i = 0; i < length; i++) {
        if (bytes[i] < 0x80)
            continue;
        if (i + 1 == length || bytes[i] < 0xB0 || bytes[i] > 0xF7 || bytes[i + 1] < 0xA1)
            return false;
        i++;
    }
    return true;
}

/* Keeps a line as a sample if there was none before it. */
static void keep_sample(struct sample *sample, const char *bytes, size_t length, size_t line)
{
    if (sample->is_there)
        return;
    if (length && bytes[length - 1] == '\r')
        length--;
    sample->is_there = true;
    sample->line = line;
    sample->length = length < SHOWN_BYTES ? length : SHOWN_BYTES;
    memcpy(sample->bytes, bytes, sample->length);
}

/* The list that a line belongs to which is not all ASCII; NULL where it tells nothing. */
static struct sample *sample_of(struct encoding_evidence *evidence, const char *bytes, size_t length)
{
    bool is_text = is_utf8(bytes, length) || is_utf8_with_nul(bytes, length);
    if (!is_text)
        return evidence->to_utf8 != (iconv_t)-1 && is_gb18030(evidence->to_utf8, bytes, length)
                   ? &evidence->gb18030
                   : NULL;
    if (has_long_character(bytes, length))
        return &evidence->utf8;
    return is_common_gb2312((const unsigned char *)bytes, length) ? &evidence->either : &evidence->other_utf8;
}

/* ---- All lines ---- */

/* Offset of the next byte that may tell something: beyond ASCII, and beyond UTF-8 once that was met. */
static size_t next_telling(const struct encoding_evidence *evidence, const char *bytes, size_t at,
                           size_t length)
{
    return at + (evidence->utf8.is_there ? utf8_length(bytes + at, length - at)
                                         : length_below_80(bytes + at, length - at));
}

/* Offset of the byte after the last line feed before an offset; 0 where there is none. */
static size_t line_start(const char *bytes, size_t at)
{
    while (at > 0 && bytes[at - 1] != '\n')
        at--;
    return at;
}

/* How many line feeds there are among the bytes. */
static size_t count_line_feeds(const char *bytes, size_t length)
{
    size_t count = 0;
    for (size_t i = 0; i < length; i++)
        count += bytes[i] == '\n';
    return count;
}

size_t evidence_take(struct encoding_evidence *evidence, const char *bytes, size_t length, bool is_last)
{
    size_t at = 0, counted = 0, line = evidence->line_ends + 1,
           done = is_last ? length : line_start(bytes, length);
    while ((at = next_telling(evidence, bytes, at, done)) < done) {
        const char *end = memchr(bytes + at, '\n', done - at);
        size_t start = line_start(bytes, at), stop = end ? (size_t)(end - bytes) : done;
        line += count_line_feeds(bytes + counted, start - counted);
        counted = start;
        struct sample *sample = sample_of(evidence, bytes + start, stop - start);
        if (sample)
            keep_sample(sample, bytes + start, stop - start, line);
        at = stop;
    }
    evidence->line_ends = line - 1 + count_line_feeds(bytes + counted, done - counted);
    return done;
}

/* Reads a file to its end and takes its lines. */
static void take_lines(struct encoding_evidence *evidence, FILE *stream)
{
    char *bytes = must_resize(NULL, SCAN_BYTES, 1);
    size_t kept = 0, got;
    do {
        got = fread(bytes + kept, 1, SCAN_BYTES - kept, stream);
        size_t filled = kept + got, done = evidence_take(evidence, bytes, filled, got == 0);
        if (done == 0 && filled == SCAN_BYTES)
            done = filled;
        kept = filled - done;
        if (kept && done)
            memmove(bytes, bytes + done, kept);
    } while (got);
    free(bytes);
}

/* ---- What follows from it ---- */

/* The sample read as UTF-8 or as GB18030, for a message; the caller frees it. A character that was cut off
 * at its end is left out. */
static char *sample_text(const struct encoding_evidence *evidence, const struct sample *sample,
                         bool as_gb18030)
{
    if (!as_gb18030)
        return repaired_utf8(sample->bytes, sample->length);
    for (size_t length = sample->length; length > 0; length--) {
        char *text = read_gb18030(evidence->to_utf8, sample->bytes, length);
        if (text)
            return text;
    }
    return must_copy("", 0);
}

/* Says that lines of a file are in two encodings. */
static void tell_mixed(const struct encoding_evidence *evidence, const struct sample *utf8)
{
    const struct sample *gb18030 = &evidence->gb18030;
    char *first = sample_text(evidence, utf8, false), *first_otherwise = sample_text(evidence, utf8, true),
         *second = sample_text(evidence, gb18030, true),
         *second_otherwise = sample_text(evidence, gb18030, false);
    tell("tuoyu: %s: is in two encodings: line %zu is UTF-8 (%s; as GB18030 it would be %s), line %zu is "
         "GB18030 (%s; as UTF-8 %s); save it in one, or name the one that holds with --encoding utf-8 or "
         "--encoding gb18030, and the records in the other cannot be read",
         evidence->path, utf8->line, first, first_otherwise, gb18030->line, second, second_otherwise);
    free(first);
    free(first_otherwise);
    free(second);
    free(second_otherwise);
}

void evidence_warn(const struct encoding_evidence *evidence)
{
    bool is_open = evidence->either.is_there && !evidence->utf8.is_there && !evidence->other_utf8.is_there &&
                   !evidence->gb18030.is_there;
    if (!is_open)
        return;
    char *text = sample_text(evidence, &evidence->either, false),
         *otherwise = sample_text(evidence, &evidence->either, true);
    tell("%s:%zu: warning: the file is read as UTF-8 (%s), but could be GB18030 (%s); --encoding utf-8 or "
         "--encoding gb18030 settles it",
         evidence->path, evidence->either.line, text, otherwise);
    free(text);
    free(otherwise);
}

bool evidence_decide(const struct encoding_evidence *evidence, bool was_utf8, enum text_encoding *encoding)
{
    const struct sample *utf8 = &evidence->utf8;
    if (!utf8->is_there && was_utf8)
        utf8 = evidence->either.is_there ? &evidence->either : &evidence->other_utf8;
    if (utf8->is_there && evidence->gb18030.is_there) {
        tell_mixed(evidence, utf8);
        return false;
    }
    *encoding = evidence->gb18030.is_there ? ENCODING_GB18030 : ENCODING_UTF8;
    return true;
}

bool evidence_has_utf8(const struct encoding_evidence *evidence)
{
    return evidence->utf8.is_there || evidence->either.is_there || evidence->other_utf8.is_there;
}

struct encoding_evidence *evidence_open(const char *path)
{
    struct encoding_evidence *evidence = must_resize(NULL, 1, sizeof *evidence);
    evidence->path = path;
    evidence->to_utf8 = iconv_open("UTF-8", "GB18030");
    return evidence;
}

void evidence_free(struct encoding_evidence *evidence)
{
    if (!evidence)
        return;
    if (evidence->to_utf8 != (iconv_t)-1)
        iconv_close(evidence->to_utf8);
    free(evidence);
}

/* ---- Marks at the beginning ---- */

bool is_workbook(const char *bytes, size_t length, const char *path)
{
    static const char ZIP[] = "PK\x03\x04", OLE[] = "\xD0\xCF\x11\xE0";
    bool is_marked =
        length >= MARK_BYTES && (memcmp(bytes, ZIP, MARK_BYTES) == 0 || memcmp(bytes, OLE, MARK_BYTES) == 0);
    if (is_marked)
        tell("tuoyu: %s: is a workbook of a spreadsheet, not CSV; save it as \"CSV UTF-8\"", path);
    return is_marked;
}

bool find_mark(const char *bytes, size_t length, enum text_encoding *encoding)
{
    static const struct {
        const char *mark;
        enum text_encoding encoding;
    } MARKS[] = {{"\xEF\xBB\xBF", ENCODING_UTF8},
                 {"\xFF\xFE", ENCODING_UTF16_LITTLE},
                 {"\xFE\xFF", ENCODING_UTF16_BIG},
                 {"\x84\x31\x95\x33", ENCODING_GB18030}};
    for (size_t i = 0; i < sizeof MARKS / sizeof *MARKS; i++) {
        size_t mark_length = strlen(MARKS[i].mark);
        if (length < mark_length || memcmp(bytes, MARKS[i].mark, mark_length) != 0)
            continue;
        *encoding = MARKS[i].encoding;
        return true;
    }
    return false;
}

bool find_encoding(FILE *stream, const char *path, enum text_encoding *encoding)
{
    char mark[MARK_BYTES];
    size_t length = fread(mark, 1, sizeof mark, stream);
    rewind(stream);
    if (is_workbook(mark, length, path))
        return false;
    if (find_mark(mark, length, encoding))
        return true;
    struct encoding_evidence *evidence = evidence_open(path);
    take_lines(evidence, stream);
    bool good = evidence_decide(evidence, false, encoding);
    evidence_warn(evidence);
    evidence_free(evidence);
    rewind(stream);
    return good;
}
