/* SPDX-License-Identifier: Apache-2.0 */
#include "api/batch_answers.h"

#include <tuoyu/rules.h>

#include "rules/answer.h"
#include "value/decimal.h"

static const struct location NOWHERE = {.source = NULL};

/* ---- Life ---- */

tuoyu_status batch_work_begin(struct batch_work *work, const struct tuoyu_batch *batch, const struct batch_input *input,
                              int64_t capacity)
{
    const tuoyu_allocator *allocator = &batch->arena.allocator;
    *work = (struct batch_work){.batch = batch, .input = input};
    text_builder_init(&work->line, allocator);
    work->builders = allocator_allocate(allocator, batch->column_count * sizeof *work->builders);
    if (!work->builders) return TUOYU_ERROR_NO_MEMORY;
    for (size_t i = 0; i < batch->column_count; i++)
        arrow_builder_init(&work->builders[i], &batch->columns[i], capacity, allocator);
    tuoyu_status status = tuoyu_diagnostics_new(allocator, &work->row_findings);
    return status == TUOYU_OK ? case_make(batch->policy, &work->facts) : status;
}

void batch_work_end(struct batch_work *work)
{
    const struct tuoyu_batch *batch = work->batch;
    for (size_t i = 0; work->builders && i < batch->column_count; i++) arrow_builder_free(&work->builders[i]);
    allocator_free(&batch->arena.allocator, work->builders, batch->column_count * sizeof *work->builders);
    tuoyu_diagnostics_free(work->row_findings);
    case_release(work->facts);
    text_builder_free(&work->line);
}

/* ---- Cells ---- */

/* The next column of the rule that is written. */
struct cursor {
    struct batch_work *work;
    struct arrow_builder *next;
    bool has_error;
};

/* status: of the call that gave the number. One that its column cannot hold is an error of the row, and null. */
static void put_number(struct cursor *cursor, tuoyu_status status, const tuoyu_decimal *number)
{
    char digits[TUOYU_DECIMAL_TEXT_SIZE];
    struct arrow_builder *builder = cursor->next++;
    if (status != TUOYU_OK) {
        arrow_append_null(builder);
        return;
    }
    struct text text = {.bytes = digits, .length = decimal_format(*number, digits)};
    if (builder->output->type == ARROW_OUTPUT_TEXT) {
        arrow_append_text(builder, text);
    } else if (!arrow_append_number(builder, *number)) {
        arrow_append_null(builder);
        cursor->has_error = true;
        report(cursor->work->row_findings, TUOYU_ERROR_OVERFLOW, NOWHERE,
               TEXT("round it in the pack, or ask for numbers as text"),
               "%.*s is %.*s, which decimal128(%d, %d) cannot hold exactly", TEXT_ARGUMENTS(builder->output->name),
               TEXT_ARGUMENTS(text), (int)ARROW_OUTPUT_PRECISION, builder->output->scale);
    }
}

/* constant: from 1 on, as the words of the column are from 0 on. */
static void put_word(struct cursor *cursor, int32_t constant)
{
    arrow_append_small(cursor->next++, (int8_t)(constant - 1));
}

static void put_missing(struct cursor *cursor, const struct tuoyu_answer *answer)
{
    struct text_builder *line = &cursor->work->line;
    line->length = 0;
    for (size_t i = 0; i < answer->missing_count; i++) {
        if (i) text_append_byte(line, ' ');
        text_append(line, answer->missing[i].name);
    }
    arrow_append_text(cursor->next++, text_builder_text(line));
}

static int8_t cell_status(const struct cursor *cursor, int32_t outcome)
{
    if (cursor->has_error) return TUOYU_CELL_ERROR;
    if (outcome == TUOYU_UNDETERMINED) return TUOYU_CELL_MISSING;
    return outcome == TUOYU_NOT_APPLICABLE ? TUOYU_CELL_NOT_APPLICABLE : TUOYU_CELL_VALUE;
}

static void put_common(struct cursor *cursor, const struct tuoyu_answer *answer)
{
    put_word(cursor, answer->outcome);
    put_missing(cursor, answer);
    put_word(cursor, answer->provenance);
    arrow_append_small(cursor->next++, cell_status(cursor, answer->outcome));
}

/* All columns of a rule that has no answer: the last is its status. */
static void put_error(struct batch_work *work, size_t rule)
{
    const struct tuoyu_batch *batch = work->batch;
    size_t column = batch->rules[rule].first_column;
    size_t end = rule + 1 < batch->rule_count ? batch->rules[rule + 1].first_column : batch->column_count - 1;
    for (; column + 1 < end; column++) arrow_append_null(&work->builders[column]);
    arrow_append_small(&work->builders[column], TUOYU_CELL_ERROR);
}

/* ---- Answers ---- */

static tuoyu_status put_quote(struct cursor *cursor, const struct rule *rule)
{
    struct batch_work *work = cursor->work;
    struct tuoyu_quote *quote;
    tuoyu_decimal amount;
    tuoyu_status status = pricing_quote((const struct tuoyu_pricing *)rule, work->facts, work->batch->as_of, &quote,
                                        work->row_findings);
    if (status != TUOYU_OK) return status;
    put_number(cursor, tuoyu_quote_amount(quote, &amount), &amount);
    if (quote->complies < 0) arrow_append_null(cursor->next++);
    else arrow_append_boolean(cursor->next++, quote->complies != 0);
    put_common(cursor, &quote->answer);
    answer_free(&quote->answer);
    return TUOYU_OK;
}

static tuoyu_status put_split(struct cursor *cursor, const struct rule *rule)
{
    struct batch_work *work = cursor->work;
    const struct tuoyu_cost_sharing *sharing = (const struct tuoyu_cost_sharing *)rule;
    struct tuoyu_split *split;
    tuoyu_decimal amount;
    tuoyu_status status = cost_sharing_split(sharing, work->facts, work->batch->as_of, &split, work->row_findings);
    if (status != TUOYU_OK) return status;
    put_number(cursor, tuoyu_split_whole(split, &amount), &amount);
    for (size_t i = 0; i < sharing->payer_count; i++)
        put_number(cursor, tuoyu_split_line_amount(split, i, &amount), &amount);
    put_common(cursor, &split->answer);
    answer_free(&split->answer);
    return TUOYU_OK;
}

static tuoyu_status put_verdict(struct cursor *cursor, const struct rule *rule)
{
    struct batch_work *work = cursor->work;
    struct tuoyu_verdict *verdict;
    tuoyu_status status = eligibility_verdict((const struct tuoyu_eligibility *)rule, work->facts, work->batch->as_of,
                                              &verdict, work->row_findings);
    if (status != TUOYU_OK) return status;
    put_word(cursor, verdict->decision);
    put_common(cursor, &verdict->answer);
    answer_free(&verdict->answer);
    return TUOYU_OK;
}

static tuoyu_status put_answer(struct batch_work *work, size_t index)
{
    const struct batch_rule *rule = &work->batch->rules[index];
    struct cursor cursor = {.work = work, .next = &work->builders[rule->first_column]};
    switch (rule->rule->kind) {
    case TUOYU_RULE_PRICING: return put_quote(&cursor, rule->rule);
    case TUOYU_RULE_COST_SHARING: return put_split(&cursor, rule->rule);
    default: return put_verdict(&cursor, rule->rule);
    }
}

/* ---- Rows ---- */

/* What was found wrong with the row, in one line. */
static void put_findings(struct batch_work *work)
{
    struct arrow_builder *builder = &work->builders[work->batch->column_count - 1];
    size_t count = tuoyu_diagnostics_count(work->row_findings);
    tuoyu_diagnostic item;
    work->line.length = 0;
    for (size_t i = 0; i < count; i++) {
        if (tuoyu_diagnostics_get(work->row_findings, i, &item) != TUOYU_OK) continue;
        if (work->line.length) text_append_literal(&work->line, "; ");
        text_append_literal(&work->line, item.message);
        if (*item.hint) text_append_format(&work->line, " (%s)", item.hint);
    }
    if (count == 0) {
        arrow_append_null(builder);
    } else {
        arrow_append_text(builder, text_builder_text(&work->line));
        work->error_rows++;
    }
}

static tuoyu_status answer_row(struct batch_work *work, int64_t row)
{
    tuoyu_diagnostics_clear(work->row_findings);
    tuoyu_status given = batch_input_read(work->batch, work->input, row, work->facts, work->row_findings);
    tuoyu_status first = given;
    if (given == TUOYU_ERROR_NO_MEMORY) return given;
    for (size_t i = 0; i < work->batch->rule_count; i++) {
        tuoyu_status status = given == TUOYU_OK ? put_answer(work, i) : given;
        if (status == TUOYU_ERROR_NO_MEMORY) return status;
        if (status != TUOYU_OK) put_error(work, i);
        if (first == TUOYU_OK) first = status;
    }
    if (first != TUOYU_OK && tuoyu_diagnostics_count(work->row_findings) == 0)
        report(work->row_findings, first, NOWHERE, TEXT(""), "%s", tuoyu_status_name(first));
    put_findings(work);
    work->slow_rows++;
    return work->line.failed ? TUOYU_ERROR_NO_MEMORY : TUOYU_OK;
}

tuoyu_status batch_answer_rows(struct batch_work *work, int64_t first, int64_t count)
{
    tuoyu_status status = TUOYU_OK;
    for (int64_t row = first; row < first + count && status == TUOYU_OK; row++) status = answer_row(work, row);
    return status;
}
