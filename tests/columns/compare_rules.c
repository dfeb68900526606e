/* SPDX-License-Identifier: Apache-2.0 */
/* Rules over random tables, cell by cell against the same cases asked one by one: amounts, whether a fee
 * complies, each payer's share, decisions, outcomes, what is missing, how well founded, states, and the words
 * of what is wrong.
 *
 *     compare_rules [--rows N] [--seed S] [--any-answers] PACK…
 *
 * N rows in all, over all rules of the packs; without --any-answers, each kind of answer must have been met
 * often. Ends with `N passed, N failed`, a test for each rule. */
#define _DEFAULT_SOURCE
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "fact_table.h"
#include "random_numbers.h"
#include "rule_facts.h"
#include "single_case.h"
#include "table_answers.h"

enum {
    MOST_PACKS = 64,
    MOST_ROWS = 2000,
    RULES_TOGETHER = 3,
    SHOWN_DIFFERENCES = 3,
    MOST_PART = 9,
    ALL_COLUMNS = 2 * TUOYU_COLUMNS_ERROR - 1 /* TUOYU_COLUMNS_… */
};

/* What went how often, so that a run that tries too little is seen. */
struct counts {
    int64_t rows, error_rows, determined, undetermined, not_applicable, not_in_force, fallback_rows;
};

static void *allocate(size_t size)
{
    void *memory = calloc(1, size ? size : 1);
    if (!memory)
        abort();
    return memory;
}

/* ---- One table ---- */

struct trial {
    struct tuoyu_policy *policy;
    const struct rule *rules[RULES_TOGETHER];
    const char *names[RULES_TOGETHER];
    size_t rule_count;
    int32_t as_of;
    tuoyu_batch_options options;
    int64_t first;       /* row of the table from which on it is asked */
    bool uses_workspace; /* else tuoyu_batch_run */
    struct fact_table table;
    struct single singles[RULES_TOGETHER];
    struct table_answers answers;
    struct counts *counts;
    int shown;
};

/* row: of the answers. */
static void differ(struct trial *trial, int64_t row, struct text column, const char *expected,
                   const char *got)
{
    if (trial->shown++ >= SHOWN_DIFFERENCES)
        return;
    printf("FAILED %.*s, row %" PRId64 " as of %" PRId32 ", instructions %" PRId32 ", blocks of %" PRId32
           "%s%s: the table says \"%s\", the case \"%s\"\n",
           TEXT_ARGUMENTS(column), row, trial->as_of, trial->options.instructions, trial->options.block_rows,
           trial->uses_workspace ? ", by a workspace" : "", trial->options.interprets ? ", interpreted" : "",
           got, expected);
    fact_table_show(&trial->table, trial->first + row);
}

static void compare_rule(struct trial *trial, size_t index, int64_t row)
{
    static char expected[TEXT_SIZE], got[TEXT_SIZE];
    struct single *single = &trial->singles[index];
    const struct table_answers *answers = &trial->answers;
    size_t length = strlen(trial->names[index]);
    for (int64_t i = 0; i < answers->table.column_count; i++) {
        struct text name = arrow_table_column_name(&answers->table, i);
        bool is_own = name.length > length && memcmp(name.bytes, trial->names[index], length) == 0 &&
                      name.bytes[length] == '.';
        if (!is_own)
            continue;
        single_expect(single, name.bytes + length + 1, &answers->forms[i], expected);
        if (strcmp(table_answers_cell(answers, i, row, got), expected) != 0)
            differ(trial, row, name, expected, got);
    }
}

static void count_row(struct trial *trial, const struct single *single)
{
    int64_t *const by_outcome[] = {
        NULL, &trial->counts->determined,  &trial->counts->undetermined, &trial->counts->not_applicable,
        NULL, &trial->counts->not_in_force};
    if (single->answer)
        ++*by_outcome[tuoyu_answer_outcome(single->answer)];
}

/* Returns whether the row is one with errors. */
static bool compare_row(struct trial *trial, int64_t row, tuoyu_case *facts, tuoyu_diagnostics *diagnostics)
{
    static char expected[TEXT_SIZE], got[TEXT_SIZE];
    int64_t last = trial->answers.table.column_count - 1;
    tuoyu_diagnostics_clear(diagnostics);
    tuoyu_status given = fact_table_give(&trial->table, trial->first + row,
                                         trial->options.nulls == TUOYU_NULLS_NONE, facts, diagnostics),
                 first = given;
    bool overflows = false;
    for (size_t i = 0; i < trial->rule_count; i++) {
        struct single *single = &trial->singles[i];
        single_ask(single, given, facts, trial->as_of, diagnostics);
        if (first == TUOYU_OK)
            first = single->status;
        compare_rule(trial, i, row);
        overflows |= single->overflows;
        count_row(trial, single);
    }
    findings_expect(diagnostics, first, expected);
    if (text_equals(arrow_table_column_name(&trial->answers.table, last), TEXT("error"))) {
        table_answers_cell(&trial->answers, last, row, got);
        bool is_right = overflows ? strstr(got, "cannot hold exactly") != NULL : strcmp(got, expected) == 0;
        if (!is_right)
            differ(trial, row, TEXT("error"), expected, got);
    }
    return *expected || overflows;
}

/* ---- Workspaces: the same as a run, value by value ---- */

static bool bit_of(const uint8_t *bits, int64_t index)
{
    return bits[index / 8] >> (index % 8) & 1;
}

static size_t width_of(const struct ArrowSchema *schema)
{
    return *schema->format == 'b' ? 0 : *schema->format == 'l' ? 8 : *schema->format == 'd' ? 16 : 1;
}

/* Row at of the workspace's column against row `row` of the run's; rows that are null are 0. */
static bool is_same_value(const struct ArrowArray *run, const tuoyu_column *column, size_t width, int64_t row,
                          int64_t at)
{
    static const uint8_t ZERO[16] = {0};
    const uint8_t *validity = run->buffers[0], *values = run->buffers[1], *own = column->values;
    bool is_known = run->null_count == 0 || bit_of(validity, row);
    if (bit_of(column->validity, at) != is_known)
        return false;
    if (width == 0)
        return bit_of(own, at) == (is_known && bit_of(values, row));
    return memcmp(own + (size_t)at * width, is_known ? values + (size_t)row * width : ZERO, width) == 0;
}

static void compare_part(struct trial *trial, const tuoyu_column *columns, int64_t first, int64_t rows)
{
    for (int64_t i = 0; i < trial->answers.array.n_children; i++)
        for (int64_t row = 0; row < rows; row++) {
            size_t width = width_of(trial->answers.schema.children[i]);
            if (is_same_value(trial->answers.array.children[i], &columns[i], width, first + row, row))
                continue;
            differ(trial, first + row, arrow_table_column_name(&trial->answers.table, i), "(as the run)",
                   "(another value of the workspace)");
        }
}

/* A few rows at a time, or many. */
static void compare_workspace(struct trial *trial, tuoyu_batch *batch, const tuoyu_batch_run_options *run,
                              uint64_t *random)
{
    tuoyu_workspace *workspace;
    tuoyu_column columns[MOST_COLUMNS];
    size_t count = (size_t)trial->answers.array.n_children;
    int64_t most = random_of(random, 2) ? MOST_PART : MOST_ROWS, length = trial->answers.array.length,
            error_rows = 0;
    if (tuoyu_workspace_new(batch, &workspace, NULL) != TUOYU_OK)
        give_up("no workspace", NULL);
    if (tuoyu_workspace_bind(workspace, &trial->table.schema, &trial->table.array, NULL) != TUOYU_OK)
        give_up("the workspace takes no table", NULL);
    for (size_t i = 0; i < count; i++)
        columns[i] =
            (tuoyu_column){.values = allocate(MOST_ROWS * 16), .validity = allocate(MOST_ROWS / 8 + 1)};
    for (int64_t at = 0, rows; at < length; at += rows) {
        tuoyu_batch_run_options part = {.size = sizeof part};
        rows = random_between(random, 1, most);
        if (rows > length - at)
            rows = length - at;
        if (tuoyu_workspace_run(workspace, trial->first + at, rows, columns, count, &part) != TUOYU_OK)
            give_up("the workspace gives no answer", NULL);
        compare_part(trial, columns, at, rows);
        error_rows += part.error_rows;
    }
    if (error_rows !=
        run->error_rows) { /* how many went to the interpreter may differ: a row by itself may need it less */
        trial->shown++;
        printf("FAILED %s: a workspace counts %" PRId64 " rows with errors, a run %" PRId64 "\n",
               trial->names[0], error_rows, run->error_rows);
    }
    for (size_t i = 0; i < count; i++) {
        free(columns[i].values);
        free(columns[i].validity);
    }
    tuoyu_workspace_free(workspace);
}

/* ---- Asking ---- */

static void run_trial(struct trial *trial, uint64_t *random, tuoyu_diagnostics *diagnostics)
{
    tuoyu_batch *batch = NULL;
    tuoyu_case *facts = NULL;
    struct ArrowArray out;
    tuoyu_batch_run_options run = {.size = sizeof run};
    int64_t rows = trial->table.rows - trial->first, error_rows = 0;
    tuoyu_diagnostics_clear(diagnostics);
    if (tuoyu_batch_new(trial->policy, trial->names, NULL, trial->rule_count, trial->as_of, &trial->options,
                        &batch, diagnostics) != TUOYU_OK)
        give_up("no batch", diagnostics);
    if (tuoyu_batch_run(batch, &trial->table.schema, &trial->table.array, trial->first, -1, &run, &out,
                        diagnostics) != TUOYU_OK)
        give_up("no run", diagnostics);
    table_answers_open(&trial->answers, batch, &out);
    if (trial->answers.table.length != rows)
        give_up("rows are lost", NULL);
    if (tuoyu_case_new(trial->policy, &facts) != TUOYU_OK)
        give_up("no case", NULL);
    for (size_t i = 0; i < trial->rule_count; i++)
        single_open(&trial->singles[i], trial->policy, trial->names[i], trial->rules[i]->kind);
    for (int64_t row = 0; row < rows; row++)
        error_rows += compare_row(trial, row, facts, diagnostics);
    if (run.rows != rows || run.error_rows != error_rows) {
        trial->shown++;
        printf("FAILED %s: the run counts %" PRId64 " rows, %" PRId64 " with errors, and not %" PRId64 "\n",
               trial->names[0], run.rows, run.error_rows, error_rows);
    }
    if (trial->uses_workspace)
        compare_workspace(trial, batch, &run, random);
    trial->counts->rows += rows;
    trial->counts->error_rows += error_rows;
    trial->counts->fallback_rows += run.fallback_rows;
    for (size_t i = 0; i < trial->rule_count; i++)
        single_close(&trial->singles[i]);
    tuoyu_case_free(facts);
    tuoyu_batch_unref(batch);
    table_answers_close(&trial->answers);
}

/* ---- All rules ---- */

/* A day on which the rule is in force, its first or last one now and then, seldom one when it is not. */
static int32_t random_day(const struct rule *rule, uint64_t *random)
{
    int32_t first = rule->first_day ? rule->first_day : 19000,
            last = rule->last_day && rule->last_day < first + 4000 ? rule->last_day : first + 2500;
    switch (random_of(random, 12)) {
    case 0: return first;
    case 1: return last;
    case 2: return random_of(random, 4) ? first + 1 : random_of(random, 2) ? last + 1 : first - 1;
    default: return (int32_t)random_between(random, first, last);
    }
}

static void add_rule(struct trial *trial, const struct rule *rule)
{
    for (size_t i = 0; i < trial->rule_count; i++)
        if (trial->rules[i] == rule)
            return;
    trial->rules[trial->rule_count] = rule;
    trial->names[trial->rule_count++] = rule->full_name.bytes;
}

/* The facts that the rules read; now and then one is left out of the table, which is as if it were missing,
 * or there is one that no rule reads. */
static size_t choose_facts(const struct trial *trial, uint32_t *facts, uint64_t *random)
{
    const struct program *program = &trial->policy->layering->program;
    bool *is_read = allocate(program->fact_count * sizeof *is_read);
    size_t kept = 0;
    for (size_t i = 0; i < trial->rule_count; i++) {
        size_t count = rule_facts(trial->policy, trial->rules[i], facts);
        for (size_t j = 0; j < count; j++)
            is_read[facts[j]] = true;
    }
    for (uint32_t i = 0; i < program->fact_count; i++)
        if (is_read[i] ? random_of(random, 40) != 0 : random_of(random, 200) == 0)
            facts[kept++] = i;
    free(is_read);
    return kept;
}

/* How the trial is answered: none of it may make a difference. */
static void choose_options(struct trial *trial, uint64_t *random)
{
    static const int32_t BLOCKS[] = {0, 0, 1, 7, 1024, 4096};
    static const int32_t TEXTS = TUOYU_COLUMNS_MISSING | TUOYU_COLUMNS_ERROR;
    uint32_t numbers = random_of(random, 4);
    trial->uses_workspace = random_of(random, 4) == 0;
    trial->options =
        (tuoyu_batch_options){.size = sizeof trial->options,
                              .floats = TUOYU_FLOATS_SHORTEST,
                              .nulls = random_of(random, 2) == 0 ? TUOYU_NULLS_NONE : TUOYU_NULLS_MISSING,
                              .numbers = numbers == 0 && !trial->uses_workspace ? TUOYU_NUMBERS_TEXT
                                         : numbers == 1                         ? TUOYU_NUMBERS_INTEGER
                                                                                : TUOYU_NUMBERS_DECIMAL,
                              .instructions = (int32_t)random_of(random, 4),
                              .block_rows = BLOCKS[random_of(random, sizeof BLOCKS / sizeof *BLOCKS)],
                              .interprets = random_of(random, 30) == 0};
    if (random_of(random, 4) == 0)
        trial->options.columns = (int32_t)random_of(random, ALL_COLUMNS + 1);
    if (trial->uses_workspace)
        trial->options.columns = ALL_COLUMNS & ~TEXTS;
}

/* Returns whether all was the same. */
static bool try_rule(struct tuoyu_policy *policy, size_t index, int64_t rows, uint64_t *random,
                     struct counts *counts, tuoyu_diagnostics *diagnostics)
{
    static const struct table_style STYLES[] = {{0, 0},    {0, 0},  {30, 0},   {100, 0},
                                                {100, 10}, {0, 10}, {1000, 0}, {400, 0}};
    uint32_t *facts = allocate(policy->layering->program.fact_count * sizeof *facts);
    bool is_same = true;
    for (int64_t done = 0; done < rows;) {
        static struct trial trial;
        trial = (struct trial){
            .policy = policy, .counts = counts, .as_of = random_day(policy->rules[index], random)};
        choose_options(&trial, random);
        add_rule(&trial, policy->rules[index]);
        for (int i = 1; i < RULES_TOGETHER && random_of(random, 6) == 0; i++) {
            const struct rule *other = policy->rules[random_of(random, (uint32_t)policy->rule_count)];
            if (other->kind != TUOYU_RULE_INDICATOR)
                add_rule(&trial, other);
        }
        int64_t some = random_of(random, 5) ? MOST_ROWS : random_between(random, 1, 40);
        if (some > rows - done)
            some = rows - done;
        trial.first = random_of(random, 3) ? 0 : random_between(random, 0, some / 4);
        size_t count = choose_facts(&trial, facts, random);
        fact_table_make(&trial.table, policy, facts, count, some,
                        STYLES[random_of(random, sizeof STYLES / sizeof *STYLES)], random);
        run_trial(&trial, random, diagnostics);
        fact_table_free(&trial.table);
        is_same &= trial.shown == 0;
        done += some;
    }
    free(facts);
    return is_same;
}

static int compare_all(struct tuoyu_policy *policy, int64_t rows, uint64_t seed, bool takes_any,
                       tuoyu_diagnostics *diagnostics)
{
    size_t rules = 0, passed = 0, failed = 0;
    struct counts counts = {0};
    for (size_t i = 0; i < policy->rule_count; i++)
        rules += policy->rules[i]->kind != TUOYU_RULE_INDICATOR;
    for (size_t i = 0; i < policy->rule_count; i++) {
        uint64_t random = seed * UINT64_C(1000003) + i;
        if (policy->rules[i]->kind == TUOYU_RULE_INDICATOR)
            continue;
        bool is_same =
            try_rule(policy, i, (rows + (int64_t)rules - 1) / (int64_t)rules, &random, &counts, diagnostics);
        passed += is_same;
        failed += !is_same;
    }
    printf("%zu rules, %" PRId64 " rows, %" PRId64 " of them with errors, %" PRId64
           " by the interpreter; answers: %" PRId64 " determined, %" PRId64 " undetermined, %" PRId64
           " not applicable\n",
           rules, counts.rows, counts.error_rows, counts.fallback_rows, counts.determined,
           counts.undetermined, counts.not_applicable);
    bool is_enough = counts.determined * 10 > counts.rows && counts.undetermined * 20 > counts.rows &&
                     (counts.error_rows + counts.not_in_force) * 100 > counts.rows &&
                     counts.error_rows * 2 < counts.rows && counts.not_applicable > 0;
    is_enough |= takes_any;
    if (!is_enough)
        printf("FAILED too little was tried of one kind of answer\n");
    passed += is_enough;
    failed += !is_enough;
    printf("%zu passed, %zu failed\n", passed, failed);
    return failed > 0;
}

static char *read_file(const char *path)
{
    enum { MOST = 1 << 20 };
    FILE *file = fopen(path, "rb");
    char *bytes = allocate(MOST);
    if (!file || fread(bytes, 1, MOST - 1, file) == 0)
        give_up(path, NULL);
    fclose(file);
    return bytes;
}

int main(int count, char **arguments)
{
    tuoyu_pack_text packs[MOST_PACKS];
    char *texts[MOST_PACKS];
    size_t pack_count = 0;
    int64_t rows = 100000;
    uint64_t seed = 1;
    bool takes_any = false;
    for (int i = 1; i < count; i++) {
        if (strcmp(arguments[i], "--rows") == 0 && i + 1 < count)
            rows = strtoll(arguments[++i], NULL, 10);
        else if (strcmp(arguments[i], "--seed") == 0 && i + 1 < count)
            seed = strtoull(arguments[++i], NULL, 10);
        else if (strcmp(arguments[i], "--any-answers") == 0)
            takes_any = true;
        else if (pack_count == MOST_PACKS || arguments[i][0] == '-')
            give_up("usage: compare_rules [--rows N] [--seed S] [--any-answers] PACK…", NULL);
        else {
            texts[pack_count] = read_file(arguments[i]);
            packs[pack_count] = (tuoyu_pack_text){.name = arguments[i],
                                                  .name_length = TUOYU_NUL_TERMINATED,
                                                  .text = texts[pack_count],
                                                  .text_length = TUOYU_NUL_TERMINATED};
            pack_count++;
        }
    }
    tuoyu_policy *policy = NULL;
    tuoyu_diagnostics *diagnostics = NULL;
    if (tuoyu_diagnostics_new(NULL, &diagnostics) != TUOYU_OK)
        give_up("no memory", NULL);
    if (tuoyu_policy_load(packs, pack_count, NULL, &policy, diagnostics) != TUOYU_OK)
        give_up("the packs are refused", diagnostics);
    int result = compare_all(policy, rows, seed, takes_any, diagnostics);
    tuoyu_policy_unref(policy);
    tuoyu_diagnostics_free(diagnostics);
    for (size_t i = 0; i < pack_count; i++)
        free(texts[i]);
    return result;
}
