/* SPDX-License-Identifier: Apache-2.0 */
/* Reads the file of --except and compares changes with its lines. */
#include "cli/mutation_exceptions.h"

#include <errno.h>
#include <fnmatch.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/allocation.h"
#include "cli/csv_reader.h"
#include "cli/tell.h"

/* Takes a record over; false after saying what is wrong with it. */
static bool take_record(struct mutation_exceptions *exceptions, const char *path,
                        const struct csv_record *record)
{
    if (record->problem || record->count != 3 || !record->lengths[0] || !record->lengths[2]) {
        tell("%s:%zu: %s", path, record->line,
             record->problem ? record->problem : "a line has a place, what (it may be empty) and a reason");
        return false;
    }
    if (exceptions->count == exceptions->capacity) {
        exceptions->capacity = exceptions->capacity ? 2 * exceptions->capacity : 64;
        exceptions->items = must_resize(exceptions->items, exceptions->capacity, sizeof *exceptions->items);
    }
    exceptions->items[exceptions->count++] =
        (struct mutation_exception){.place = must_copy(record->fields[0], record->lengths[0]),
                                    .what = must_copy(record->fields[1], record->lengths[1]),
                                    .reason = must_copy(record->fields[2], record->lengths[2]),
                                    .line = record->line};
    return true;
}

/* Whether the first record names the three columns. */
static bool has_header(const struct csv_record *record)
{
    return !record->problem && record->count == 3 && strcmp(record->fields[0], "place") == 0 &&
           strcmp(record->fields[1], "what") == 0 && strcmp(record->fields[2], "reason") == 0;
}

bool mutation_exceptions_read(struct mutation_exceptions *exceptions, const char *path)
{
    *exceptions = (struct mutation_exceptions){.items = NULL};
    FILE *stream = fopen(path, "rb");
    if (!stream) {
        tell("%s: %s", path, strerror(errno));
        return false;
    }
    struct csv_source *source = csv_source_open(stream, path, NULL);
    if (!source) {
        fclose(stream);
        return false;
    }
    struct csv_reader *reader = csv_reader_open(source, ',');
    struct csv_record record;
    bool is_good = csv_reader_next(reader, &record) && has_header(&record);
    if (!is_good)
        tell("%s: the first line is place,what,reason", path);
    csv_reader_go_on(reader);
    while (is_good && csv_reader_next(reader, &record))
        is_good = take_record(exceptions, path, &record);
    csv_reader_close(reader);
    csv_source_close(source);
    fclose(stream);
    return is_good;
}

void mutation_exceptions_free(struct mutation_exceptions *exceptions)
{
    for (size_t i = 0; i < exceptions->count; i++) {
        free(exceptions->items[i].place);
        free(exceptions->items[i].what);
        free(exceptions->items[i].reason);
    }
    free(exceptions->items);
}

const char *mutation_exception(struct mutation_exceptions *exceptions, const char *pack_id,
                               const tuoyu_mutation *mutation)
{
    char *place = must_format("%s:%s", pack_id, mutation->place);
    char *what = must_format("%s -> %s", mutation->was, mutation->instead);
    const char *reason = NULL;
    for (size_t i = 0; i < exceptions->count && !reason; i++) {
        struct mutation_exception *item = &exceptions->items[i];
        bool is_meant =
            fnmatch(item->place, place, 0) == 0 && (!*item->what || fnmatch(item->what, what, 0) == 0 ||
                                                    fnmatch(item->what, mutation->kind, 0) == 0);
        if (!is_meant)
            continue;
        item->used++;
        reason = item->reason;
    }
    free(place);
    free(what);
    return reason;
}
