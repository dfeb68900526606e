/* SPDX-License-Identifier: Apache-2.0 */
/* The board of a district: its indicators, each with the tally of the district's rows. */
#ifndef TUOYU_CLI_BOARD_H
#define TUOYU_CLI_BOARD_H

#include <stdbool.h>

#include "cli/intake.h"

/* One indicator of the board. */
struct board_line {
    const char *name; /* full name, borrowed from the policy */
    size_t rule;      /* index in the policy */
    tuoyu_indicator *indicator;
    tuoyu_tally *tally; /* NULL where there is a problem */
    char *problem;      /* why there is no measure, or NULL */
};

/* A record that cannot be read as a row. */
struct unreadable_record {
    size_t line; /* in the file, from 1 */
    char *reason;
};

enum { BROKEN_LINES_NAMED = 10 };

/* The records of a file that break a promise of their entity. */
struct broken_promise {
    char *name; /* such as institution.places_hold */
    size_t records;
    size_t lines[BROKEN_LINES_NAMED]; /* of the first of them, in the file, from 1 */
};

/* A file that was read, and what became of its records. */
struct board_file {
    char *entity, *path;
    size_t records;    /* all records below the header */
    size_t error_rows; /* rows with something wrong */
    size_t unreadable; /* records that are no rows; the first of them are in named */
    struct unreadable_record *named;
    size_t named_count;
    struct broken_promise *broken;
    size_t broken_count;
};

/* A board of one day. */
struct board {
    tuoyu_policy *policy;
    int32_t as_of;
    struct board_line *lines;
    size_t count;
    struct intake *intake; /* how files are read; borrowed */
    bool digests_rows;     /* rows get digests for receipts, which costs several times the rest */
    size_t bad_rows, missing_files;
    struct board_file *files;
    size_t file_count;
};

/* Opens the indicators of the names; where there are no names, those of the packs (by id); where these have
 * none, all. Returns false after saying which name is wrong, or that there is no indicator; board_close() is
 * needed then too. */
bool board_open(struct board *board, tuoyu_policy *policy, const struct word_list *names,
                const struct word_list *packs, int32_t as_of);
void board_close(struct board *board);

/* Reads FOLDER/ENTITY.csv of every entity that the lines need. Rows with errors and records that are no rows
 * are named on stderr and counted; what is wrong in them counts as unknown. A line whose file is missing gets
 * a problem. Returns false after saying that there is no file at all, or one that cannot be read. */
bool board_read(struct board *board, const char *folder);

/* The measure of a line, of the whole (region NULL) or of one region. NULL where there is none, with the
 * reason in *problem, which the caller frees. */
tuoyu_measure *board_measure(const struct board_line *line, const char *region, const char *region_id,
                             char **problem);
/* The first record that cannot be read in the files of the entities that the line counts, as `path:line:
 * reason`, which the caller frees; NULL where there is none. */
char *board_first_unreadable(const struct board *board, const struct board_line *line);
/* Whether the line counts rows of the entity. */
bool line_counts(const struct board_line *line, const char *entity);
/* Whether the line can be broken down by this kind of region. */
bool line_has_region(const struct board_line *line, const char *region);

#endif
