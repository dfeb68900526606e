/* SPDX-License-Identifier: Apache-2.0 */
/* The board of a district: indicators, each with the tally of the district's rows. */
#ifndef TUOYU_CLI_BOARD_H
#define TUOYU_CLI_BOARD_H

#include <stdbool.h>

#include "cli/allocation.h"

struct board_line {
    const char *name;           /* full name, the policy's */
    size_t rule;                /* index in the policy */
    tuoyu_indicator *indicator;
    tuoyu_tally *tally;         /* NULL where there is a problem */
    char *problem;              /* why there is no measure, or NULL */
};

struct board {
    tuoyu_policy *policy;
    int32_t as_of;
    struct board_line *lines;
    size_t count;
    bool digests_rows;          /* for receipts: it costs several times the rest */
    size_t bad_rows, missing_files;
};

/* The indicators of the names; where there are none, those of the packs (by id); where these have none, all. False after
 * saying which name is wrong, or that there is no indicator. */
bool board_open(struct board *board, tuoyu_policy *policy, const struct word_list *names, const struct word_list *packs,
                int32_t as_of);
void board_close(struct board *board);

/* Reads FOLDER/ENTITY.csv of every entity that the lines need. Rows with errors are named on stderr and counted: what is
 * wrong in them counts as not known. A line whose file is missing gets a problem. False after saying that there is no
 * file at all, or one that cannot be read. */
bool board_read(struct board *board, const char *folder);

/* The measure of a line, over all (region NULL) or of one region; NULL with *problem, which the caller frees. */
tuoyu_measure *board_measure(const struct board_line *line, const char *region, const char *region_id, char **problem);
bool line_has_region(const struct board_line *line, const char *region);

#endif
