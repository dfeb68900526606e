/* SPDX-License-Identifier: Apache-2.0 */
/* Prints a board on the standard output: for people, as JSON, as CSV. */
#ifndef TUOYU_CLI_BOARD_OUTPUT_H
#define TUOYU_CLI_BOARD_OUTPUT_H

#include "cli/board.h"

/* region: the kind of region to break down by, or NULL. Each returns how many measures could not be had. */
size_t board_print_text(const struct board *board, const char *region, const char *language);
/* Prints an array of measures to stdout. */
size_t board_print_json(const struct board *board, const char *region);
/* Prints a row for each measure to stdout. for_spreadsheet: the CSV is to be opened with one. */
size_t board_print_csv(const struct board *board, const char *region, const char *language,
                       bool for_spreadsheet);

/* Boards of the same lines on several days. As text each indicator is a table of days, as JSON an array has
 * what one day gives, and in CSV each row begins with its day. */
size_t series_print_text(const struct board *boards, size_t count, const char *region, const char *language);
/* Prints an array of the measures of all days to stdout. Returns how many could not be had. */
size_t series_print_json(const struct board *boards, size_t count, const char *region);
/* Prints a row for each measure and day to stdout. Returns how many could not be had. */
size_t series_print_csv(const struct board *boards, size_t count, const char *region, const char *language,
                        bool for_spreadsheet);

#endif
