/* SPDX-License-Identifier: Apache-2.0 */
/* Reads a cell as it is meant, where that can be one thing only: `2023年1月5日`, `1,800.00 元`, 是. What the
 * library reads by itself is left as it is, and so is what means nothing here, which the library refuses. */
#ifndef TUOYU_CLI_CELL_READING_H
#define TUOYU_CLI_CELL_READING_H

#include "cli/cell_type.h"

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

/* Whether the library reads the cell by itself. It is asked first, for every cell, and so it is quick. */
bool cell_is_bare(const struct cell_type *type, const char *text, size_t length);
/* Reads a cell that is not bare, without the white space around it. */
enum cell_outcome read_cell(const struct cell_type *type, const struct cell_rules *rules, const char *text,
                            size_t length, struct cell_reading *reading);
void cell_reading_free(struct cell_reading *reading);

/* The parts of read_cell(), by kind. They take a text ended by NUL in which full-width characters have become
 * ASCII. */
enum cell_outcome read_date_cell(const struct cell_rules *rules, const char *text,
                                 struct cell_reading *reading);
enum cell_outcome read_number_cell(const struct cell_type *type, const struct cell_rules *rules,
                                   const char *text, struct cell_reading *reading);

/* Puts the text into the reading and returns the outcome. */
enum cell_outcome set_reading(struct cell_reading *reading, enum cell_outcome outcome, const char *format,
                              ...) __attribute__((format(printf, 3, 4)));

/* Makes ASCII of full-width characters, of U+3000 and of the minus sign U+2212; the others stay. folded takes
 * as many bytes as the text and a NUL. Returns the length. */
size_t fold_width(const char *text, size_t length, char *folded);

#endif
