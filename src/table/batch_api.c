/* SPDX-License-Identifier: Apache-2.0 */
/* The public functions of batches: making one, its schema and plan, and running it over a table. */
#include <tuoyu/batches.h>

#include <assert.h>
#include <string.h>

#include "base/public_layout.h"
#include "rules/rule_kind.h"
#include "table/batch_answers.h"
#include "table/spare_works.h"

static const struct location NOWHERE = {.source = NULL};

/* ---- Making ---- */

/* Reports that the rule cannot be part of the batch; returns the code. */
static tuoyu_status refuse_rule(const char *what, struct text name, tuoyu_status code,
                                tuoyu_diagnostics *diagnostics)
{
    return report(diagnostics, code, NOWHERE, TEXT(""), "the rule `%.*s` %s", TEXT_ARGUMENTS(name), what);
}

/* Adds a rule. Returns TUOYU_OK, an error that is reported, or TUOYU_ERROR_NO_MEMORY. */
static tuoyu_status choose_rule(struct tuoyu_batch *batch, struct text name, tuoyu_diagnostics *diagnostics)
{
    size_t index = 0;
    tuoyu_status status = policy_find_rule(batch->policy, name, 0, UINT32_MAX, NOWHERE, &index, diagnostics);
    if (status != TUOYU_OK)
        return status;
    const struct rule *rule = rule_on(batch->policy->rules[index], batch->as_of);
    if (!kind_of_rule(rule)->answer_case)
        return refuse_rule("is an indicator: it is over all rows, not of each", name,
                           TUOYU_ERROR_INVALID_ARGUMENT, diagnostics);
    for (size_t i = 0; i < batch->rule_count; i++)
        if (batch->rules[i].rule == rule)
            return refuse_rule("is given twice", name, TUOYU_ERROR_DUPLICATE, diagnostics);
    struct batch_rule *chosen = &batch->rules[batch->rule_count++];
    *chosen = (struct batch_rule){.rule = rule, .name = text_copy(&batch->arena, name)};
    return chosen->name.bytes ? TUOYU_OK : TUOYU_ERROR_NO_MEMORY;
}

/* Reports the members that are of no rule of the batch. Returns TUOYU_OK or TUOYU_ERROR_NOT_FOUND. */
static tuoyu_status check_members(const struct tuoyu_batch *batch, tuoyu_diagnostics *diagnostics)
{
    tuoyu_status status = TUOYU_OK;
    struct text names = text_of(batch->options.members ? batch->options.members : "", TUOYU_NUL_TERMINATED);
    for (struct text name = batch_next_member(&names); name.length; name = batch_next_member(&names)) {
        struct text member;
        bool is_found = false;
        for (size_t i = 0; i < batch->rule_count && !is_found; i++)
            is_found = batch_member_name(&batch->rules[i], name, &member);
        if (!is_found)
            status = report(diagnostics, TUOYU_ERROR_NOT_FOUND, NOWHERE,
                            TEXT("write RULE.MEMBER, with the rule as it is named in the batch"),
                            "`%.*s` is a member of none of the rules that are asked", TEXT_ARGUMENTS(name));
    }
    return status;
}

/* Adds the columns of all rules. Reports everything wrong, and returns the first error. */
static tuoyu_status add_all_columns(struct tuoyu_batch *batch, tuoyu_diagnostics *diagnostics)
{
    tuoyu_status first = check_members(batch, diagnostics);
    for (size_t i = 0; i < batch->rule_count; i++) {
        tuoyu_status status = batch_add_columns(batch, &batch->rules[i], diagnostics);
        if (status == TUOYU_ERROR_NO_MEMORY)
            return status;
        if (first == TUOYU_OK)
            first = status;
    }
    batch->options.members = NULL; /* it is the caller's */
    return first == TUOYU_OK && !batch_add_error_column(batch) ? TUOYU_ERROR_NO_MEMORY : first;
}

/* Adds all rules and their columns. Reports everything wrong, and returns the first error. */
static tuoyu_status choose_rules(struct tuoyu_batch *batch, const char *const *names, const size_t *lengths,
                                 size_t count, tuoyu_diagnostics *diagnostics)
{
    tuoyu_status first = TUOYU_OK;
    batch->rules = ARENA_ARRAY(&batch->arena, struct batch_rule, count);
    if (!batch->rules)
        return TUOYU_ERROR_NO_MEMORY;
    for (size_t i = 0; i < count; i++) {
        if (!names[i])
            return TUOYU_ERROR_INVALID_ARGUMENT;
        struct text name = text_of(names[i], lengths ? lengths[i] : TUOYU_NUL_TERMINATED);
        tuoyu_status status = choose_rule(batch, name, diagnostics);
        if (status == TUOYU_ERROR_NO_MEMORY)
            return status;
        if (first == TUOYU_OK)
            first = status;
    }
    return first == TUOYU_OK ? add_all_columns(batch, diagnostics) : first;
}

/* A batch with one reference and no rules yet; NULL: memory ran out. */
static struct tuoyu_batch *make_batch(tuoyu_policy *policy, int32_t as_of)
{
    struct tuoyu_batch *batch = allocator_allocate(&policy->arena.allocator, sizeof *batch);
    if (!batch)
        return NULL;
    memset(batch, 0, sizeof *batch);
    atomic_init(&batch->references, 1);
    batch->policy = policy_ref(policy);
    batch->as_of = as_of;
    arena_init(&batch->arena, &policy->arena.allocator);
    batch->spare = ARENA_NEW(&batch->arena, struct spare_works);
    batch->pool = block_pool_new(&policy->arena.allocator);
    if (batch->spare && batch->pool)
        return batch;
    tuoyu_batch_unref(batch);
    return NULL;
}

/* Whether the option is one of the constants from 0 to last. */
static bool is_among(int32_t option, int32_t last)
{
    return option >= 0 && option <= last;
}

/* Returns TUOYU_OK, or TUOYU_ERROR_INVALID_ARGUMENT, which is reported. */
static tuoyu_status check_batch_options(const tuoyu_batch_options *options, tuoyu_diagnostics *diagnostics)
{
    enum { ALL_COLUMNS = 2 * TUOYU_COLUMNS_ERROR - 1 };
    const char *problem = NULL;
    enum language ignored;
    if (!is_among(options->unknown_columns, TUOYU_UNKNOWN_COLUMNS_IGNORE))
        problem = "unknown_columns is none of TUOYU_UNKNOWN_COLUMNS_…";
    else if (!is_among(options->floats, TUOYU_FLOATS_SHORTEST))
        problem = "floats is none of TUOYU_FLOATS_…";
    else if (!is_among(options->nulls, TUOYU_NULLS_NONE))
        problem = "nulls is none of TUOYU_NULLS_…";
    else if (!is_among(options->numbers, TUOYU_NUMBERS_INTEGER))
        problem = "numbers is none of TUOYU_NUMBERS_…";
    else if (options->columns & ~ALL_COLUMNS)
        problem = "there are no such columns";
    else if (options->instructions < 0 || options->instructions > TUOYU_INSTRUCTIONS_AVX512)
        problem = "there are no such instructions";
    else if (options->language && !language_read(options->language, &ignored))
        problem = "language is neither \"en\" nor \"zh\"";
    else if (options->block_rows < 0 || options->block_rows > MACHINE_BLOCK_ROWS_MOST)
        problem = "a block has from 1 to 65536 rows";
    if (!problem)
        return TUOYU_OK;
    return report(diagnostics, TUOYU_ERROR_INVALID_ARGUMENT, NOWHERE, TEXT(""), "the options of a batch: %s",
                  problem);
}

/* Sets the language of the column `error`. The batch keeps no text of the caller's. */
static void choose_language(struct tuoyu_batch *batch, const tuoyu_diagnostics *diagnostics)
{
    batch->language = diagnostics_language(diagnostics);
    if (batch->options.language)
        language_read(batch->options.language, &batch->language);
    batch->options.language = NULL;
}

tuoyu_status tuoyu_batch_new(tuoyu_policy *policy, const char *const *names, const size_t *name_lengths,
                             size_t name_count, int32_t as_of, const tuoyu_batch_options *options,
                             tuoyu_batch **out, tuoyu_diagnostics *diagnostics)
{
    if (!out)
        return TUOYU_ERROR_INVALID_ARGUMENT;
    *out = NULL;
    if (!policy || !names || name_count == 0)
        return TUOYU_ERROR_INVALID_ARGUMENT;
    if (as_of < DATE_FIRST || as_of > DATE_LAST)
        return report(diagnostics, TUOYU_ERROR_DATE, NOWHERE, TEXT(""),
                      "the as-of date is outside the years 0001 to 9999");
    struct tuoyu_batch *batch = make_batch(policy, as_of);
    if (!batch)
        return report_no_memory(diagnostics);
    tuoyu_status status = option_struct_read(&batch->options, &BATCH_OPTIONS_LAYOUT, options, diagnostics);
    if (status == TUOYU_OK)
        status = check_batch_options(&batch->options, diagnostics);
    if (status == TUOYU_OK)
        choose_language(batch, diagnostics);
    if (status == TUOYU_OK)
        status = choose_rules(batch, names, name_lengths, name_count, diagnostics);
    if (status == TUOYU_OK)
        status = batch_make_plan(batch);
    if (status == TUOYU_OK) {
        *out = batch;
        return TUOYU_OK;
    }
    tuoyu_batch_unref(batch);
    return status == TUOYU_ERROR_NO_MEMORY ? report_no_memory(diagnostics) : status;
}

/* Takes a reference and returns its argument; NULL is allowed. */
tuoyu_batch *tuoyu_batch_ref(tuoyu_batch *batch)
{
    if (batch) {
        size_t before = atomic_fetch_add_explicit(&batch->references, 1, memory_order_relaxed);
        assert(before > 0);
        (void)before;
    }
    return batch;
}

/* Gives a reference back, and frees the batch with the last one; NULL is allowed. */
void tuoyu_batch_unref(tuoyu_batch *batch)
{
    if (!batch || atomic_fetch_sub_explicit(&batch->references, 1, memory_order_acq_rel) != 1)
        return;
    struct tuoyu_policy *policy = batch->policy;
    if (batch->spare)
        spare_works_clear(batch);
    arena_free(&batch->arena);
    block_pool_release(batch->pool);
    allocator_free(&policy->arena.allocator, batch, sizeof *batch);
    policy_unref(policy);
}

void tuoyu_batch_trim(tuoyu_batch *batch)
{
    if (!batch)
        return;
    spare_works_clear(batch);
    block_pool_trim(batch->pool);
}

tuoyu_status tuoyu_batch_schema(const tuoyu_batch *batch, struct ArrowSchema *out)
{
    if (!out)
        return TUOYU_ERROR_INVALID_ARGUMENT;
    *out = (struct ArrowSchema){.release = NULL};
    if (!batch)
        return TUOYU_ERROR_INVALID_ARGUMENT;
    return arrow_schema_export(batch->columns, batch->column_count, &batch->arena.allocator, out);
}

/* Writes the operations, and then which rules have no typed form and why. */
static void append_plan(const struct tuoyu_batch *batch, struct text_builder *builder)
{
    const struct answer_plan *plan = &batch->plan;
    typed_program_to_text(&plan->typed, builder);
    for (size_t i = 0; i < batch->rule_count; i++) {
        const struct location where = plan->answers[i].untyped;
        if (plan->answers[i].is_typed)
            continue;
        text_append_format(builder, "%.*s: every row by the interpreter",
                           TEXT_ARGUMENTS(batch->rules[i].rule->full_name));
        if (where.source)
            text_append_format(builder, ", for what stands at %.*s:%u:%u", TEXT_ARGUMENTS(where.source->name),
                               (unsigned)source_position(where).line,
                               (unsigned)source_position(where).column);
        text_append_literal(builder, "\n");
    }
}

tuoyu_status tuoyu_batch_plan(const tuoyu_batch *batch, tuoyu_text **out)
{
    struct text_builder builder;
    if (!out)
        return TUOYU_ERROR_INVALID_ARGUMENT;
    *out = NULL;
    if (!batch)
        return TUOYU_ERROR_INVALID_ARGUMENT;
    text_builder_init(&builder, &batch->arena.allocator);
    append_plan(batch, &builder);
    return text_builder_to_handle(&builder, out);
}

/* ---- Running ---- */

/* Answers the rows into new columns, and makes *out of them. Unless it returns TUOYU_OK, *out stays
 * released. */
static tuoyu_status fill_columns(struct batch_work *work, int64_t first, int64_t count,
                                 tuoyu_batch_run_options *options, struct ArrowArray *out)
{
    const struct tuoyu_batch *batch = work->batch;
    const tuoyu_allocator memory = block_pool_allocator(batch->pool);
    for (size_t i = 0; i < batch->column_count; i++)
        arrow_builder_init(&work->builders[i], &batch->columns[i], count, &memory);
    tuoyu_status status = batch_answer_rows(work, first, count, options);
    if (status == TUOYU_OK)
        return arrow_array_export(work->builders, batch->column_count, count, &memory, out);
    for (size_t i = 0; i < batch->column_count; i++)
        arrow_builder_free(&work->builders[i]);
    return status;
}

/* tuoyu_batch_run() for a table that is open and rows that it has. */
static tuoyu_status run_table(const struct tuoyu_batch *batch, struct batch_input *input, struct arena *arena,
                              int64_t first, int64_t count, tuoyu_batch_run_options *options,
                              struct ArrowArray *out, tuoyu_diagnostics *diagnostics)
{
    tuoyu_status status = batch_input_check(input, first, count, diagnostics);
    if (status != TUOYU_OK)
        return status;
    struct batch_work *work = spare_works_take(batch);
    if (!work)
        return TUOYU_ERROR_NO_MEMORY;
    block_pool_begin_run(batch->pool);
    status = batch_work_bind(work, input, arena);
    if (status == TUOYU_OK)
        status = fill_columns(work, first, count, options, out);
    (status == TUOYU_OK ? spare_works_put : spare_works_end)(batch, work);
    if (status == TUOYU_ERROR_LIMIT)
        report(diagnostics, status, NOWHERE, TEXT("run smaller ranges of rows"),
               "the texts of a column exceed 2 GiB");
    if (status == TUOYU_ERROR_CANCELLED)
        report(diagnostics, status, NOWHERE, TEXT(""), "stopped, as the caller asked");
    return status;
}

tuoyu_status tuoyu_batch_run(const tuoyu_batch *batch, const struct ArrowSchema *schema,
                             const struct ArrowArray *array, int64_t first, int64_t count,
                             tuoyu_batch_run_options *options, struct ArrowArray *out,
                             tuoyu_diagnostics *diagnostics)
{
    if (!out)
        return TUOYU_ERROR_INVALID_ARGUMENT;
    *out = (struct ArrowArray){.release = NULL};
    if (!batch || !schema || !array)
        return TUOYU_ERROR_INVALID_ARGUMENT;
    struct arena arena;
    struct batch_input input;
    arena_init(&arena, &batch->arena.allocator);
    tuoyu_status status = batch_run_options_check(options, diagnostics);
    if (status == TUOYU_OK)
        status = batch_input_open(batch, schema, array, &arena, &input, diagnostics);
    if (status == TUOYU_OK &&
        (first < 0 || first > input.table.length || count < -1 || count > input.table.length - first))
        status = report(diagnostics, TUOYU_ERROR_INVALID_ARGUMENT, NOWHERE, TEXT(""),
                        "the table has no such rows");
    if (status == TUOYU_OK)
        status = run_table(batch, &input, &arena, first, count < 0 ? input.table.length - first : count,
                           options, out, diagnostics);
    arena_free(&arena);
    return status == TUOYU_ERROR_NO_MEMORY ? report_no_memory(diagnostics) : status;
}
