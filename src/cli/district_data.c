/* SPDX-License-Identifier: Apache-2.0 */
/* Reads the rows of a district, from one CSV file for each entity, into the tallies of a board. A record that
 * is no row goes into them too, as one of which nothing is known. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/board.h"
#include "cli/csv_input.h"
#include "cli/findings.h"
#include "cli/row_table.h"
#include "cli/tell.h"

/* Of one file: how many bad rows are shown on stderr, and how many unreadable records the board names. */
enum { FINDINGS_SHOWN = 10, UNREADABLE_NAMED = 100 };

/* A row with something wrong, or a record that is no row. */
struct bad_row {
    size_t line;
    char *problem;
    size_t cell_findings; /* how many of the findings are about its cells, which every tally repeats */
};

/* The file of an entity while it is read. */
struct entity_file {
    struct board *board;
    const char *entity;
    char *path;
    struct fact_columns columns;
    struct reading_notes notes;
    struct row_table *rows;
    struct bad_row *bad;     /* by row of the rows at hand; problem is NULL where nothing is wrong */
    struct bad_row *records; /* records between these rows that are no rows */
    size_t record_count, record_capacity;
    tuoyu_case *facts;
    tuoyu_diagnostics *diagnostics;
    size_t bad_rows;
    struct board_file *about; /* what the board keeps of the file */
};

/* Adds a word unless the list has it. */
static void add_once(struct word_list *list, const char *word)
{
    for (size_t i = 0; i < list->count; i++)
        if (strcmp(list->items[i], word) == 0)
            return;
    word_list_add(list, word);
}

/* Collects the entities that the lines count, and the kinds of region that they may be broken down by. */
static void collect_entities(const struct board *board, struct word_list *entities)
{
    for (size_t l = 0; l < board->count; l++) {
        const struct board_line *line = &board->lines[l];
        const char *name;
        for (size_t i = 0; line->tally && (name = tuoyu_indicator_entity(line->indicator, i)); i++)
            add_once(entities, name);
        for (size_t i = 0; line->tally && (name = tuoyu_indicator_region(line->indicator, i)); i++)
            add_once(entities, name);
    }
}

/* ---- Rows with something wrong ---- */

/* Says what is wrong with a row, if few were said before, and clears it. */
static void say_bad_row(struct entity_file *file, struct bad_row *bad)
{
    if (file->bad_rows++ < FINDINGS_SHOWN)
        tell("%s:%zu: error: %s", file->path, bad->line, bad->problem);
    free(bad->problem);
    *bad = (struct bad_row){.problem = NULL};
}

/* Says what is wrong with the rows and records at hand, in the order of their lines. */
static void say_bad_rows(struct entity_file *file)
{
    size_t next = 0;
    for (size_t row = 0; row < file->rows->count; row++) {
        while (next < file->record_count && file->records[next].line < file->rows->lines[row])
            say_bad_row(file, &file->records[next++]);
        if (file->bad[row].problem)
            say_bad_row(file, &file->bad[row]);
    }
    while (next < file->record_count)
        say_bad_row(file, &file->records[next++]);
    file->record_count = 0;
}

/* Counts an unreadable record, and keeps its reason if few were kept before. */
static void name_unreadable(struct board_file *about, size_t line, const char *reason)
{
    if (about->unreadable++ >= UNREADABLE_NAMED)
        return;
    about->named = must_resize(about->named, about->named_count + 1, sizeof *about->named);
    about->named[about->named_count++] =
        (struct unreadable_record){.line = line, .reason = must_copy(reason, strlen(reason))};
}

/* Adds a record that is no row; takes over the problem. */
static void add_bad_record(struct entity_file *file, size_t line, char *problem)
{
    name_unreadable(file->about, line, problem);
    if (file->record_count == file->record_capacity) {
        file->record_capacity = file->record_capacity ? 2 * file->record_capacity : 16;
        file->records = must_resize(file->records, file->record_capacity, sizeof *file->records);
    }
    file->records[file->record_count++] = (struct bad_row){.line = line, .problem = problem};
}

/* The file's entry for a promise, by its name; made if there is none. */
static struct broken_promise *find_broken(struct board_file *about, const char *name, size_t length)
{
    for (size_t i = 0; i < about->broken_count; i++)
        if (strlen(about->broken[i].name) == length && memcmp(about->broken[i].name, name, length) == 0)
            return &about->broken[i];
    about->broken = must_resize(about->broken, about->broken_count + 1, sizeof *about->broken);
    struct broken_promise *broken = &about->broken[about->broken_count++];
    *broken = (struct broken_promise){.name = must_copy(name, length)};
    return broken;
}

/* Notes the promises that a row breaks, but for those that another tally has told of it. The message has the
 * name of the promise in its first quotes. */
static void note_broken_promises(struct board_file *about, const struct bad_row *bad,
                                 const tuoyu_diagnostics *findings)
{
    tuoyu_diagnostic item;
    for (size_t i = 0; tuoyu_diagnostics_get(findings, i, &item) == TUOYU_OK; i++) {
        const char *begin = item.code == TUOYU_ERROR_PROMISE ? strchr(item.message, '`') : NULL;
        const char *end = begin ? strchr(begin + 1, '`') : NULL;
        if (!end || strstr(bad->problem, item.message))
            continue;
        struct broken_promise *broken = find_broken(about, begin + 1, (size_t)(end - begin - 1));
        if (broken->records < BROKEN_LINES_NAMED)
            broken->lines[broken->records] = bad->line;
        broken->records++;
    }
}

/* Called by a tally for each bad row. Collects what is wrong: first with the cells, which every tally reports
 * alike, then what is the tally's own. Returns 0 to go on. */
static int32_t take_bad_row(void *context, int64_t row, const tuoyu_diagnostics *findings)
{
    struct entity_file *file = context;
    struct bad_row *bad = &file->bad[row];
    if (!bad->problem) {
        tuoyu_diagnostics_clear(file->diagnostics);
        row_table_set(file->rows, (size_t)row, file->facts, file->diagnostics);
        char *problem = findings_in_one_line(file->diagnostics);
        if (tuoyu_diagnostics_count(file->diagnostics))
            add_refusals(&file->notes, file->rows->lines[row], &problem);
        *bad = (struct bad_row){.line = file->rows->lines[row],
                                .problem = problem,
                                .cell_findings = tuoyu_diagnostics_count(file->diagnostics)};
    }
    note_broken_promises(file->about, bad, findings);
    add_findings(&bad->problem, findings, bad->cell_findings);
    return 0;
}

/* ---- Rows into the tallies ---- */

/* Adds the rows at hand to the tally of a line. Where the whole table is refused, the line gets a problem and
 * loses its tally. */
static void add_to_line(struct entity_file *file, struct board_line *line, bool is_first)
{
    tuoyu_tally_table_options options = {.size = sizeof options,
                                         .validate = is_first ? TUOYU_VALIDATE_ALL : TUOYU_VALIDATE_NEEDED,
                                         .bad_row = take_bad_row,
                                         .context = file,
                                         .digests_rows = file->board->digests_rows};
    tuoyu_diagnostics *diagnostics = must_have_output_diagnostics();
    tuoyu_status status =
        tuoyu_tally_add_table(line->tally, file->entity, TUOYU_NUL_TERMINATED, &file->rows->schema,
                              row_table_array(file->rows), 0, -1, &options, diagnostics);
    if (must_have_memory(status) != TUOYU_OK) {
        line->problem = findings_in_one_line(diagnostics);
        tuoyu_tally_free(line->tally);
        line->tally = NULL;
    }
    tuoyu_diagnostics_free(diagnostics);
}

/* Adds the rows at hand to all lines that need them. Only the first tally checks the cells that no rule
 * reads. */
static void add_file_rows(struct entity_file *file)
{
    bool is_checked = false;
    for (size_t l = 0; l < file->board->count && file->rows->count; l++) {
        struct board_line *line = &file->board->lines[l];
        if (!line->tally || !(line_counts(line, file->entity) || line_has_region(line, file->entity)))
            continue;
        add_to_line(file, line, !is_checked);
        is_checked = true;
    }
    say_bad_rows(file);
    reading_notes_hand_over(&file->notes, file->board->intake);
    row_table_clear(file->rows);
}

/* Adds a record to the rows at hand; a full table goes into the tallies. */
static void add_record(struct entity_file *file, const struct csv_record *record)
{
    char *problem = record_problem(&file->columns, record);
    file->about->records++;
    if (problem)
        add_bad_record(file, record->line, problem);
    else
        row_table_add(file->rows, &file->columns, record, &file->notes);
    if (row_table_is_full(file->rows) || file->record_count == ROW_TABLE_ROWS)
        add_file_rows(file);
}

/* Tells all tallies how many records of the entity could not be read. */
static void count_unreadable(struct entity_file *file)
{
    struct board *board = file->board;
    for (size_t l = 0; l < board->count; l++)
        if (board->lines[l].tally)
            must_have_memory(tuoyu_tally_add_unreadable(board->lines[l].tally, file->entity,
                                                        TUOYU_NUL_TERMINATED,
                                                        (int64_t)file->about->unreadable, NULL));
}

/* Reads all rows of an open file; false after saying why it cannot be read. */
static bool read_rows(struct entity_file *file, FILE *stream)
{
    struct intake *intake = file->board->intake;
    struct header_names names = {.policy = file->board->policy, .intake = intake, .entity = file->entity};
    struct csv_input input;
    struct csv_record record;
    if (!csv_input_open(&input, stream, file->path, intake))
        return false;
    bool good = fact_columns_read(&file->columns, &names, file->path, intake, input.reader);
    if (good)
        row_table_open(file->rows, &file->columns);
    while (good && csv_reader_next(input.reader, &record))
        add_record(file, &record);
    if (good)
        add_file_rows(file);
    if (good)
        count_unreadable(file);
    row_table_free(file->rows);
    if (file->bad_rows > FINDINGS_SHOWN)
        tell("%s: and %zu more rows with errors", file->path, file->bad_rows - FINDINGS_SHOWN);
    if (good && csv_reader_failed(input.reader)) {
        tell("tuoyu: %s: cannot be read to its end", file->path);
        good = false;
    }
    csv_input_close(&input);
    return good;
}

/* Notes that a file is missing. Lines that count the entity get a problem; for others only names of regions
 * are missing, which is a warning. */
static void note_missing_file(const struct entity_file *file)
{
    file->board->missing_files++;
    bool is_counted = false;
    for (size_t l = 0; l < file->board->count; l++) {
        struct board_line *line = &file->board->lines[l];
        if (!line->tally || !line_counts(line, file->entity))
            continue;
        is_counted = true;
        line->problem = must_format("no data: %s is not there", file->path);
        tuoyu_tally_free(line->tally);
        line->tally = NULL;
    }
    if (!is_counted)
        tell("warning: %s is not there: a %s without rows is not shown", file->path, file->entity);
}

/* Reads the file of an entity into the tallies. Adds 1 to *found if the file is there. Returns false after
 * saying why it cannot be read. */
static bool read_entity(struct board *board, const char *folder, const char *entity, size_t *found)
{
    struct entity_file file = {
        .board = board, .entity = entity, .path = must_format("%s/%s.csv", folder, entity)};
    FILE *stream = fopen(file.path, "rb");
    bool good = true;
    if (stream) {
        (*found)++;
        file.about = &board->files[board->file_count++];
        *file.about = (struct board_file){.entity = must_copy(entity, strlen(entity)),
                                          .path = must_copy(file.path, strlen(file.path))};
        file.diagnostics = must_have_output_diagnostics();
        file.rows = must_resize(NULL, 1, sizeof *file.rows);
        file.bad = must_resize(NULL, ROW_TABLE_ROWS, sizeof *file.bad);
        must_have_memory(tuoyu_case_new(board->policy, &file.facts));
        reading_notes_open(&file.notes, board->intake, file.path);
        good = read_rows(&file, stream);
        reading_notes_free(&file.notes);
        board->bad_rows += file.bad_rows;
        file.about->error_rows = file.bad_rows - file.about->unreadable;
        fclose(stream);
    } else if (errno == ENOENT) {
        note_missing_file(&file);
    } else {
        tell("tuoyu: %s: cannot be read: %s", file.path, strerror(errno));
        good = false;
    }
    free(file.rows);
    free(file.bad);
    free(file.records);
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
    board->files = must_resize(NULL, entities.count, sizeof *board->files);
    for (size_t i = 0; i < entities.count && good; i++)
        good = read_entity(board, folder, entities.items[i], &found);
    if (good && entities.count && !found) {
        tell("tuoyu: %s: holds none of the files that the indicators need, such as %s.csv", folder,
             entities.items[0]);
        good = false;
    }
    word_list_free(&entities);
    return good;
}
