/* SPDX-License-Identifier: Apache-2.0 */
/* Prints what became of the records of a board, and which of them cannot be read. */
#include "cli/board_records.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/record_counts.h"
#include "cli/tell.h"
#include "cli/text_table.h"

/* A word in both languages: 0 is Chinese, 1 English. */
typedef const char *const words[2];

static words HEADINGS[] = {{"记录", "records"},          {"读入", "read"},
                           {"已定", "determined"},       {"未定", "undetermined"},
                           {"不适用", "not applicable"}, {"不生效", "not in force"},
                           {"有错误", "in error"},       {"无法读取", "unreadable"}};
enum { COLUMNS = sizeof HEADINGS / sizeof HEADINGS[0], NAMED_MOST = 10 };
static words OF_DAY = {"（截至 ", " (as of "}, END_OF_DAY = {"）", ")"};
static words UNREADABLE = {"无法读取的记录，按未知计：", "Records that cannot be read, counted as unknown:"};
static words MORE = {"另有", "and"}, MORE_END = {"条", "more"};
static words REGIONS = {"名单里有记录无法读取：可能还有未列出的",
                        "a record of the list cannot be read: there may be more than are shown of"};

static words BROKEN = {"违反约定的记录，按有错误、未知计：",
                       "Records that break a promise, in error and counted as unknown:"};
static words OF_RECORDS = {" 条", " records"}, CANNOT_TELL = {"；不能判断的 ", "; cannot be told of "},
             AT_LINES = {"，行 ", ", lines "};

/* Adds the counts of a measure to the row of a table; empty cells without a measure. */
static void add_counts(struct text_table *table, const tuoyu_measure *measure)
{
    char text[24];
    int64_t counts[RECORD_COUNTS];
    bool has_records = measure && records_of_measure(measure, counts);
    for (int which = 0; which < RECORD_COUNTS; which++) {
        if (has_records)
            snprintf(text, sizeof text, "%lld", (long long)counts[which]);
        text_table_add(table, has_records ? text : "");
    }
}

/* Prints the table of counts. word: the index of the language. */
static void print_counts(const struct board *board, const char *language, size_t word)
{
    char day[11];
    struct text_table table = {.columns = COLUMNS, .alignment = "lrrrrrrr"};
    tuoyu_date_to_text(board->as_of, day);
    char *heading = must_format("%s%s%s%s", HEADINGS[0][word], OF_DAY[word], day, END_OF_DAY[word]);
    text_table_add(&table, heading);
    for (int i = 1; i < COLUMNS; i++)
        text_table_add(&table, HEADINGS[i][word]);
    for (size_t l = 0; l < board->count; l++) {
        char *problem;
        tuoyu_measure *measure = board_measure(&board->lines[l], NULL, NULL, &problem);
        text_table_add(&table, tuoyu_policy_rule_title(board->policy, board->lines[l].rule, language));
        add_counts(&table, measure);
        tuoyu_measure_free(measure);
        free(problem);
    }
    text_table_print(&table);
    text_table_free(&table);
    free(heading);
}

/* Prints the unreadable records of a file: the first ones by name, the others as a number. */
static void print_unreadable(const struct board_file *file, size_t word)
{
    for (size_t i = 0; i < file->named_count && i < NAMED_MOST; i++) {
        char *line = must_format("%s:%zu: %s", file->path, file->named[i].line, file->named[i].reason);
        fputs("  ", stdout);
        print_shown(stdout, line);
        putchar('\n');
        free(line);
    }
    if (file->unreadable <= NAMED_MOST)
        return;
    printf("  %s %zu %s\n", MORE[word], file->unreadable - NAMED_MOST, MORE_END[word]);
}

/* Whether some line counts rows of the entity. */
static bool is_counted(const struct board *board, const char *entity)
{
    for (size_t l = 0; l < board->count; l++)
        if (line_counts(&board->lines[l], entity))
            return true;
    return false;
}

/* Prints the unreadable records of all files, if there are any. */
static void print_all_unreadable(const struct board *board, size_t word)
{
    bool has_heading = false;
    for (size_t i = 0; i < board->file_count; i++) {
        const struct board_file *file = &board->files[i];
        if (!file->unreadable)
            continue;
        if (!has_heading)
            printf("\n%s\n", UNREADABLE[word]);
        has_heading = true;
        print_unreadable(file, word);
        if (!is_counted(board, file->entity))
            printf("  %s %s\n", REGIONS[word], file->entity);
    }
}

/* Prints the lines of the first records of all files that break the promise. */
static void print_lines(const struct board *board, const char *name, size_t word)
{
    for (size_t f = 0; f < board->file_count; f++)
        for (size_t i = 0; i < board->files[f].broken_count; i++) {
            const struct broken_promise *broken = &board->files[f].broken[i];
            if (strcmp(broken->name, name) != 0)
                continue;
            fputs(AT_LINES[word], stdout);
            for (size_t k = 0; k < broken->records && k < BROKEN_LINES_NAMED; k++)
                printf("%s%zu", k ? ", " : "", broken->lines[k]);
            fputs(broken->records > BROKEN_LINES_NAMED ? ", …" : "", stdout);
        }
}

/* Prints one promise that is broken, or of which that cannot be told. */
static void print_promise(const struct board *board, const tuoyu_measure *measure, size_t index, size_t word)
{
    long long broken = (long long)tuoyu_measure_promise_broken(measure, index),
              unknown = (long long)tuoyu_measure_promise_unknown(measure, index);
    const char *name = tuoyu_measure_promise_name(measure, index),
               *because = tuoyu_measure_promise_because(measure, index, word ? "en" : "zh"),
               *citation = tuoyu_measure_promise_citation(measure, index);
    char *said = must_format("  %s: %s%s%s%s: %lld%s", name,
                             *because ? because : tuoyu_measure_promise_expression(measure, index),
                             *citation ? " (" : "", citation, *citation ? ")" : "", broken, OF_RECORDS[word]);
    print_shown(stdout, said);
    free(said);
    print_lines(board, name, word);
    if (unknown)
        printf("%s%lld%s", CANNOT_TELL[word], unknown, OF_RECORDS[word]);
    putchar('\n');
}

/* Prints the promises that records break or of which that cannot be told, each once, whichever line is held
 * to it. */
static void print_promises(const struct board *board, size_t word)
{
    struct word_list told = {.items = NULL};
    for (size_t l = 0; l < board->count; l++) {
        char *problem;
        tuoyu_measure *measure = board_measure(&board->lines[l], NULL, NULL, &problem);
        const char *name;
        for (size_t i = 0; (name = tuoyu_measure_promise_name(measure, i)); i++) {
            bool is_told =
                !tuoyu_measure_promise_broken(measure, i) && !tuoyu_measure_promise_unknown(measure, i);
            for (size_t k = 0; k < told.count && !is_told; k++)
                is_told = strcmp(told.items[k], name) == 0;
            if (is_told)
                continue;
            if (!told.count)
                printf("\n%s\n", BROKEN[word]);
            word_list_add(&told, must_copy(name, strlen(name)));
            print_promise(board, measure, i, word);
        }
        tuoyu_measure_free(measure);
        free(problem);
    }
    word_list_free_words(&told);
}

void board_print_records(const struct board *board, const char *language)
{
    size_t word = strcmp(language, "zh") != 0;
    putchar('\n');
    print_counts(board, language, word);
    print_all_unreadable(board, word);
    print_promises(board, word);
}
