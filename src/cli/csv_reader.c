/* SPDX-License-Identifier: Apache-2.0 */
/* Reads the records of CSV by libcsv. A broken record is the line on which it begins, and reading goes on
 * with the next line, so that one stray quote takes no other record along. */
#include "cli/csv_reader.h"

#include <assert.h>
#include <csv.h>
#include <stdlib.h>
#include <string.h>

#include "cli/allocation.h"
#include "cli/utf8_text.h"

/* Bytes that are read from the stream at once. */
enum { READ_AT_ONCE = 64 * 1024 };

/* The second line of a record that goes on over several. If the record turns out to be broken, reading
 * returns to it. */
struct second_line {
    bool is_there;
    size_t at; /* offset in the buffer, which keeps everything from there on until the record has ended */
    size_t line;
    bool after_return;
    size_t count, bytes; /* fields that ended on the first line, and their bytes */
};

/* A record with nothing in its fields. */
struct empty_record {
    size_t line, count;
};

/* Empty records that were read, until it is known whether others follow. */
struct empty_records {
    struct empty_record *records;
    size_t count, capacity, given;
    bool is_held; /* another record follows, which is in the reader's record until they were given */
    /* What they are given as: empty texts, one behind the other. */
    char **fields, *nothing;
    size_t *lengths, width;
};

struct csv_reader {
    struct empty_records empty;
    bool passes_over_empty; /* records whose fields are all empty */
    struct csv_source *source;
    char separator;
    bool keeps_start; /* the buffer keeps the file from its beginning on, where `start` is */
    size_t start;     /* offset in the buffer of the first byte after a byte order mark */
    struct csv_parser parser;
    char *buffer;
    size_t capacity, filled; /* of the buffer */
    size_t at;               /* offset of the next byte in the buffer */
    bool has_read;           /* the source has been read from */
    size_t line;             /* line of the next byte, from 1 */
    bool after_return;       /* the byte before was a carriage return */
    struct second_line second;
    bool is_open;                 /* a record has begun and not ended */
    bool has_ended, stream_ended; /* the record, the stream */
    struct csv_record record;
    char *text; /* texts of the record's fields, each ended by NUL */
    size_t text_capacity, field_capacity;
    size_t raw_bytes; /* length of the record in the file */
};

/* No character counts as space: spaces are part of a field, as RFC 4180 says. */
static int is_no_space(unsigned char c)
{
    (void)c;
    return 0;
}

/* Makes a parser of libcsv, strict about quotes. */
static void start_parser(struct csv_reader *reader)
{
    if (csv_init(&reader->parser, CSV_STRICT | CSV_STRICT_FINI) != 0)
        must_have_memory(TUOYU_ERROR_NO_MEMORY);
    csv_set_space_func(&reader->parser, is_no_space);
    csv_set_delim(&reader->parser, (unsigned char)reader->separator);
}

struct csv_reader *csv_reader_open(struct csv_source *source, char separator)
{
    struct csv_reader *reader = must_resize(NULL, 1, sizeof *reader);
    reader->source = source;
    reader->separator = separator;
    reader->line = 1;
    reader->keeps_start = true;
    start_parser(reader);
    return reader;
}

void csv_reader_restart(struct csv_reader *reader, char separator)
{
    assert(reader->keeps_start);
    csv_free(&reader->parser);
    reader->separator = separator;
    start_parser(reader);
    reader->at = reader->start;
    reader->line = 1;
    reader->after_return = reader->is_open = reader->stream_ended = false;
    reader->empty.is_held = false;
    reader->empty.count = reader->empty.given = 0;
}

void csv_reader_go_on(struct csv_reader *reader)
{
    reader->keeps_start = false;
}

/* Empties the record for the next one; its memory is used again. */
static void forget_record(struct csv_reader *reader)
{
    reader->record = (struct csv_record){.fields = reader->record.fields, .lengths = reader->record.lengths};
    reader->raw_bytes = 0;
    reader->has_ended = false;
    reader->second.is_there = false;
}

void csv_reader_close(struct csv_reader *reader)
{
    if (!reader)
        return;
    free(reader->record.fields);
    free(reader->record.lengths);
    free(reader->text);
    free(reader->empty.records);
    free(reader->empty.fields);
    free(reader->empty.lengths);
    free(reader->empty.nothing);
    free(reader->buffer);
    csv_free(&reader->parser);
    free(reader);
}

/* ---- Fields ---- */

/* Notes the length of a new field. */
static void begin_field(struct csv_reader *reader, size_t length)
{
    struct csv_record *record = &reader->record;
    if (record->count == reader->field_capacity) {
        reader->field_capacity = reader->field_capacity ? 2 * reader->field_capacity : 32;
        record->lengths = must_resize(record->lengths, reader->field_capacity, sizeof *record->lengths);
        record->fields = must_resize(record->fields, reader->field_capacity, sizeof *record->fields);
    }
    record->lengths[record->count++] = length;
}

/* Adds a field with its text. */
static void add_field(struct csv_reader *reader, const char *bytes, size_t length)
{
    assert(bytes || !length);
    begin_field(reader, length);
    size_t end = reader->record.bytes + length;
    if (end >= reader->text_capacity) {
        reader->text_capacity = 2 * (end + 1);
        reader->text = must_resize(reader->text, reader->text_capacity, 1);
    }
    if (length)
        memcpy(reader->text + reader->record.bytes, bytes, length);
    reader->text[end] = '\0';
    reader->record.bytes = end + 1;
}

/* Sets the pointers to the fields, which no longer move once all of them are there. */
static void point_to_fields(struct csv_reader *reader)
{
    char *field = reader->text;
    for (size_t i = 0; i < reader->record.count; i++) {
        reader->record.fields[i] = field;
        field += reader->record.lengths[i] + 1;
    }
}

/* ---- What libcsv calls ---- */

/* Called by libcsv for each field. One that is not UTF-8 is repaired, and the record gets a problem. */
static void take_field(void *bytes, size_t length, void *context)
{
    struct csv_reader *reader = context;
    if (reader->record.count == CSV_CELLS_MOST) {
        reader->record.problem = "it has more than 524288 cells";
        return;
    }
    if (is_utf8(bytes, length)) {
        add_field(reader, bytes, length);
        return;
    }
    char *repaired = repaired_utf8(bytes, length);
    add_field(reader, repaired, strlen(repaired));
    reader->record.problem = is_utf8_with_nul(bytes, length)
                                 ? "it holds a NUL (U+0000)"
                                 : encoding_problem(csv_source_encoding(reader->source));
    free(repaired);
}

/* Called by libcsv where a record ends. */
static void take_end(int character, void *context)
{
    (void)character;
    struct csv_reader *reader = context;
    reader->has_ended = true;
    reader->is_open = false;
}

/* ---- Lines ---- */

/* Makes room for what is read next, behind what may have to be read again. */
static void make_field_room(struct csv_reader *reader)
{
    size_t from = reader->keeps_start       ? 0
                  : reader->second.is_there ? reader->second.at
                                            : reader->filled,
           kept = reader->filled - from;
    if (kept && from)
        memmove(reader->buffer, reader->buffer + from, kept);
    reader->second.at -= reader->second.is_there ? from : 0;
    reader->at = reader->filled = kept;
    if (reader->capacity - kept >= READ_AT_ONCE)
        return;
    reader->capacity = kept + READ_AT_ONCE;
    reader->buffer = must_resize(reader->buffer, reader->capacity, 1);
}

/* Whether there is a byte in the buffer, after reading more if need be; false at the end of the stream. */
static bool fill(struct csv_reader *reader)
{
    if (reader->at < reader->filled)
        return true;
    bool is_first = !reader->has_read;
    make_field_room(reader);
    size_t got = csv_source_read(reader->source, reader->buffer + reader->filled, READ_AT_ONCE);
    reader->filled += got;
    reader->has_read = true;
    if (is_first && got >= 3 && memcmp(reader->buffer, "\xEF\xBB\xBF", 3) == 0)
        reader->at = reader->start = 3;
    return reader->at < reader->filled;
}

/* The number of bytes up to the next end of a line and with it, as far as they are in the buffer. The buffer
 * must not be empty. */
static size_t segment_length(const struct csv_reader *reader)
{
    /* A window at a time, so that a file without line feeds is not searched for them from each of its lines.
     */
    enum { WINDOW = 256 };
    assert(reader->at < reader->filled);
    const char *start = reader->buffer + reader->at, *end = reader->buffer + reader->filled;
    for (const char *from = start; from < end; from += WINDOW) {
        size_t length = end - from < WINDOW ? (size_t)(end - from) : WINDOW;
        const char *feed = memchr(from, '\n', length);
        const char *carriage = memchr(from, '\r', feed ? (size_t)(feed - from) : length);
        if (carriage || feed)
            return (size_t)((carriage ? carriage : feed) - start) + 1;
    }
    return (size_t)(end - start);
}

/* Whether a byte ends a line. */
static bool is_line_end(char c)
{
    return c == '\n' || c == '\r';
}

/* Passes over a segment and counts its line. The line feed of a CRLF ends no line of its own. */
static void pass_segment(struct csv_reader *reader, size_t length)
{
    assert(length > 0 && reader->at + length <= reader->filled);
    char last = reader->buffer[reader->at + length - 1];
    bool is_second_half = length == 1 && last == '\n' && reader->after_return;
    if (is_line_end(last) && !is_second_half)
        reader->line++;
    reader->after_return = last == '\r';
    reader->at += length;
}

/* Passes over what is left of the line. */
static void skip_rest_of_line(struct csv_reader *reader)
{
    while (fill(reader)) {
        size_t length = segment_length(reader);
        char last = reader->buffer[reader->at + length - 1];
        pass_segment(reader, length);
        if (is_line_end(last))
            return;
    }
}

/* Notes where the record's second line begins, if it has not been noted. */
static void note_second_line(struct csv_reader *reader)
{
    if (reader->second.is_there)
        return;
    reader->second = (struct second_line){.is_there = true,
                                          .at = reader->at,
                                          .line = reader->line,
                                          .after_return = reader->after_return,
                                          .count = reader->record.count,
                                          .bytes = reader->record.bytes};
}

/* Goes back to the record's second line, and forgets the fields from there on. */
static void return_to_second_line(struct csv_reader *reader)
{
    assert(reader->second.is_there && reader->second.at <= reader->filled);
    const struct second_line *second = &reader->second;
    reader->at = second->at;
    reader->line = second->line;
    reader->after_return = second->after_return;
    reader->record.count = second->count;
    reader->record.bytes = second->bytes;
    reader->stream_ended = false;
}

/* What can be wrong with a record that libcsv does not take, on one line and on several. */
static const char STRAY_QUOTE[] =
    "a quote stands inside a field, or text after a closing quote (a quote is written "
    "twice, \"\", in a field that is quoted)";
static const char CLOSED_ELSEWHERE[] =
    "a quote that is opened here is closed on a later line, where text follows it "
    "(a quote is written twice, \"\", in a field that is quoted)";
static const char TOO_LONG[] = "it is longer than 1 MiB";
static const char CLOSED_TOO_LATE[] = "a quote that is opened here is not closed within 1 MiB";
static const char NEVER_CLOSED[] = "a quote that is opened here is never closed";

/* Ends a broken record with its problem; the parser starts anew with the line after the one on which the
 * record began. ends_line: that line has been read to its end, where it is the only one. */
static void break_off(struct csv_reader *reader, const char *problem, const char *problem_of_several_lines,
                      bool ends_line)
{
    csv_free(&reader->parser);
    start_parser(reader);
    bool has_second = reader->second.is_there;
    if (has_second)
        return_to_second_line(reader);
    else if (!ends_line)
        skip_rest_of_line(reader);
    reader->record.problem = has_second ? problem_of_several_lines : problem;
    reader->has_ended = true;
    reader->is_open = false;
}

/* Gives a segment to libcsv. A record that is broken or too long is broken off. */
static void feed_segment(struct csv_reader *reader)
{
    size_t length = segment_length(reader);
    const char *bytes = reader->buffer + reader->at;
    bool ends_line = is_line_end(bytes[length - 1]);
    if (!reader->is_open && !(ends_line && length == 1)) {
        reader->is_open = true;
        reader->record.line = reader->line;
    }
    bool is_broken = false;
    if (reader->is_open) {
        reader->raw_bytes += length;
        is_broken = csv_parse(&reader->parser, bytes, length, take_field, take_end, reader) != length;
        if (csv_error(&reader->parser) == CSV_ENOMEM)
            must_have_memory(TUOYU_ERROR_NO_MEMORY);
    }
    pass_segment(reader, length);
    if (is_broken)
        break_off(reader, STRAY_QUOTE, CLOSED_ELSEWHERE, ends_line);
    else if (reader->raw_bytes > CSV_RECORD_LARGEST && !reader->has_ended)
        break_off(reader, TOO_LONG, CLOSED_TOO_LATE, ends_line);
    else if (reader->is_open && ends_line)
        note_second_line(reader);
}

/* Ends the last record at the end of the stream. */
static void finish_stream(struct csv_reader *reader)
{
    reader->stream_ended = true;
    if (!reader->is_open)
        return;
    if (csv_fini(&reader->parser, take_field, take_end, reader) != 0)
        break_off(reader, NEVER_CLOSED, NEVER_CLOSED, true);
}

void csv_reader_pass_over_empty(struct csv_reader *reader)
{
    reader->passes_over_empty = true;
}

/* Whether the record has several fields and nothing in any of them. */
static bool is_empty(const struct csv_record *record)
{
    return record->count > 1 && record->bytes == record->count && !record->problem;
}

/* Reads a record into reader->record; false at the end. */
static bool read_record(struct csv_reader *reader)
{
    forget_record(reader);
    while (!reader->has_ended && !reader->stream_ended) {
        if (fill(reader))
            feed_segment(reader);
        else
            finish_stream(reader);
    }
    point_to_fields(reader);
    return reader->has_ended;
}

/* Makes as many empty fields. */
static void widen_empty(struct empty_records *empty, size_t width)
{
    empty->fields = must_resize(empty->fields, width, sizeof *empty->fields);
    empty->lengths = must_resize(empty->lengths, width, sizeof *empty->lengths);
    empty->nothing = must_resize(empty->nothing, width, 1);
    for (size_t i = 0; i < width; i++) {
        empty->nothing[i] = '\0';
        empty->fields[i] = empty->nothing + i;
        empty->lengths[i] = 0;
    }
    empty->width = width;
}

/* Notes that the record at hand is empty. */
static void note_empty(struct csv_reader *reader)
{
    const struct csv_record *record = &reader->record;
    struct empty_records *empty = &reader->empty;
    if (empty->count == empty->capacity) {
        empty->capacity = empty->capacity ? 2 * empty->capacity : 64;
        empty->records = must_resize(empty->records, empty->capacity, sizeof *empty->records);
    }
    empty->records[empty->count++] = (struct empty_record){.line = record->line, .count = record->count};
    if (record->count > empty->width)
        widen_empty(empty, record->count);
}

/* Gives the next of the empty records that turned out not to be the last ones; false where there is none. */
static bool give_empty(struct csv_reader *reader, struct csv_record *record)
{
    struct empty_records *empty = &reader->empty;
    if (!empty->is_held || empty->given == empty->count)
        return false;
    const struct empty_record *next = &empty->records[empty->given++];
    *record = (struct csv_record){.fields = empty->fields,
                                  .lengths = empty->lengths,
                                  .count = next->count,
                                  .bytes = next->count,
                                  .line = next->line};
    return true;
}

bool csv_reader_next(struct csv_reader *reader, struct csv_record *record)
{
    struct empty_records *empty = &reader->empty;
    if (give_empty(reader, record))
        return true;
    bool is_there = empty->is_held || read_record(reader);
    bool was_held = empty->is_held;
    empty->is_held = false;
    empty->count = empty->given = 0;
    while (is_there && !was_held && reader->passes_over_empty && is_empty(&reader->record)) {
        note_empty(reader);
        is_there = read_record(reader);
    }
    empty->is_held = is_there && empty->count > 0;
    if (give_empty(reader, record))
        return true;
    *record = reader->record;
    return is_there;
}

size_t csv_reader_position(const struct csv_reader *reader)
{
    return csv_source_position(reader->source);
}

bool csv_reader_failed(const struct csv_reader *reader)
{
    return csv_source_failed(reader->source);
}

char csv_reader_separator(const struct csv_reader *reader)
{
    return reader->separator;
}

enum text_encoding csv_reader_encoding(const struct csv_reader *reader)
{
    return csv_source_encoding(reader->source);
}
