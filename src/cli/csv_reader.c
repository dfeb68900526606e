/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/csv_reader.h"

#include <csv.h>
#include <stdlib.h>
#include <string.h>

#include "cli/allocation.h"
#include "cli/utf8_text.h"

struct csv_reader {
    FILE *stream;
    struct csv_parser parser;
    char buffer[64 * 1024];
    size_t filled, at, position;
    size_t line;       /* of the next byte */
    bool after_return; /* the byte before was a carriage return */
    bool is_open;      /* a record has begun and not ended */
    bool has_ended, stream_ended;
    struct csv_record record;
    size_t capacity, bytes; /* of the record's fields */
};

/* Spaces are part of a field, as RFC 4180 says. */
static int is_no_space(unsigned char c)
{
    (void)c;
    return 0;
}

static void start_parser(struct csv_reader *reader)
{
    if (csv_init(&reader->parser, CSV_STRICT | CSV_STRICT_FINI) != 0) must_have_memory(TUOYU_ERROR_NO_MEMORY);
    csv_set_space_func(&reader->parser, is_no_space);
}

struct csv_reader *csv_reader_open(FILE *stream)
{
    struct csv_reader *reader = must_resize(NULL, 1, sizeof *reader);
    reader->stream = stream;
    reader->line = 1;
    start_parser(reader);
    return reader;
}

static void forget_record(struct csv_reader *reader)
{
    for (size_t i = 0; i < reader->record.count; i++) free(reader->record.fields[i]);
    reader->record = (struct csv_record){.fields = reader->record.fields};
    reader->bytes = 0;
    reader->has_ended = false;
}

void csv_reader_close(struct csv_reader *reader)
{
    if (!reader) return;
    forget_record(reader);
    free(reader->record.fields);
    csv_free(&reader->parser);
    free(reader);
}

/* ---- What libcsv calls ---- */

static void take_field(void *bytes, size_t length, void *context)
{
    struct csv_reader *reader = context;
    if (reader->record.count == reader->capacity) {
        reader->capacity = reader->capacity ? 2 * reader->capacity : 32;
        reader->record.fields = must_resize(reader->record.fields, reader->capacity, sizeof *reader->record.fields);
    }
    bool good = is_utf8(bytes, length);
    if (!good) reader->record.problem = "it is not UTF-8";
    reader->record.fields[reader->record.count++] = good ? must_copy(bytes, length) : repaired_utf8(bytes, length);
}

static void take_end(int character, void *context)
{
    (void)character;
    struct csv_reader *reader = context;
    reader->has_ended = true;
    reader->is_open = false;
}

/* ---- Lines ---- */

static bool fill(struct csv_reader *reader)
{
    if (reader->at < reader->filled) return true;
    bool is_first = reader->position == 0;
    reader->filled = fread(reader->buffer, 1, sizeof reader->buffer, reader->stream);
    reader->position += reader->filled;
    reader->at = is_first && reader->filled >= 3 && memcmp(reader->buffer, "\xEF\xBB\xBF", 3) == 0 ? 3 : 0;
    return reader->at < reader->filled;
}

/* The bytes up to and with the next end of a line, as far as they are in the buffer. */
static size_t segment_length(const struct csv_reader *reader)
{
    size_t length = 0;
    while (reader->at + length < reader->filled) {
        char c = reader->buffer[reader->at + length++];
        if (c == '\n' || c == '\r') break;
    }
    return length;
}

static bool is_line_end(char c)
{
    return c == '\n' || c == '\r';
}

/* Takes the segment; the line feed of a CRLF ends no other line. */
static void pass_segment(struct csv_reader *reader, size_t length)
{
    char last = reader->buffer[reader->at + length - 1];
    bool is_second_half = length == 1 && last == '\n' && reader->after_return;
    if (is_line_end(last) && !is_second_half) reader->line++;
    reader->after_return = last == '\r';
    reader->at += length;
}

/* A record that broke off: the parser starts anew with the next line. */
static void break_off(struct csv_reader *reader, const char *problem)
{
    csv_free(&reader->parser);
    start_parser(reader);
    reader->record.problem = problem;
    reader->has_ended = true;
    reader->is_open = false;
}

static void skip_rest_of_line(struct csv_reader *reader)
{
    while (fill(reader)) {
        size_t length = segment_length(reader);
        char last = reader->buffer[reader->at + length - 1];
        pass_segment(reader, length);
        if (is_line_end(last)) return;
    }
}

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
        reader->bytes += length;
        is_broken = csv_parse(&reader->parser, bytes, length, take_field, take_end, reader) != length;
        if (csv_error(&reader->parser) == CSV_ENOMEM) must_have_memory(TUOYU_ERROR_NO_MEMORY);
    }
    pass_segment(reader, length);
    if (!is_broken) return;
    break_off(reader, "a quote stands inside a field, or text after a closing quote (a quote is written twice, \"\", in a field "
                      "that is quoted)");
    if (!ends_line) skip_rest_of_line(reader);
}

static void finish_stream(struct csv_reader *reader)
{
    reader->stream_ended = true;
    if (!reader->is_open) return;
    if (csv_fini(&reader->parser, take_field, take_end, reader) != 0)
        break_off(reader, "a quote that is opened here is never closed");
}

bool csv_reader_next(struct csv_reader *reader, struct csv_record *record)
{
    forget_record(reader);
    while (!reader->has_ended && !reader->stream_ended) {
        if (!fill(reader)) {
            finish_stream(reader);
        } else {
            feed_segment(reader);
            if (reader->bytes > CSV_RECORD_LARGEST && !reader->has_ended) {
                break_off(reader, "it is longer than 1 MiB; reading ends here (is a quote never closed?)");
                reader->stream_ended = true;
            }
        }
    }
    *record = reader->record;
    return reader->has_ended;
}

size_t csv_reader_position(const struct csv_reader *reader)
{
    return reader->position;
}
