/* SPDX-License-Identifier: Apache-2.0 */
/* Prints below a board for people what became of the records that came in, and which of them cannot be read.
 */
#ifndef TUOYU_CLI_BOARD_RECORDS_H
#define TUOYU_CLI_BOARD_RECORDS_H

#include "cli/board.h"

/* Prints a table with the counts of each indicator, then the records that cannot be read, each with its
 * reason. */
void board_print_records(const struct board *board, const char *language);

#endif
