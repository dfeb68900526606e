/* SPDX-License-Identifier: Apache-2.0 */
/* Why a measure has no value, or one that is not final, in words. */
#include "explain/explanation.h"

/* Clauses of one line. */
struct clauses {
    const struct display *display;
    bool is_begun;
};

/* Writes `; ` before every clause but the first. */
static void begin_clause(struct clauses *clauses)
{
    if (clauses->is_begun)
        display_words(clauses->display, "；", "; ");
    clauses->is_begun = true;
}

/* ---- No value ---- */

/* Says why a quotient with both of its sides given has no value: its denominator is 0 or less. */
static void write_quotient(const struct display *display, const struct tuoyu_measure *measure)
{
    if (decimal_sign(measure->denominator.number) < 0) {
        display_words(display, "分母小于 0", "the denominator is below 0");
        return;
    }
    display_words(display, "分母为 0，不能相除：分子为 ",
                  "the denominator is 0, by which nothing can be divided: the numerator is ");
    display_number(display, measure->numerator.number, TEXT(""));
}

/* Says why the measure has no value: the rule does not apply, nothing can be divided, or nothing is
 * counted. */
static void write_no_value(struct clauses *clauses, const struct tuoyu_measure *measure)
{
    const struct display *display = clauses->display;
    bool is_quotient = measure->numerator.is_given && measure->denominator.is_given;
    bool is_empty = is_quotient && decimal_sign(measure->numerator.number) == 0 &&
                    decimal_sign(measure->denominator.number) == 0;
    begin_clause(clauses);
    if (measure->answer.outcome == TUOYU_NOT_IN_FORCE)
        display_not_in_force(display, &measure->answer);
    else if (!measure->applies)
        display_words(display, "本规则不适用", "the rule does not apply");
    else if (is_quotient && !is_empty)
        write_quotient(display, measure);
    else
        display_words(display, "没有可计入的对象", "nothing to count");
}

/* ---- What is open ---- */

/* Writes the names of what is missing for the reason `code`. Returns false if there is none. */
static bool write_names(const struct display *display, const struct tuoyu_answer *answer, tuoyu_status code)
{
    bool has_names = false;
    for (size_t i = 0; i < answer->missing_count; i++) {
        if (answer->missing[i].code != code)
            continue;
        if (has_names)
            display_words(display, "、", ", ");
        display_missing_name(display, answer, i);
        has_names = true;
    }
    return has_names;
}

/* True if something is missing for the reason `code`. */
static bool has_missing(const struct tuoyu_answer *answer, tuoyu_status code)
{
    for (size_t i = 0; i < answer->missing_count; i++)
        if (answer->missing[i].code == code)
            return true;
    return false;
}

/* Writes a clause with a number; `one` and `many` are the English words for 1 and for all other numbers. */
static void write_count(struct clauses *clauses, int64_t count, const char *zh, const char *one,
                        const char *many)
{
    begin_clause(clauses);
    text_append_format(clauses->display->builder, "%lld", (long long)count);
    display_words(clauses->display, zh, count == 1 ? one : many);
}

/* Writes which facts are missing; nothing if none is. */
static void write_missing_names(const struct clauses *clauses, const struct tuoyu_answer *answer)
{
    if (!has_missing(answer, TUOYU_ERROR_FACT_MISSING))
        return;
    display_words(clauses->display, "，缺少：", ", missing: ");
    write_names(clauses->display, answer, TUOYU_ERROR_FACT_MISSING);
}

/* Rows that lack a fact, and rows with a fact that was refused. Of a region it is not kept how many of its
 * open rows are of which kind, so that it is told only where all rows of the tally are of one. */
static void write_unknown_rows(struct clauses *clauses, const struct tuoyu_measure *measure, int64_t rows)
{
    const struct record_counts *records = &measure->records;
    bool is_mixed = !measure->has_records && records->error > 0 && records->undetermined > 0;
    int64_t wrong = records->error < rows ? records->error : rows;
    if (!measure->has_records)
        wrong = records->error > 0 && records->undetermined == 0 ? rows : 0;
    if (rows > wrong) {
        if (is_mixed)
            write_count(clauses, rows, " 行资料不全或有错误", " row is incomplete or in error",
                        " rows are incomplete or in error");
        else
            write_count(clauses, rows - wrong, " 行资料不全", " row is incomplete", " rows are incomplete");
        write_missing_names(clauses, &measure->answer);
    }
    if (wrong > 0)
        write_count(clauses, wrong, " 行有错误", " row is in error", " rows are in error");
}

/* Writes how many records are unreadable, without an id, incomplete or in error. */
static void write_open_rows(struct clauses *clauses, const struct tuoyu_measure *measure)
{
    int64_t rows = measure->unknown - measure->nothing_known;
    int64_t unplaced = measure->nothing_known - measure->unreadable;
    if (measure->unreadable > 0)
        write_count(clauses, measure->unreadable, " 条记录无法读取", " record cannot be read",
                    " records cannot be read");
    if (unplaced > 0)
        write_count(clauses, unplaced, " 行没有编号", " row has no id", " rows have no id");
    if (measure->answer.outcome == TUOYU_UNDETERMINED && rows > 0)
        write_unknown_rows(clauses, measure, rows);
}

/* Writes which parameters nobody has set; nothing if there are none. */
static void write_unset(struct clauses *clauses, const struct tuoyu_answer *answer)
{
    if (!has_missing(answer, TUOYU_ERROR_PARAMETER_UNSET))
        return;
    begin_clause(clauses);
    display_words(clauses->display, "尚未设定：", "not set: ");
    write_names(clauses->display, answer, TUOYU_ERROR_PARAMETER_UNSET);
}

void write_measure_reason(const struct display *display, const struct tuoyu_measure *measure)
{
    struct clauses clauses = {.display = display};
    if (!measure->value.is_given)
        write_no_value(&clauses, measure);
    if (measure->answer.outcome == TUOYU_NOT_IN_FORCE)
        return;
    write_open_rows(&clauses, measure);
    write_unset(&clauses, &measure->answer);
}

tuoyu_status measure_reason(const struct tuoyu_measure *measure, const char *language, tuoyu_text **out)
{
    struct text_builder builder;
    text_builder_init(&builder, &measure->answer.arena.allocator);
    const struct display display = {
        .builder = &builder, .policy = measure->answer.policy, .is_english = language_is_english(language)};
    write_measure_reason(&display, measure);
    return text_builder_to_handle(&builder, out);
}
