/* SPDX-License-Identifier: Apache-2.0 */
/* Prints the board for people: one table of all indicators, then one for each indicator that can be broken
 * down. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/board_output.h"
#include "cli/board_records.h"
#include "cli/measure_texts.h"
#include "cli/tell.h"
#include "cli/text_table.h"

/* A word in both languages: 0 is Chinese, 1 English. */
enum { WORD_LANGUAGES = 2 };
typedef const char *const words[WORD_LANGUAGES];

static words HEADINGS[] = {{"指标", "indicator"},
                           {"现值", "value"},
                           {"单位", "unit"},
                           {"目标", "target"},
                           {"结论", "result"},
                           {"还差", "still missing"},
                           {"资料不全", "rows unknown"},
                           {"补齐后", "once known"},
                           {"依据", "basis"},
                           {"说明", "why"}};
enum { COLUMNS = sizeof HEADINGS / sizeof HEADINGS[0] };
static words MET = {"达到", "met"}, NOT_MET = {"未达到", "not met"}, UNDECIDED = {"不能判定", "not known"},
             NO_TARGET = {"无目标", "no target"}, NO_VALUE = {"无数据", "no data"},
             NOT_IN_FORCE = {"不生效", "not in force"};
static words BASES[] = {{"", ""},          {"有出处", "cited"},   {"推算", "derived"},
                        {"草案", "draft"}, {"假定*", "assumed*"}, {"拟议**", "proposed**"}};
static words AS_OF = {"截至", "as of"}, BY = {"分", "by "}, DATE = {"日期", "date"};
static words ASSUMED_NOTE = {
    "* 假定：算法或数字没有公开出处，由使用者核定后方可引用。",
    "* assumed: no public source gives the formula or a number; to be settled by whoever uses it."};
static words PROPOSED_NOTE = {"** 拟议：这是模拟，所用的数字是拟议的，不是现行的。",
                              "** proposed: a simulation with numbers that are proposed, not in force."};
static words CUT_NOTE = {"小数截取两位，分不清两个数时多截几位，都不进位；全部数字见 --format csv。",
                         "Decimals are cut after two, or after as many as tell two numbers apart, never "
                         "rounded; --format csv has all "
                         "digits."};

/* A board, or a series of them, while it is printed. */
struct text_board {
    const struct board *board;               /* the first of a series */
    const char *tag;                         /* "zh" or "en" */
    int language;                            /* its index in words */
    size_t problems;                         /* measures that could not be had */
    size_t decimals;                         /* that the numbers of the row at hand are cut to */
    bool has_assumed, has_proposed, has_cut; /* which notes are needed below the tables */
};

/* Appends a number to a cell, cut for people, with a sign where the unit is percent. cell is a text in a
 * buffer of size bytes. */
static void put_cell_number(struct text_board *text, char *cell, size_t size, const char *number,
                            const char *unit)
{
    char shown[TUOYU_DECIMAL_TEXT_SIZE];
    snprintf(shown, sizeof shown, "%s", number);
    cut_decimals(shown, text->decimals);
    if (strcmp(shown, number) != 0)
        text->has_cut = true;
    size_t used = strlen(cell);
    if (strcmp(unit, "percent") == 0)
        snprintf(cell + used, size - used, "%s%%", shown);
    else
        snprintf(cell + used, size - used, "%s", shown);
}

/* Appends as much of a text as there is room for, cut between characters, because a unit may hold long
 * labels. */
static void put_text(char *cell, size_t size, const char *added)
{
    size_t used = strlen(cell), length = strlen(added);
    if (length >= size - used)
        length = size - used - 1;
    while (length > 0 && ((unsigned char)added[length] & 0xC0) == 0x80)
        length--;
    memcpy(cell + used, added, length);
    cell[used + length] = '\0';
}

/* Appends a space and a unit in words. */
static void put_unit(const struct text_board *text, char *cell, size_t size, const char *unit)
{
    tuoyu_text *shown = NULL;
    must_have_memory(
        tuoyu_policy_unit_to_text(text->board->policy, unit, TUOYU_NUL_TERMINATED, text->tag, &shown));
    put_text(cell, size, " ");
    put_text(cell, size, tuoyu_text_bytes(shown));
    tuoyu_text_free(shown);
}

/* Whether the target is met, in a word. */
static const char *result_word(const struct text_board *text, const struct measure_texts *measure)
{
    if (measure->outcome == TUOYU_NOT_IN_FORCE)
        return NOT_IN_FORCE[text->language];
    if (!*measure->target)
        return NO_TARGET[text->language];
    if (*measure->met)
        return strcmp(measure->met, "true") == 0 ? MET[text->language] : NOT_MET[text->language];
    return *measure->value ? UNDECIDED[text->language] : NO_VALUE[text->language];
}

/* Writes what the value could become: `50–75%`, or `≥ 80` where nothing bounds it on one side. */
static void put_range(struct text_board *text, char *cell, size_t size, const struct measure_texts *texts)
{
    bool has_lower = *texts->lower, has_upper = *texts->upper;
    if (!has_lower && has_upper)
        snprintf(cell, size, "≤ ");
    if (has_lower && !has_upper)
        snprintf(cell, size, "≥ ");
    if (has_lower)
        put_cell_number(text, cell, size, texts->lower, has_upper ? "" : texts->unit);
    if (has_lower && has_upper)
        strcat(cell, "–");
    if (has_upper)
        put_cell_number(text, cell, size, texts->upper, texts->unit);
}

/* Writes how much is missing to the target, or the range that it is in where facts are missing: `9–12
 * 个托位`, or `≥ 9 个托位`. Nothing if the target is met, or nothing is missing. */
static void put_distance(struct text_board *text, char *cell, size_t size, const struct measure_texts *texts)
{
    bool is_range = strcmp(texts->distance_least, texts->distance_most) != 0,
         has_unit = *texts->distance_unit && strcmp(texts->distance_unit, "percent") != 0;
    if (!*texts->distance || strcmp(texts->met, "true") == 0 ||
        (!is_range && strcmp(texts->distance_least, "0") == 0))
        return;
    if (is_range && !*texts->distance_most)
        snprintf(cell, size, "≥ ");
    put_cell_number(text, cell, size, texts->distance_least,
                    is_range && *texts->distance_most ? "" : texts->distance_unit);
    if (is_range && *texts->distance_most) {
        strcat(cell, "–");
        put_cell_number(text, cell, size, texts->distance_most, texts->distance_unit);
    }
    if (has_unit)
        put_unit(text, cell, size, texts->distance_unit);
}

/* Adds the cells of a measure to a row, after the first one. */
static void add_measure(struct text_board *text, struct text_table *table, const tuoyu_measure *measure)
{
    enum { CELL = 2 * TUOYU_DECIMAL_TEXT_SIZE + 256 };
    struct measure_texts texts;
    measure_texts_read(&texts, measure);
    text->decimals = measure_texts_decimals(&texts);
    char value[CELL] = "", unit[CELL] = "", target[CELL] = "", distance[CELL] = "", unknown[CELL] = "",
         range[CELL] = "";
    if (*texts.value)
        put_cell_number(text, value, CELL, texts.value, texts.unit);
    else
        snprintf(value, CELL, "—");
    if (*texts.unit && strcmp(texts.unit, "percent") != 0)
        put_unit(text, unit, CELL, texts.unit);
    if (*texts.target)
        put_cell_number(text, target, CELL, texts.target, texts.unit);
    put_distance(text, distance, CELL, &texts);
    if (texts.unknown)
        snprintf(unknown, CELL, "%lld", (long long)texts.unknown);
    if (texts.unknown)
        put_range(text, range, CELL, &texts);
    if (texts.standing == TUOYU_ASSUMED)
        text->has_assumed = true;
    if (texts.standing == TUOYU_PROPOSED)
        text->has_proposed = true;
    char *reason = measure_reason_text(measure, text->tag);
    const char *const cells[] = {value,    unit,    target, result_word(text, &texts),
                                 distance, unknown, range,  BASES[texts.standing][text->language],
                                 reason};
    for (size_t i = 0; i < sizeof cells / sizeof cells[0]; i++)
        text_table_add(table, cells[i]);
    free(reason);
}

/* Adds a row for a measure, or for why there is none, which is also said on stderr. */
static void add_row(struct text_board *text, struct text_table *table, const struct board_line *line,
                    const char *title, const char *region, const char *region_id)
{
    char *problem;
    tuoyu_measure *measure = board_measure(line, region, region_id, &problem);
    text_table_add(table, title);
    if (measure) {
        add_measure(text, table, measure);
    } else {
        text->problems++;
        tell("%s: %s", line->name, problem);
        text_table_add(table, "—");
        text_table_add(table, "");
        text_table_add(table, "");
        text_table_add(table, NO_VALUE[text->language]);
        for (int column = 5; column < COLUMNS - 1; column++)
            text_table_add(table, "");
        text_table_add(table, problem);
    }
    tuoyu_measure_free(measure);
    free(problem);
}

/* A table with its headings, the first of which is given. */
static struct text_table new_table(const struct text_board *text, const char *first)
{
    struct text_table table = {.columns = COLUMNS, .alignment = "lrlrlrrrll"};
    text_table_add(&table, first);
    for (int i = 1; i < COLUMNS; i++)
        text_table_add(&table, HEADINGS[i][text->language]);
    return table;
}

/* The title of a line's indicator. */
static const char *title_of(const struct text_board *text, const struct board_line *line)
{
    return tuoyu_policy_rule_title(text->board->policy, line->rule, text->tag);
}

/* What the packs call a kind of region: the label of the fact that names one, such as `subdistrict.id`; else
 * its name. */
static const char *region_label(const struct text_board *text, const char *region)
{
    const tuoyu_policy *policy = text->board->policy;
    for (size_t i = 0; i < tuoyu_policy_fact_count(policy); i++) {
        const char *fact = tuoyu_policy_fact_name(policy, i),
                   *label = tuoyu_policy_fact_label(policy, i, text->tag);
        size_t length = strlen(region);
        if (strncmp(fact, region, length) == 0 && strcmp(fact + length, ".id") == 0 && label && *label)
            return label;
    }
    return region;
}

/* Prints the table of a line's regions. */
static void print_breakdown(struct text_board *text, const struct board_line *line, const char *region)
{
    const char *label = region_label(text, region);
    printf("\n%s (%s%s)\n", title_of(text, line), BY[text->language], label);
    struct text_table table = new_table(text, label);
    const char *id;
    for (size_t i = 0; (id = tuoyu_tally_region_id(line->tally, region, TUOYU_NUL_TERMINATED, i)); i++)
        add_row(text, &table, line, id, region, id);
    text_table_print(&table);
    text_table_free(&table);
}

/* Prints the notes that the tables need. */
static void print_notes(const struct text_board *text)
{
    if (text->has_assumed)
        printf("%s\n", ASSUMED_NOTE[text->language]);
    if (text->has_proposed)
        printf("%s\n", PROPOSED_NOTE[text->language]);
    if (text->has_cut)
        printf("%s\n", CUT_NOTE[text->language]);
}

/* ---- Several dates: a table for each indicator ---- */

/* Whether the line has this region of a kind. */
static bool has_region(const struct board_line *line, const char *kind, const char *region)
{
    const char *id;
    for (size_t i = 0;
         line->tally && (id = tuoyu_tally_region_id(line->tally, kind, TUOYU_NUL_TERMINATED, i)); i++)
        if (strcmp(id, region) == 0)
            return true;
    return false;
}

/* Compares words by their bytes, for qsort. */
static int compare_words(const void *left, const void *right)
{
    return strcmp(*(const char *const *)left, *(const char *const *)right);
}

/* The regions of a line on any day, in order, each once. The caller frees the list; the words are the
 * tallies'. */
static struct word_list regions_of(const struct board *boards, size_t count, size_t line, const char *kind)
{
    struct word_list all = {.items = NULL};
    const char *id;
    for (size_t b = 0; b < count; b++)
        for (size_t i = 0;
             boards[b].lines[line].tally &&
             (id = tuoyu_tally_region_id(boards[b].lines[line].tally, kind, TUOYU_NUL_TERMINATED, i));
             i++)
            word_list_add(&all, id);
    if (all.count)
        qsort(all.items, all.count, sizeof *all.items, compare_words);
    size_t kept = 0;
    for (size_t i = 0; i < all.count; i++)
        if (kept == 0 || strcmp(all.items[kept - 1], all.items[i]) != 0)
            all.items[kept++] = all.items[i];
    all.count = kept;
    return all;
}

/* Adds a row for each day of one region, or of the whole where region is NULL. */
static void add_dates(struct text_board *text, struct text_table *table, const struct board *boards,
                      size_t count, size_t line, const char *kind, const char *region)
{
    for (size_t b = 0; b < count; b++) {
        const struct board_line *dated = &boards[b].lines[line];
        char date[11];
        if (region && !has_region(dated, kind, region))
            continue;
        tuoyu_date_to_text(boards[b].as_of, date);
        char *title = must_format("%s%s%s", region ? region : "", region ? " " : "", date);
        add_row(text, table, dated, title, region ? kind : NULL, region);
        free(title);
    }
}

/* Prints the tables of one line over all days. */
static void print_series_of(struct text_board *text, const struct board *boards, size_t count, size_t line,
                            const char *region)
{
    struct text_table table = new_table(text, DATE[text->language]);
    printf("%s%s\n", line ? "\n" : "", title_of(text, &boards[0].lines[line]));
    add_dates(text, &table, boards, count, line, NULL, NULL);
    text_table_print(&table);
    text_table_free(&table);
    if (!region || !line_has_region(&boards[0].lines[line], region))
        return;
    const char *label = region_label(text, region);
    struct word_list regions = regions_of(boards, count, line, region);
    printf("\n%s (%s%s)\n", title_of(text, &boards[0].lines[line]), BY[text->language], label);
    table = new_table(text, label);
    for (size_t i = 0; i < regions.count; i++)
        add_dates(text, &table, boards, count, line, region, regions.items[i]);
    text_table_print(&table);
    text_table_free(&table);
    word_list_free(&regions);
}

size_t series_print_text(const struct board *boards, size_t count, const char *region, const char *language)
{
    struct text_board text = {.board = &boards[0], .tag = language, .language = strcmp(language, "zh") != 0};
    for (size_t l = 0; l < boards[0].count; l++)
        print_series_of(&text, boards, count, l, region);
    print_notes(&text);
    for (size_t b = 0; b < count; b++)
        board_print_records(&boards[b], language);
    return text.problems;
}

/* ---- One date ---- */

size_t board_print_text(const struct board *board, const char *region, const char *language)
{
    struct text_board text = {.board = board, .tag = language, .language = strcmp(language, "zh") != 0};
    char as_of[11];
    tuoyu_date_to_text(board->as_of, as_of);
    printf("%s %s\n", AS_OF[text.language], as_of);
    struct text_table table = new_table(&text, HEADINGS[0][text.language]);
    for (size_t l = 0; l < board->count; l++)
        add_row(&text, &table, &board->lines[l], title_of(&text, &board->lines[l]), NULL, NULL);
    text_table_print(&table);
    text_table_free(&table);
    for (size_t l = 0; region && l < board->count; l++)
        if (board->lines[l].tally && line_has_region(&board->lines[l], region))
            print_breakdown(&text, &board->lines[l], region);
    print_notes(&text);
    board_print_records(board, language);
    return text.problems;
}
