/* SPDX-License-Identifier: Apache-2.0 */
#include <tuoyu/batches.h>

#include <string.h>

#include "api/batch_answers.h"
#include "api/option_struct.h"

static const struct location NOWHERE = {.source = NULL};

/* ---- Making ---- */

static tuoyu_status refuse_rule(const char *what, struct text name, tuoyu_status code, tuoyu_diagnostics *diagnostics)
{
    return report(diagnostics, code, NOWHERE, TEXT(""), "the rule `%.*s` %s", TEXT_ARGUMENTS(name), what);
}

static tuoyu_status choose_rule(struct tuoyu_batch *batch, struct text name, tuoyu_diagnostics *diagnostics)
{
    size_t index = 0;
    tuoyu_status status = policy_find_rule(batch->policy, name, 0, UINT32_MAX, NOWHERE, &index, diagnostics);
    if (status != TUOYU_OK) return status;
    const struct rule *rule = rule_on(batch->policy->rules[index], batch->as_of);
    if (rule->kind == TUOYU_RULE_INDICATOR)
        return refuse_rule("is an indicator: it is over all rows, not of each", name, TUOYU_ERROR_INVALID_ARGUMENT, diagnostics);
    for (size_t i = 0; i < batch->rule_count; i++)
        if (batch->rules[i].rule == rule) return refuse_rule("is given twice", name, TUOYU_ERROR_DUPLICATE, diagnostics);
    struct batch_rule *chosen = &batch->rules[batch->rule_count++];
    *chosen = (struct batch_rule){.rule = rule, .name = text_copy(&batch->arena, name)};
    return chosen->name.bytes && batch_add_columns(batch, chosen) ? TUOYU_OK : TUOYU_ERROR_NO_MEMORY;
}

static tuoyu_status choose_rules(struct tuoyu_batch *batch, const char *const *names, const size_t *lengths, size_t count,
                                 tuoyu_diagnostics *diagnostics)
{
    tuoyu_status first = TUOYU_OK;
    batch->rules = ARENA_ARRAY(&batch->arena, struct batch_rule, count);
    if (!batch->rules) return TUOYU_ERROR_NO_MEMORY;
    for (size_t i = 0; i < count; i++) {
        if (!names[i]) return TUOYU_ERROR_INVALID_ARGUMENT;
        struct text name = text_of(names[i], lengths ? lengths[i] : TUOYU_NUL_TERMINATED);
        tuoyu_status status = choose_rule(batch, name, diagnostics);
        if (status == TUOYU_ERROR_NO_MEMORY) return status;
        if (first == TUOYU_OK) first = status;
    }
    return first == TUOYU_OK && !batch_add_error_column(batch) ? TUOYU_ERROR_NO_MEMORY : first;
}

static struct tuoyu_batch *make_batch(tuoyu_policy *policy, int32_t as_of)
{
    struct tuoyu_batch *batch = allocator_allocate(&policy->arena.allocator, sizeof *batch);
    if (!batch) return NULL;
    memset(batch, 0, sizeof *batch);
    atomic_init(&batch->references, 1);
    batch->policy = policy_retain(policy);
    batch->as_of = as_of;
    arena_init(&batch->arena, &policy->arena.allocator);
    return batch;
}

tuoyu_status tuoyu_batch_new(tuoyu_policy *policy, const char *const *names, const size_t *name_lengths, size_t name_count,
                             int32_t as_of, const tuoyu_batch_options *options, tuoyu_batch **out,
                             tuoyu_diagnostics *diagnostics)
{
    if (!out) return TUOYU_ERROR_INVALID_ARGUMENT;
    *out = NULL;
    if (!policy || !names || name_count == 0) return TUOYU_ERROR_INVALID_ARGUMENT;
    if (as_of < DATE_FIRST || as_of > DATE_LAST)
        return report(diagnostics, TUOYU_ERROR_DATE, NOWHERE, TEXT(""), "the as-of date is outside the years 0001 to 9999");
    struct tuoyu_batch *batch = make_batch(policy, as_of);
    if (!batch) return report_no_memory(diagnostics);
    tuoyu_status status = option_struct_read(&batch->options, sizeof batch->options, sizeof batch->options, options);
    if (status == TUOYU_OK) status = choose_rules(batch, names, name_lengths, name_count, diagnostics);
    if (status == TUOYU_OK) {
        *out = batch;
        return TUOYU_OK;
    }
    tuoyu_batch_unref(batch);
    return status == TUOYU_ERROR_NO_MEMORY ? report_no_memory(diagnostics) : status;
}

tuoyu_batch *tuoyu_batch_ref(tuoyu_batch *batch)
{
    if (batch) atomic_fetch_add_explicit(&batch->references, 1, memory_order_relaxed);
    return batch;
}

void tuoyu_batch_unref(tuoyu_batch *batch)
{
    if (!batch || atomic_fetch_sub_explicit(&batch->references, 1, memory_order_acq_rel) != 1) return;
    struct tuoyu_policy *policy = batch->policy;
    arena_free(&batch->arena);
    allocator_free(&policy->arena.allocator, batch, sizeof *batch);
    policy_release(policy);
}

tuoyu_status tuoyu_batch_schema(const tuoyu_batch *batch, struct ArrowSchema *out)
{
    if (!out) return TUOYU_ERROR_INVALID_ARGUMENT;
    *out = (struct ArrowSchema){.release = NULL};
    if (!batch) return TUOYU_ERROR_INVALID_ARGUMENT;
    return arrow_schema_export(batch->columns, batch->column_count, &batch->arena.allocator, out);
}

/* ---- Running ---- */

enum { ROWS_BETWEEN_PROGRESS = 512 };

/* Answers all rows, with progress between blocks; options is the caller's. */
static tuoyu_status run_rows(struct batch_work *work, int64_t first, int64_t count, tuoyu_batch_run_options *options)
{
    int64_t before = options ? options->rows : 0;
    tuoyu_status status = TUOYU_OK;
    for (int64_t done = 0; done < count && status == TUOYU_OK; done += ROWS_BETWEEN_PROGRESS) {
        int64_t block = count - done < ROWS_BETWEEN_PROGRESS ? count - done : ROWS_BETWEEN_PROGRESS;
        status = batch_answer_rows(work, first + done, block);
        if (status != TUOYU_OK || !options) continue;
        options->rows = before + done + block;
        if (options->progress && options->progress(options->context, options->rows)) status = TUOYU_ERROR_CANCELLED;
    }
    if (options) {
        options->error_rows += work->error_rows;
        options->slow_rows += work->slow_rows;
    }
    return status;
}

static tuoyu_status run_table(const struct tuoyu_batch *batch, const struct batch_input *input, int64_t first, int64_t count,
                              tuoyu_batch_run_options *options, struct ArrowArray *out, tuoyu_diagnostics *diagnostics)
{
    struct batch_work work;
    tuoyu_status status = batch_input_check(input, first, count, diagnostics);
    if (status != TUOYU_OK) return status;
    status = batch_work_begin(&work, batch, input, count);
    if (status == TUOYU_OK) status = run_rows(&work, first, count, options);
    if (status == TUOYU_OK)
        status = arrow_array_export(work.builders, batch->column_count, count, &batch->arena.allocator, out);
    batch_work_end(&work);
    if (status == TUOYU_ERROR_LIMIT)
        report(diagnostics, status, NOWHERE, TEXT("run smaller ranges of rows"), "the texts of a column exceed 2 GiB");
    if (status == TUOYU_ERROR_CANCELLED) report(diagnostics, status, NOWHERE, TEXT(""), "stopped, as the caller asked");
    return status;
}

/* The options of a run are the caller's own, and written to: their size must be just ours, until there is a second. */
static tuoyu_status check_options(const tuoyu_batch_run_options *options)
{
    tuoyu_batch_run_options known = {.size = sizeof known};
    return option_struct_read(&known, sizeof known, sizeof known, options);
}

tuoyu_status tuoyu_batch_run(const tuoyu_batch *batch, const struct ArrowSchema *schema, const struct ArrowArray *array,
                             int64_t first, int64_t count, tuoyu_batch_run_options *options, struct ArrowArray *out,
                             tuoyu_diagnostics *diagnostics)
{
    if (!out) return TUOYU_ERROR_INVALID_ARGUMENT;
    *out = (struct ArrowArray){.release = NULL};
    if (!batch || !schema || !array) return TUOYU_ERROR_INVALID_ARGUMENT;
    struct arena arena;
    struct batch_input input;
    arena_init(&arena, &batch->arena.allocator);
    tuoyu_status status = check_options(options);
    if (status == TUOYU_OK) status = batch_input_open(batch, schema, array, &arena, &input, diagnostics);
    if (status == TUOYU_OK && (first < 0 || first > input.table.length || count < -1 || count > input.table.length - first))
        status = report(diagnostics, TUOYU_ERROR_INVALID_ARGUMENT, NOWHERE, TEXT(""), "the table has no such rows");
    if (status == TUOYU_OK)
        status = run_table(batch, &input, first, count < 0 ? input.table.length - first : count, options, out, diagnostics);
    arena_free(&arena);
    return status == TUOYU_ERROR_NO_MEMORY ? report_no_memory(diagnostics) : status;
}
