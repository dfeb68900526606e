/* SPDX-License-Identifier: Apache-2.0 */
/* How files are read that were not written for us: what the command line says of them, and how fields,
 * headers and cells are understood. The same options for each command that reads CSV. */
#ifndef TUOYU_CLI_INTAKE_H
#define TUOYU_CLI_INTAKE_H

#include "cli/cell_reading.h"
#include "cli/command_line.h"
#include "cli/output_file.h"
#include "cli/text_encoding.h"

/* The options, for a command's list of them. */
#define INTAKE_OPTIONS                                                                     \
    {.name = "encoding", .takes_value = true}, {.name = "separator", .takes_value = true}, \
        {.name = "map", .takes_value = true}, {.name = "excel-days", .takes_value = true}, \
        {.name = "changes", .takes_value = true}, {.name = "excel"},                       \
    {                                                                                      \
        .name = "strict"                                                                   \
    }

/* What `--help` says of them. */
#define INTAKE_USAGE                                                                           \
    "                 [--encoding WORD] [--separator WORD] [--map FILE] [--excel-days YEAR]\n" \
    "                 [--changes FILE] [--excel] [--strict]\n"
#define INTAKE_HELP                                                                                 \
    "Files are read as offices save them, where that can mean one thing only: UTF-8 or\n"           \
    "GB18030, fields separated by commas, semicolons or tabs, columns named by fact or label,\n"    \
    "2023/1/5, 2023年1月5日, 是, TRUE, 1,800.00, 1800元, full-width digits, values by their\n" \
    "labels. A cell that can mean two things is an error which names both.\n"                       \
    "\n"                                                                                            \
    "  --encoding WORD   utf-8 or gb18030 (else: found by reading the file once)\n"                 \
    "  --separator WORD  comma, semicolon or tab (else: the one by which the header names facts)\n" \
    "  --map FILE        CSV with two columns: the name of a column, and the fact that it gives\n"  \
    "  --excel-days YEAR numbers in columns of dates count days from 1900 or 1904\n"                \
    "  --changes FILE    writes CSV with each cell that was read otherwise than written: file,\n"   \
    "                    line, column, fact, written, read, rule\n"                                 \
    "  --excel           CSV that is written is for a spreadsheet: it begins with a byte order\n"   \
    "                    mark, and a text that would be taken for a formula (it begins with\n"      \
    "                    = + - @, TAB or CR) gets an apostrophe in front; numbers stay\n"           \
    "  --strict          nothing is read otherwise than written: UTF-8, commas, facts by name\n"

/* What the command line says, and the changes that were made. */
struct intake {
    bool is_strict, has_encoding;
    enum text_encoding encoding; /* where has_encoding */
    char separator;              /* 0: it is found */
    int excel_days;
    struct word_list mapped; /* columns and facts in turns; owned */
    bool is_for_spreadsheet; /* the list of changes is */
    const char *changes_path;
    struct output_file changes; /* its stream is NULL where none is wanted */
    size_t counts[CHANGE_KINDS];
    size_t refused, look_alikes;
    struct word_list known; /* files that were read; owned */
    bool is_repeated;       /* the file at hand was read before, so that nothing is told of it again */
    char *files;    /* how files were read otherwise than written, as a sentence; NULL where none was */
    size_t columns; /* columns that were found by label or map */
};

/* The name of a kind of change, as lists and counts have it. */
const char *change_name(enum change_kind kind);

/* Reads the options, the map and opens the file of changes. paths: the other files of the command, which must
 * not be the file of changes; NULL for one that there is not. Returns false after saying what is wrong.
 * intake_close() is needed then too. */
bool intake_open(struct intake *intake, const struct command_line *line, const char *const paths[],
                 size_t count);
/* Says how many cells were read otherwise than written, and puts the file of changes in its place if `keep`;
 * else nothing of it stays. Returns false after saying that it cannot be written. May be called again. */
bool intake_close(struct intake *intake, bool keep);
/* Begins a file: what follows is about it. */
void intake_begin_file(struct intake *intake, const char *file);
/* Writes a change of the file as a whole: its encoding, its separator. */
void intake_tell_file(struct intake *intake, const char *file, const char *written, const char *rule);
/* Writes how a column of the header was understood. */
void intake_tell_column(struct intake *intake, const char *file, size_t line, const char *column,
                        const char *fact, const char *rule);

/* Writes the counts as members of a JSON object: `"changes":{"date":3,…}`. */
void intake_write_json(const struct intake *intake, FILE *stream);

#endif
