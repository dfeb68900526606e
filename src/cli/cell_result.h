/* SPDX-License-Identifier: Apache-2.0 */
/* What a cell was read as, and what settles how it is read. */
#ifndef TUOYU_CLI_CELL_RESULT_H
#define TUOYU_CLI_CELL_RESULT_H

#include <stdbool.h>
#include <stddef.h>

/* The longest cell that is read otherwise than written; texts are read at any length. In bytes. */
enum { CELL_LONGEST = 200 };

/* By what a cell was read. */
enum change_kind {
    CHANGE_DATE,
    CHANGE_EXCEL_DAY,
    CHANGE_NUMBER,
    CHANGE_BOOLEAN,
    CHANGE_VALUE,
    CHANGE_COMPOSED, /* a text with marks that stand behind their letters */
    CHANGE_KINDS
};

/* What settles cells that could be read in two ways. */
struct cell_rules {
    bool comma_may_be_decimal; /* the fields of the file are separated by `;` */
    int excel_days; /* 1900 or 1904: numbers in columns of dates count days from there; 0: refused */
};

enum cell_outcome {
    CELL_AS_WRITTEN,
    CELL_CHANGED, /* `text` is what it means */
    CELL_REFUSED  /* it can mean several things, which `text` names */
};

/* A cell as it was read. Zeroed it is empty; its memory is used again from cell to cell. */
struct cell_reading {
    char *text; /* ended by NUL */
    size_t length, capacity;
    enum change_kind change;
};

/* Frees the text. */
void cell_reading_free(struct cell_reading *reading);
/* Puts the text into the reading and returns the outcome. */
enum cell_outcome set_reading(struct cell_reading *reading, enum cell_outcome outcome, const char *format,
                              ...) __attribute__((format(printf, 3, 4)));

/* Makes ASCII of full-width characters, of U+3000 and of the minus sign U+2212; the others stay. folded takes
 * as many bytes as the text and a NUL. Returns the length. */
size_t fold_width(const char *text, size_t length, char *folded);

#endif
