/* SPDX-License-Identifier: Apache-2.0 */
/* Reads the bytes of a CSV file and turns those of other encodings into UTF-8 by iconv. */
#include "cli/csv_source.h"

#include <errno.h>
#include <iconv.h>
#include <stdlib.h>
#include <string.h>

#include "cli/allocation.h"
#include "cli/tell.h"

/* Bytes that are read at once where they do not go out as they are, and the longest character. */
enum { RAW_BYTES = 64 * 1024, MOST_BYTES_OF_CHARACTER = 4 };

struct csv_source {
    FILE *stream;
    const char *path;
    enum text_encoding encoding;
    struct encoding_evidence *evidence; /* of a stream that cannot be read twice; else NULL */
    iconv_t to_utf8;                    /* (iconv_t)-1 for UTF-8, which is not converted */
    char *raw; /* bytes that were read and have not gone out; NULL where they go out as they are read */
    size_t raw_count; /* of these bytes */
    size_t examined;  /* those in front of which the encoding is known */
    size_t position;
    bool has_begun, has_ended, has_failed;
};

/* Opens the converter; false after saying that the system has none. */
static bool open_converter(struct csv_source *source)
{
    if (source->encoding == ENCODING_UTF8)
        return true;
    if (!source->raw)
        source->raw = must_resize(NULL, RAW_BYTES, 1);
    source->to_utf8 = iconv_open("UTF-8", encoding_iconv_name(source->encoding));
    if (source->to_utf8 != (iconv_t)-1)
        return true;
    tell("tuoyu: %s: is %s, which this system cannot read (its C library lacks the converter); save it as "
         "\"CSV UTF-8\"",
         source->path, encoding_name(source->encoding));
    return false;
}

/* Finds the encoding, or begins to look for it; false after saying what is wrong. */
static bool find(struct csv_source *source)
{
    bool can_go_back = fseek(source->stream, 0, SEEK_CUR) == 0;
    if (can_go_back)
        return find_encoding(source->stream, source->path, &source->encoding);
    source->evidence = evidence_open(source->path);
    source->raw = must_resize(NULL, RAW_BYTES, 1);
    return true;
}

struct csv_source *csv_source_open(FILE *stream, const char *path, const enum text_encoding *encoding)
{
    struct csv_source *source = must_resize(NULL, 1, sizeof *source);
    *source = (struct csv_source){.stream = stream,
                                  .path = path,
                                  .to_utf8 = (iconv_t)-1,
                                  .encoding = encoding ? *encoding : ENCODING_UTF8};
    if ((encoding || find(source)) && open_converter(source))
        return source;
    csv_source_close(source);
    return NULL;
}

void csv_source_close(struct csv_source *source)
{
    if (!source)
        return;
    if (source->to_utf8 != (iconv_t)-1)
        iconv_close(source->to_utf8);
    evidence_free(source->evidence);
    free(source->raw);
    free(source);
}

/* Reads more bytes behind those that have not gone out. */
static void read_raw(struct csv_source *source)
{
    size_t room = RAW_BYTES - source->raw_count,
           got = fread(source->raw + source->raw_count, 1, room, source->stream);
    source->raw_count += got;
    source->position += got;
    source->has_ended = got == 0 && room > 0;
}

/* Looks at what a stream begins with. Returns false after saying that it is no text. */
static bool examine_beginning(struct csv_source *source)
{
    if (source->has_begun)
        return true;
    source->has_begun = true;
    if (is_workbook(source->raw, source->raw_count, source->path))
        return false;
    if (!find_mark(source->raw, source->raw_count, &source->encoding))
        return true;
    evidence_free(source->evidence);
    source->evidence = NULL;
    return open_converter(source);
}

/* Looks at the lines that were read, and decides by them. A change to GB18030 is possible as long as nothing
 * but ASCII has gone out. Returns false after saying what is wrong. */
static bool examine_lines(struct csv_source *source)
{
    bool was_utf8 = source->encoding == ENCODING_UTF8 && evidence_has_utf8(source->evidence);
    enum text_encoding before = source->encoding;
    size_t new_bytes = source->raw_count - source->examined;
    size_t done =
        evidence_take(source->evidence, source->raw + source->examined, new_bytes, source->has_ended);
    if (done == 0 && source->raw_count == RAW_BYTES)
        done = new_bytes;
    source->examined += done;
    if (!evidence_decide(source->evidence, was_utf8, &source->encoding))
        return false;
    if (source->has_ended)
        evidence_warn(source->evidence);
    return source->encoding == before || open_converter(source);
}

/* Reads on until there are bytes whose encoding is known, or none are left. */
static void fill_raw(struct csv_source *source)
{
    while (!source->has_ended && !source->has_failed && source->examined < MOST_BYTES_OF_CHARACTER) {
        read_raw(source);
        if (source->evidence && !examine_beginning(source))
            source->has_failed = true;
        else if (!source->evidence)
            source->examined = source->raw_count;
        else if (!examine_lines(source))
            source->has_failed = true;
    }
}

/* Takes bytes in front away. */
static void take_raw(struct csv_source *source, size_t count)
{
    source->raw_count -= count;
    source->examined -= count;
    memmove(source->raw, source->raw + count, source->raw_count);
}

/* Converts what is there. A byte that is none of the encoding, or a character that the end of the file cuts
 * off, is passed over and comes as FF. Returns how many bytes were written. */
static size_t convert(struct csv_source *source, char *to, size_t room)
{
    char *from = source->raw, *next = to;
    size_t left = source->examined;
    while (left && room) {
        if (iconv(source->to_utf8, &from, &left, &next, &room) != (size_t)-1 || errno == E2BIG)
            break;
        if (errno == EINVAL && !source->has_ended)
            break;
        iconv(source->to_utf8, NULL, NULL, NULL, NULL);
        if (!room)
            break;
        *next++ = '\xFF';
        room--;
        from++;
        left--;
    }
    take_raw(source, source->examined - left);
    return (size_t)(next - to);
}

/* Gives out what is there without converting it. */
static size_t pass_on(struct csv_source *source, char *to, size_t room)
{
    size_t count = source->examined < room ? source->examined : room;
    memcpy(to, source->raw, count);
    take_raw(source, count);
    return count;
}

size_t csv_source_read(struct csv_source *source, char *to, size_t room)
{
    if (!source->raw) {
        size_t got = fread(to, 1, room, source->stream);
        source->position += got;
        return got;
    }
    size_t written;
    do {
        fill_raw(source);
        if (source->has_failed)
            return 0;
        written = source->to_utf8 == (iconv_t)-1 ? pass_on(source, to, room) : convert(source, to, room);
    } while (!written && !(source->has_ended && !source->raw_count));
    return written;
}

size_t csv_source_position(const struct csv_source *source)
{
    return source->position;
}

bool csv_source_failed(const struct csv_source *source)
{
    return source->has_failed || ferror(source->stream);
}

enum text_encoding csv_source_encoding(const struct csv_source *source)
{
    return source->encoding;
}
