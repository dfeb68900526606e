/* SPDX-License-Identifier: Apache-2.0 */
/* Answers a row of a table as a case, and writes what the answer says to every column of each rule. */
#include "table/batch_case.h"

#include <tuoyu/rules.h>

#include "rules/rule_kind.h"
#include "table/batch_texts.h"
#include "value/decimal.h"

static const struct location NOWHERE = {.source = NULL};

/* A rule's answer to the row, as the columns show it. */
struct row_answer {
    const struct tuoyu_answer *answer;  /* NULL: the row has an error */
    const struct answer_number *amount; /* pricing; cost-sharing: the whole */
    const struct answer_number *lines;  /* cost-sharing: the shares, by payer */
    int32_t complies, decision; /* pricing: below 0 if not compared; eligibility: TUOYU_ELIGIBLE … */
    bool has_error;             /* some number does not fit in its column */
};

/* ---- Cells ---- */

/* Appends a number, null where it is not given. A number that its column cannot hold is an error of the
 * row, and null. */
static void put_answer_number(struct batch_work *work, struct row_answer *row,
                              const struct answer_number *number, struct arrow_builder *builder)
{
    char digits[TUOYU_DECIMAL_TEXT_SIZE];
    if (!number->is_given) {
        arrow_append_null(builder);
        return;
    }
    struct text text = {.bytes = digits, .length = decimal_format(number->number, digits)};
    if (builder->output->type == ARROW_OUTPUT_TEXT) {
        arrow_append_text(builder, text);
    } else if (!arrow_append_number(builder, number->number)) {
        const char *type = builder->output->type == ARROW_OUTPUT_INTEGER ? "int64(18" : "decimal128(38";
        arrow_append_null(builder);
        row->has_error = true;
        report(work->row_findings, TUOYU_ERROR_OVERFLOW, NOWHERE,
               TEXT("round it in the pack, or ask for numbers as text"),
               "%.*s is %.*s, which %s, %d) cannot hold exactly", TEXT_ARGUMENTS(builder->output->name),
               TEXT_ARGUMENTS(text), type, builder->output->scale);
    }
}

/* Appends the names of what is missing, separated by spaces. */
static void put_missing(struct batch_work *work, const struct tuoyu_answer *answer,
                        struct arrow_builder *builder)
{
    struct text_builder *line = &work->line;
    line->length = 0;
    for (size_t i = 0; i < answer->missing_count; i++) {
        if (i)
            text_append_byte(line, ' ');
        text_append(line, answer->missing[i].name);
    }
    arrow_append_text(builder, text_builder_text(line));
}

/* The outcome of the row, TUOYU_DETERMINED … TUOYU_NOT_IN_FORCE. */
static int32_t outcome_of(const struct row_answer *row)
{
    return row->answer && !row->has_error ? row->answer->outcome : TUOYU_OUTCOME_ERROR;
}

/* Appends a word of an enum: its constants begin at 1, the words of the column at 0. */
static void put_word(struct arrow_builder *builder, int32_t constant)
{
    arrow_append_word(builder, (int8_t)(constant - 1));
}

/* Appends the value of a member that the answer has. */
static void put_member(struct batch_work *work, struct row_answer *row, const struct answer_member *member,
                       struct arrow_builder *builder)
{
    const struct member_value value = member->read(row->answer, member->index, &work->line);
    if (!value.is_given) {
        arrow_append_null(builder);
        return;
    }
    switch (member->type) {
    case MEMBER_AMOUNT:
    case MEMBER_NUMBER:
        put_answer_number(work, row, &(struct answer_number){.is_given = true, .number = value.number},
                          builder);
        break;
    case MEMBER_DATE: arrow_append_date(builder, value.date); break;
    case MEMBER_BOOLEAN: arrow_append_boolean(builder, value.boolean); break;
    default: arrow_append_text(builder, value.text); break;
    }
}

/* Appends the row to a column; all but the outcome are null where the row has an error. */
static void put_cell(struct batch_work *work, struct row_answer *row, size_t column)
{
    struct arrow_builder *builder = &work->builders[column];
    const struct batch_column *content = &work->batch->contents[column];
    bool is_null = !row->answer && content->kind != BATCH_OUTCOME;
    if (is_null) {
        arrow_append_null(builder);
        return;
    }
    switch (content->kind) {
    case BATCH_NUMBER:
        put_answer_number(work, row, content->number == 0 ? row->amount : &row->lines[content->number - 1],
                          builder);
        break;
    case BATCH_COMPLIES:
        if (row->complies < 0)
            arrow_append_null(builder);
        else
            arrow_append_boolean(builder, row->complies != 0);
        break;
    case BATCH_DECISION: put_word(builder, row->decision); break;
    case BATCH_MEMBER: put_member(work, row, &work->batch->members[content->number], builder); break;
    case BATCH_OUTCOME: put_word(builder, outcome_of(row)); break;
    case BATCH_MISSING: put_missing(work, row->answer, builder); break;
    default: put_word(builder, row->answer->standing); break;
    }
}

/* Appends the row to all columns of the rule. */
static void put_row(struct batch_work *work, const struct batch_rule *rule, struct row_answer *row)
{
    for (size_t i = rule->first_column; i < rule->end_column; i++)
        put_cell(work, row, i);
}

/* ---- Answers ---- */

/* The amount and whether the fee complies. */
static void read_quote(const struct tuoyu_answer *answer, struct row_answer *row)
{
    const struct tuoyu_quote *quote = quote_of(answer);
    row->amount = &quote->amount;
    row->complies = quote->complies;
}

/* The shares, and the whole where the outcome is determined. */
static void read_split(const struct tuoyu_answer *answer, struct row_answer *row)
{
    static const struct answer_number NOT_GIVEN = {.is_given = false};
    const struct tuoyu_split *split = split_of(answer);
    row->amount = answer->outcome == TUOYU_DETERMINED ? &split->whole : &NOT_GIVEN;
    row->lines = split->lines;
}

/* Takes over the decision of a verdict. */
static void read_verdict(const struct tuoyu_answer *answer, struct row_answer *row)
{
    row->decision = verdict_of(answer)->decision;
}

/* Reads an answer for the columns, by kind of rule; NULL where the kind answers no rows. */
static void (*const READ[])(const struct tuoyu_answer *answer, struct row_answer *row) = {
    [TUOYU_RULE_PRICING] = read_quote,
    [TUOYU_RULE_COST_SHARING] = read_split,
    [TUOYU_RULE_ELIGIBILITY] = read_verdict,
    [TUOYU_RULE_INDICATOR] = NULL,
};
static_assert(sizeof READ / sizeof *READ == RULE_KIND_COUNT,
              "each kind of rule says how rows read its answer");

/* Answers the rule for the case and writes its columns. Unless it returns TUOYU_OK, nothing is written.
 * */
static tuoyu_status put_answer(struct batch_work *work, const struct batch_rule *rule)
{
    struct tuoyu_answer *answer;
    tuoyu_status status =
        kind_of_rule(rule->rule)
            ->answer_case(rule->rule, work->facts, work->batch->as_of, &answer, work->row_findings);
    if (status != TUOYU_OK)
        return status;
    struct row_answer row = {.answer = answer};
    READ[rule->rule->kind](answer, &row);
    put_row(work, rule, &row);
    answer_free(answer);
    return TUOYU_OK;
}

/* ---- Rows ---- */

/* Writes everything that was found wrong with the row to the last column, in one line, and counts the
 * row if it has errors. */
static void put_findings(struct batch_work *work)
{
    size_t count = tuoyu_diagnostics_count(work->row_findings);
    tuoyu_diagnostic item;
    work->error_rows += count > 0;
    if (!work->batch->has_error_column)
        return;
    struct arrow_builder *builder = &work->builders[work->batch->column_count - 1];
    bool is_english = work->batch->language == LANGUAGE_ENGLISH;
    work->line.length = 0;
    for (size_t i = 0; i < count; i++) {
        if (tuoyu_diagnostics_get(work->row_findings, i, &item) != TUOYU_OK)
            continue;
        if (work->line.length)
            text_append_literal(&work->line, is_english ? "; " : "；");
        text_append_literal(&work->line, item.message);
        if (*item.hint)
            text_append_format(&work->line, is_english ? " (%s)" : "（%s）", item.hint);
    }
    if (count == 0)
        arrow_append_null(builder);
    else
        arrow_append_text(builder, text_builder_text(&work->line));
}

/* Whether the interpreter answers the rule for row `at` of the block; outside of blocks always. */
static bool falls_back(const struct batch_work *work, size_t rule, size_t at)
{
    const uint8_t *fallback = work->block ? work->block->fallback[rule] : NULL;
    return !work->block || (fallback && fallback[at]);
}

tuoyu_status batch_answer_case(struct batch_work *work, int64_t row, size_t at)
{
    tuoyu_diagnostics_clear(work->row_findings);
    tuoyu_status given = batch_input_read(work->batch, work->input, row, work->facts, work->row_findings);
    tuoyu_status first = given;
    if (given == TUOYU_ERROR_NO_MEMORY)
        return given;
    for (size_t i = 0; i < work->batch->rule_count; i++) {
        if (!falls_back(work, i, at)) {
            batch_append_texts(work, i, at);
            continue;
        }
        const struct batch_rule *rule = &work->batch->rules[i];
        bool is_asked = given == TUOYU_OK || !rule_is_in_force(rule->rule, work->batch->as_of);
        tuoyu_status status = is_asked ? put_answer(work, rule) : given;
        if (work_has_ended(status))
            return status;
        if (status != TUOYU_OK)
            put_row(work, rule, &(struct row_answer){.answer = NULL});
        if (first == TUOYU_OK)
            first = status;
    }
    if (first != TUOYU_OK && tuoyu_diagnostics_count(work->row_findings) == 0)
        report(work->row_findings, first, NOWHERE, TEXT(""), "%s", tuoyu_status_name(first));
    put_findings(work);
    work->fallback_rows++;
    return work->line.failed ? TUOYU_ERROR_NO_MEMORY : TUOYU_OK;
}
