/* SPDX-License-Identifier: Apache-2.0 */
/* Records of a CSV file that are kept, bad ones too, while the reader goes on. */
#ifndef TUOYU_CLI_CSV_RECORDS_H
#define TUOYU_CLI_CSV_RECORDS_H

#include "cli/csv_reader.h"

/* A record that is kept. */
struct kept_record {
    size_t start;        /* offset of its fields in the text */
    size_t first_length; /* index of its first length among all */
    size_t field_count, line;
    const char *problem;
};

/* All records that are kept. Zeroed it is empty. */
struct csv_records {
    struct kept_record *items;
    size_t count, capacity;
    char *text; /* all fields, each ended by NUL */
    size_t bytes, text_capacity;
    size_t *lengths; /* lengths of all fields */
    size_t length_count, length_capacity;
    char **fields; /* fields of the record that was asked for last */
    size_t field_capacity;
};

/* Keeps a copy of a record. */
void csv_records_add(struct csv_records *records, const struct csv_record *record);
/* Gives the record at an index, which lives until the next call. */
void csv_records_get(struct csv_records *records, size_t index, struct csv_record *record);
/* Forgets the records and keeps the memory for others. */
void csv_records_clear(struct csv_records *records);
/* Frees all memory; the list is then empty and may be used again. */
void csv_records_free(struct csv_records *records);

/* The field at an index without the white space that people type around it, as the library cuts it; it does
 * not end with NUL. */
const char *trimmed_cell(const struct csv_record *record, size_t index, size_t *length);

#endif
