/* SPDX-License-Identifier: Apache-2.0 */
/* The rows of a district, from one CSV file an entity into the tallies of a board. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/board.h"
#include "cli/fact_columns.h"
#include "cli/findings.h"

enum { FINDINGS_SHOWN = 10 /* of one file */ };

struct entity_file {
    struct board *board;
    const char *entity;
    char *path;
    struct fact_columns columns;
    tuoyu_case *facts;
    tuoyu_diagnostics *diagnostics;
    size_t bad_rows;
};

static bool line_counts(const struct board_line *line, const char *entity)
{
    const char *known;
    for (size_t i = 0; line->indicator && (known = tuoyu_indicator_entity(line->indicator, i)); i++)
        if (strcmp(known, entity) == 0) return true;
    return false;
}

static void add_once(struct word_list *list, const char *word)
{
    for (size_t i = 0; i < list->count; i++)
        if (strcmp(list->items[i], word) == 0) return;
    word_list_add(list, word);
}

/* What the lines count, and the regions it may be broken down by. */
static void collect_entities(const struct board *board, struct word_list *entities)
{
    for (size_t l = 0; l < board->count; l++) {
        const struct board_line *line = &board->lines[l];
        const char *name;
        for (size_t i = 0; line->tally && (name = tuoyu_indicator_entity(line->indicator, i)); i++) add_once(entities, name);
        for (size_t i = 0; line->tally && (name = tuoyu_indicator_region(line->indicator, i)); i++) add_once(entities, name);
    }
}

static void say_bad_row(struct entity_file *file, size_t line, const char *problem)
{
    if (file->bad_rows++ < FINDINGS_SHOWN) fprintf(stderr, "%s:%zu: error: %s\n", file->path, line, problem);
}

static void add_row(struct entity_file *file, const struct csv_record *record)
{
    tuoyu_diagnostics_clear(file->diagnostics);
    char *problem = record_problem(&file->columns, record);
    if (!problem) {
        fact_columns_set(&file->columns, record, file->facts, file->diagnostics);
        for (size_t l = 0; l < file->board->count; l++) {
            struct board_line *line = &file->board->lines[l];
            if (line->tally)
                must_have_memory(tuoyu_tally_add(line->tally, file->entity, strlen(file->entity), file->facts, file->diagnostics));
        }
        if (tuoyu_diagnostics_count(file->diagnostics)) problem = findings_in_one_line(file->diagnostics);
    }
    if (problem) say_bad_row(file, record->line, problem);
    free(problem);
}

static bool read_rows(struct entity_file *file, FILE *stream)
{
    struct csv_reader *reader = csv_reader_open(stream);
    bool good = fact_columns_read(&file->columns, file->board->policy, file->path, file->entity, NULL, reader);
    struct csv_record record;
    while (good && csv_reader_next(reader, &record)) add_row(file, &record);
    csv_reader_close(reader);
    if (file->bad_rows > FINDINGS_SHOWN)
        fprintf(stderr, "%s: and %zu more rows with errors\n", file->path, file->bad_rows - FINDINGS_SHOWN);
    if (good && ferror(stream)) {
        fprintf(stderr, "tuoyu: %s: cannot be read to its end\n", file->path);
        good = false;
    }
    return good;
}

/* Lines that count the entity have no measure; others only lack the names of the regions. */
static void lack_file(const struct entity_file *file)
{
    file->board->missing_files++;
    bool is_counted = false;
    for (size_t l = 0; l < file->board->count; l++) {
        struct board_line *line = &file->board->lines[l];
        if (!line->tally || !line_counts(line, file->entity)) continue;
        is_counted = true;
        line->problem = must_format("no data: %s is not there", file->path);
        tuoyu_tally_free(line->tally);
        line->tally = NULL;
    }
    if (!is_counted) fprintf(stderr, "warning: %s is not there: a %s without rows is not shown\n", file->path, file->entity);
}

/* *found counts the files that are there. */
static bool read_entity(struct board *board, const char *folder, const char *entity, size_t *found)
{
    struct entity_file file = {.board = board, .entity = entity, .path = must_format("%s/%s.csv", folder, entity)};
    FILE *stream = fopen(file.path, "rb");
    bool good = true;
    if (stream) {
        (*found)++;
        file.diagnostics = must_have_diagnostics();
        must_have_memory(tuoyu_case_new(board->policy, &file.facts));
        good = read_rows(&file, stream);
        board->bad_rows += file.bad_rows;
        fclose(stream);
    } else if (errno == ENOENT) {
        lack_file(&file);
    } else {
        fprintf(stderr, "tuoyu: %s: cannot be read: %s\n", file.path, strerror(errno));
        good = false;
    }
    fact_columns_free(&file.columns);
    tuoyu_case_free(file.facts);
    tuoyu_diagnostics_free(file.diagnostics);
    free(file.path);
    return good;
}

bool board_read(struct board *board, const char *folder)
{
    struct word_list entities = {.items = NULL};
    collect_entities(board, &entities);
    size_t found = 0;
    bool good = true;
    for (size_t i = 0; i < entities.count && good; i++) good = read_entity(board, folder, entities.items[i], &found);
    if (good && entities.count && !found) {
        fprintf(stderr, "tuoyu: %s: holds none of the files that the indicators need, such as %s.csv\n", folder, entities.items[0]);
        good = false;
    }
    word_list_free(&entities);
    return good;
}
