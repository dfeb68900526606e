/* SPDX-License-Identifier: Apache-2.0 */
/* Records of a CSV file that are kept, bad ones too, while the reader goes on. */
#ifndef TUOYU_CLI_CSV_RECORDS_H
#define TUOYU_CLI_CSV_RECORDS_H

#include "cli/csv_reader.h"

struct kept_record {
    size_t start;        /* of its fields in the text */
    size_t first_length; /* of its fields among all lengths */
    size_t field_count, line;
    const char *problem;
};

/* Zero it to begin. */
struct csv_records {
    struct kept_record *items;
    size_t count, capacity;
    char *text; /* of all fields, each ended by NUL */
    size_t bytes, text_capacity;
    size_t *lengths; /* of all fields */
    size_t length_count, length_capacity;
    char **fields; /* of the record that was asked for last */
    size_t field_capacity;
};

void csv_records_add(struct csv_records *records, const struct csv_record *record);
/* Sets *record, which lives until the next call. */
void csv_records_get(struct csv_records *records, size_t index, struct csv_record *record);
/* Forgets the records, and keeps their memory for others. */
void csv_records_clear(struct csv_records *records);
void csv_records_free(struct csv_records *records);

#endif
