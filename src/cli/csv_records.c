/* SPDX-License-Identifier: Apache-2.0 */
/* Keeps copies of CSV records in a few growing arrays. */
#include "cli/csv_records.h"

#include <assert.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <tuoyu/common.h>

#include "cli/allocation.h"

/* Makes room for one more record and its fields. */
static void make_room(struct csv_records *records, const struct csv_record *record)
{
    if (records->count == records->capacity) {
        records->capacity = records->capacity ? 2 * records->capacity : 64;
        records->items = must_resize(records->items, records->capacity, sizeof *records->items);
    }
    if (records->text_capacity - records->bytes < record->bytes) {
        records->text_capacity = 2 * (records->bytes + record->bytes);
        records->text = must_resize(records->text, records->text_capacity, 1);
    }
    if (records->length_capacity - records->length_count < record->count) {
        records->length_capacity = 2 * (records->length_count + record->count);
        records->lengths = must_resize(records->lengths, records->length_capacity, sizeof *records->lengths);
    }
    if (record->count > records->field_capacity) {
        records->field_capacity = record->count;
        records->fields = must_resize(records->fields, records->field_capacity, sizeof *records->fields);
    }
}

void csv_records_add(struct csv_records *records, const struct csv_record *record)
{
    make_room(records, record);
    records->items[records->count++] = (struct kept_record){.start = records->bytes,
                                                            .first_length = records->length_count,
                                                            .field_count = record->count,
                                                            .line = record->line,
                                                            .problem = record->problem};
    if (record->count) {
        memcpy(records->text + records->bytes, record->fields[0], record->bytes);
        memcpy(records->lengths + records->length_count, record->lengths,
               record->count * sizeof *record->lengths);
    }
    records->bytes += record->bytes;
    records->length_count += record->count;
}

void csv_records_get(struct csv_records *records, size_t index, struct csv_record *record)
{
    assert(index < records->count);
    const struct kept_record *kept = &records->items[index];
    size_t *lengths = records->lengths + kept->first_length, at = kept->start;
    for (size_t i = 0; i < kept->field_count; i++) {
        records->fields[i] = records->text + at;
        at += lengths[i] + 1;
    }
    *record = (struct csv_record){.fields = records->fields,
                                  .lengths = lengths,
                                  .count = kept->field_count,
                                  .bytes = at - kept->start,
                                  .line = kept->line,
                                  .problem = kept->problem};
}

void csv_records_clear(struct csv_records *records)
{
    records->count = 0;
    records->bytes = 0;
    records->length_count = 0;
}

void csv_records_free(struct csv_records *records)
{
    free(records->items);
    free(records->text);
    free(records->lengths);
    free(records->fields);
    *records = (struct csv_records){.items = NULL};
}

/* Whether a byte is visible ASCII, which is no space whatever the library counts as one. */
static bool is_visible(char c)
{
    return c > ' ' && c < 0x7F;
}

const char *trimmed_cell(const struct csv_record *record, size_t index, size_t *length)
{
    const char *from = record->fields[index];
    *length = record->lengths[index];
    bool is_bare = *length == 0 || (is_visible(from[0]) && is_visible(from[*length - 1]));
    if (!is_bare)
        *length = tuoyu_text_trim(from, *length, &from);
    return from;
}
