/* SPDX-License-Identifier: Apache-2.0 */
/* Any bytes as a CSV file, as a file and as a pipe, by each separator: every line of it is in some record, in
 * order, and what comes out is UTF-8. */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "cli/csv_reader.h"

enum { LONGEST = 1 << 16 };

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check_record(const struct csv_record *record, size_t line)
{
    size_t bytes = 0;
    if (record->line <= line)
        abort(); /* a line that is in two records */
    for (size_t i = 0; i < record->count; i++) {
        struct text field = {.bytes = record->fields[i], .length = record->lengths[i]};
        if (field.bytes[field.length] != '\0' || utf8_validate(field) != field.length)
            abort();
        bytes += field.length + 1;
    }
    if (bytes != record->bytes)
        abort();
}

/* Reads all records; with restart from the second one on again, as the command does to find the separator. */
static void read_all(struct csv_source *source, char separator, bool restarts)
{
    struct csv_reader *reader = csv_reader_open(source, separator);
    struct csv_record record;
    size_t line = 0;
    if (restarts) {
        (void)csv_reader_next(reader, &record);
        csv_reader_restart(reader, separator == ',' ? ';' : ',');
    }
    csv_reader_go_on(reader);
    while (csv_reader_next(reader, &record)) {
        check_record(&record, line);
        line = record.line;
    }
    (void)csv_reader_failed(reader);
    csv_reader_close(reader);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const char SEPARATORS[] = ",;\t";
    if (size < 2 || size > LONGEST)
        return 0;
    FILE *stream = fmemopen((void *)(uintptr_t)(data + 1), size - 1, "rb");
    if (!stream)
        return 0;
    enum text_encoding encoding = (enum text_encoding)(data[0] / 8 % 4);
    struct csv_source *source = csv_source_open(stream, "file", data[0] & 4 ? &encoding : NULL);
    if (source)
        read_all(source, SEPARATORS[data[0] % 3], data[0] & 32);
    csv_source_close(source);
    fclose(stream);
    return 0;
}
