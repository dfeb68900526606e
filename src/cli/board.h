/* SPDX-License-Identifier: Apache-2.0 */
/* The board of a district: indicators, each with the tally of the district's rows. */
#ifndef TUOYU_CLI_BOARD_H
#define TUOYU_CLI_BOARD_H

#include <stdbool.h>

#include "cli/allocation.h"

struct board_line {
    const char *name; /* full name, the policy's */
    size_t rule;      /* index in the policy */
    tuoyu_indicator *indicator;
    tuoyu_tally *tally; /* NULL where there is a problem */
    char *problem;      /* why there is no measure, or NULL */
};

/* A record that is no row. */
struct unreadable_record {
    size_t line;
    char *reason;
};

/* A file that was read: what became of its records, by whatever indicator. */
struct board_file {
    char *entity, *path;
    size_t records;    /* that came in */
    size_t error_rows; /* rows with something wrong */
    size_t unreadable; /* records that are no rows, the first of which are named */
    struct unreadable_record *named;
    size_t named_count;
};

struct board {
    tuoyu_policy *policy;
    int32_t as_of;
    struct board_line *lines;
    size_t count;
    bool digests_rows; /* for receipts: it costs several times the rest */
    size_t bad_rows, missing_files;
    struct board_file *files;
    size_t file_count;
};

/* The indicators of the names; where there are none, those of the packs (by id); where these have none, all.
 * False after saying which name is wrong, or that there is no indicator. */
bool board_open(struct board *board, tuoyu_policy *policy, const struct word_list *names,
                const struct word_list *packs, int32_t as_of);
void board_close(struct board *board);

/* Reads FOLDER/ENTITY.csv of every entity that the lines need. Rows with errors, and records that are no
 * rows, are named on stderr and counted: what is wrong in them counts as not known. A line whose file is
 * missing gets a problem. False after saying that there is no file at all, or one that cannot be read. */
bool board_read(struct board *board, const char *folder);

/* The measure of a line, over all (region NULL) or of one region; NULL with *problem, which the caller frees.
 */
tuoyu_measure *board_measure(const struct board_line *line, const char *region, const char *region_id,
                             char **problem);
/* The first record that cannot be read among those of the entities that the line counts: `path:line: reason`,
 * which the caller frees; NULL where there is none. */
char *board_first_unreadable(const struct board *board, const struct board_line *line);
/* Whether the line counts rows of the entity. */
bool line_counts(const struct board_line *line, const char *entity);
bool line_has_region(const struct board_line *line, const char *region);

#endif
