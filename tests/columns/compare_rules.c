/* SPDX-License-Identifier: Apache-2.0 */
/* Rules over random tables, cell by cell against the same cases asked one by one: amounts, whether a fee complies, each
 * payer's share, decisions, outcomes, what is missing, how well founded, states, and the words of what is wrong.
 *
 *     compare_rules [--rows N] [--seed S] PACK…
 *
 * N rows in all, over all rules of the packs. Ends with `N passed, N failed`, a test for each rule. */
#define _DEFAULT_SOURCE
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <tuoyu/batches.h>
#include <tuoyu/rules.h>

#include "arrow/arrow_import.h"
#include "fact_table.h"
#include "random_numbers.h"
#include "rule_facts.h"
#include "value/decimal.h"

enum { MOST_PACKS = 64, MOST_ROWS = 2000, MOST_COLUMNS = 64, NAME_SIZE = 256, TEXT_SIZE = 16384, RULES_TOGETHER = 3, MOST_MISSING = 512, SHOWN_DIFFERENCES = 3 };

/* What went how often, so that a run that tries too little is seen. */
struct counts {
    int64_t rows, error_rows, determined, undetermined, not_applicable, slow_rows;
};

static void *allocate(size_t size)
{
    void *memory = calloc(1, size ? size : 1);
    if (!memory) abort();
    return memory;
}

static void give_up(const char *what, const tuoyu_diagnostics *diagnostics)
{
    tuoyu_text *text = NULL;
    if (diagnostics && tuoyu_diagnostics_to_text(diagnostics, &text) == TUOYU_OK) fprintf(stderr, "%s", tuoyu_text_bytes(text));
    fprintf(stderr, "compare_rules: %s\n", what);
    exit(2);
}

/* ---- A table's answers ---- */

struct answers {
    struct ArrowSchema schema;
    struct ArrowArray array;
    struct arrow_table table;
    struct arrow_column columns[MOST_COLUMNS];
};

static void answers_open(struct answers *answers, const tuoyu_batch *batch)
{
    if (tuoyu_batch_schema(batch, &answers->schema) != TUOYU_OK) give_up("no schema", NULL);
    if (arrow_table_open(&answers->table, &answers->schema, &answers->array, NULL) != TUOYU_OK || answers->table.column_count > MOST_COLUMNS)
        give_up("the answer is no table", NULL);
    for (int64_t i = 0; i < answers->table.column_count; i++)
        if (arrow_column_open(&answers->table, i, &answers->columns[i], NULL) != TUOYU_OK ||
            arrow_column_check(&answers->columns[i], 0, answers->table.length, NULL) != TUOYU_OK)
            give_up("a column of the answer is ill-formed", NULL);
}

/* Null is empty. */
static const char *cell_text(const struct arrow_column *column, int64_t row, char text[TEXT_SIZE])
{
    struct arrow_cell cell = arrow_column_cell(column, row);
    *text = 0;
    switch (cell.kind) {
    case ARROW_CELL_NUMBER: decimal_format(cell.number, text); break;
    case ARROW_CELL_BOOLEAN: strcpy(text, cell.boolean ? "true" : "false"); break;
    case ARROW_CELL_TEXT: snprintf(text, TEXT_SIZE, "%.*s", TEXT_ARGUMENTS(cell.text)); break;
    case ARROW_CELL_NULL: break;
    default: give_up("a cell of the answer is none", NULL);
    }
    return text;
}

/* ---- The case asked by itself ---- */

struct single {
    tuoyu_policy *policy;
    int32_t kind;
    tuoyu_pricing *pricing;
    tuoyu_cost_sharing *sharing;
    tuoyu_eligibility *eligibility;
    tuoyu_status status;       /* of the last case */
    tuoyu_quote *quote;        /* its answer */
    tuoyu_split *split;
    tuoyu_verdict *verdict;
    const tuoyu_answer *answer;
    bool overflows;            /* a column cannot hold one of its numbers */
};

static void single_open(struct single *single, tuoyu_policy *policy, const char *name, int32_t kind)
{
    tuoyu_status status;
    *single = (struct single){.policy = policy, .kind = kind};
    if (kind == TUOYU_RULE_PRICING) status = tuoyu_policy_pricing(policy, name, TUOYU_NUL_TERMINATED, &single->pricing, NULL);
    else if (kind == TUOYU_RULE_COST_SHARING) status = tuoyu_policy_cost_sharing(policy, name, TUOYU_NUL_TERMINATED, &single->sharing, NULL);
    else status = tuoyu_policy_eligibility(policy, name, TUOYU_NUL_TERMINATED, &single->eligibility, NULL);
    if (status != TUOYU_OK) give_up("a rule is not found", NULL);
}

static void single_forget(struct single *single)
{
    if (single->quote) tuoyu_quote_free(single->quote);
    if (single->split) tuoyu_split_free(single->split);
    if (single->verdict) tuoyu_verdict_free(single->verdict);
    single->quote = NULL;
    single->split = NULL;
    single->verdict = NULL;
    single->answer = NULL;
    single->overflows = false;
}

static void single_close(struct single *single)
{
    single_forget(single);
    if (single->pricing) tuoyu_pricing_unref(single->pricing);
    if (single->sharing) tuoyu_cost_sharing_unref(single->sharing);
    if (single->eligibility) tuoyu_eligibility_unref(single->eligibility);
}

/* given: the status of the facts; where they are wrong, nothing is asked. */
static void single_ask(struct single *single, tuoyu_status given, const tuoyu_case *facts, int32_t as_of, tuoyu_diagnostics *diagnostics)
{
    single_forget(single);
    single->status = given;
    if (given != TUOYU_OK) return;
    if (single->kind == TUOYU_RULE_PRICING) single->status = tuoyu_pricing_quote(single->pricing, facts, as_of, &single->quote, diagnostics);
    else if (single->kind == TUOYU_RULE_COST_SHARING) single->status = tuoyu_cost_sharing_split(single->sharing, facts, as_of, &single->split, diagnostics);
    else single->status = tuoyu_eligibility_verdict(single->eligibility, facts, as_of, &single->verdict, diagnostics);
    if (single->status != TUOYU_OK) return;
    single->answer = single->quote ? tuoyu_quote_answer(single->quote) : single->split ? tuoyu_split_answer(single->split)
                                                                                        : tuoyu_verdict_answer(single->verdict);
}

/* A number in the column; one that decimal128 of that scale cannot hold is null, and an error of the row. */
static void put_number(struct single *single, tuoyu_status status, const tuoyu_decimal *number, const struct arrow_column *column, char text[TEXT_SIZE])
{
    *text = 0;
    if (status != TUOYU_OK) return;
    tuoyu_decimal_to_text(number, text);
    if (column->type.kind != ARROW_DECIMAL) return;
    const char *point = strchr(text, '.');
    size_t digits = strlen(text) - (*text == '-') - (point != NULL), decimals = point ? strlen(point + 1) : 0;
    bool fits = !strchr(text, 'E') && (int32_t)decimals <= column->type.scale &&
                digits - decimals + (size_t)column->type.scale <= 38;
    if (fits) return;
    single->overflows = true;
    *text = 0;
}

/* Where a fact or parameter stands among what packs declare. */
static uint32_t place_of(const struct tuoyu_policy *policy, const char *name)
{
    const struct program *program = &policy->layering->program;
    for (uint32_t i = 0; i < program->slot_count; i++) {
        const struct slot *slot = program_slot(program, i);
        bool is_declared = slot->kind == SLOT_FACT || slot->kind == SLOT_PARAMETER;
        if (is_declared && text_equals(slot->name, text_of(name, TUOYU_NUL_TERMINATED))) return i;
    }
    return UINT32_MAX;
}

/* A case names what it lacks in the order in which it asks, a table in the order in which packs declare it. */
static void put_missing(const struct single *single, char text[TEXT_SIZE])
{
    size_t count = tuoyu_answer_missing_count(single->answer), length = 0;
    uint32_t places[MOST_MISSING];
    const char *names[MOST_MISSING];
    if (count > MOST_MISSING) give_up("too much is missing", NULL);
    for (size_t i = 0; i < count; i++) {
        const char *name = tuoyu_answer_missing_name(single->answer, i);
        uint32_t place = place_of(single->policy, name);
        size_t at = i;
        for (; at > 0 && places[at - 1] > place; at--) {
            places[at] = places[at - 1];
            names[at] = names[at - 1];
        }
        places[at] = place;
        names[at] = name;
    }
    *text = 0;
    for (size_t i = 0; i < count; i++) length += (size_t)snprintf(text + length, TEXT_SIZE - length, "%s%s", i ? " " : "", names[i]);
}

static void put_state(const struct single *single, char text[TEXT_SIZE])
{
    static const char *const STATES[] = {"", "0", "1", "3"};
    strcpy(text, !single->answer || single->overflows ? "2" : STATES[tuoyu_answer_outcome(single->answer)]);
}

static void put_share(struct single *single, const char *payer, const struct arrow_column *column, char text[TEXT_SIZE])
{
    tuoyu_decimal amount;
    for (size_t i = 0; i < tuoyu_split_line_count(single->split); i++) {
        if (strcmp(tuoyu_split_line_payer(single->split, i), payer) != 0) continue;
        tuoyu_status status = tuoyu_split_line_amount(single->split, i, &amount);
        put_number(single, status, &amount, column, text);
        return;
    }
    *text = 0; /* there are no lines */
}

/* part: what stands after the rule's name in the column's. Columns come in order, the state last. */
static void expect_cell(struct single *single, const char *part, const struct arrow_column *column, char text[TEXT_SIZE])
{
    static const char *const OUTCOMES[] = {"", "determined", "undetermined", "not_applicable"};
    static const char *const PROVENANCES[] = {"", "cited", "derived", "draft", "assumed"};
    static const char *const DECISIONS[] = {"", "eligible", "ineligible", "undetermined", "not_applicable"};
    static const char *const COMPLIES[] = {"", "false", "true"};
    tuoyu_decimal number;
    *text = 0;
    if (strcmp(part, "status") == 0) {
        put_state(single, text);
        return;
    }
    if (!single->answer) return;
    if (strcmp(part, "outcome") == 0) strcpy(text, OUTCOMES[tuoyu_answer_outcome(single->answer)]);
    else if (strcmp(part, "provenance") == 0) strcpy(text, PROVENANCES[tuoyu_answer_provenance(single->answer)]);
    else if (strcmp(part, "missing") == 0) put_missing(single, text);
    else if (single->verdict) strcpy(text, DECISIONS[tuoyu_verdict_decision(single->verdict)]);
    else if (single->quote && strcmp(part, "complies") == 0) strcpy(text, COMPLIES[tuoyu_quote_complies(single->quote) + 1]);
    else if (single->quote) put_number(single, tuoyu_quote_amount(single->quote, &number), &number, column, text);
    else if (strcmp(part, "whole") == 0) put_number(single, tuoyu_split_whole(single->split, &number), &number, column, text);
    else put_share(single, part, column, text);
}

/* What is wrong with the row, as the column `error` says it. */
static void put_findings(const tuoyu_diagnostics *diagnostics, tuoyu_status first, char text[TEXT_SIZE])
{
    size_t length = 0;
    tuoyu_diagnostic item;
    *text = 0;
    if (first != TUOYU_OK && tuoyu_diagnostics_count(diagnostics) == 0) snprintf(text, TEXT_SIZE, "%s", tuoyu_status_name(first));
    for (size_t i = 0; i < tuoyu_diagnostics_count(diagnostics) && length < TEXT_SIZE; i++) {
        if (tuoyu_diagnostics_get(diagnostics, i, &item) != TUOYU_OK) continue;
        length += (size_t)snprintf(text + length, TEXT_SIZE - length, *item.hint ? "%s%s (%s)" : "%s%s", i ? "; " : "", item.message, item.hint);
    }
}

/* ---- One table ---- */

struct trial {
    struct tuoyu_policy *policy;
    const struct rule *rules[RULES_TOGETHER];
    const char *names[RULES_TOGETHER];
    size_t rule_count;
    int32_t as_of;
    tuoyu_batch_options options;
    struct fact_table table;
    struct single singles[RULES_TOGETHER];
    struct answers answers;
    struct counts *counts;
    int shown;
};

static void differ(struct trial *trial, int64_t row, struct text column, const char *expected, const char *got)
{
    if (trial->shown++ >= SHOWN_DIFFERENCES) return;
    printf("FAILED %.*s, row %" PRId64 " as of %" PRId32 ": the table says \"%s\", the case \"%s\"\n", TEXT_ARGUMENTS(column), row, trial->as_of,
           got, expected);
    fact_table_show(&trial->table, row);
}

static void compare_rule(struct trial *trial, size_t index, int64_t row)
{
    static char expected[TEXT_SIZE], got[TEXT_SIZE];
    struct single *single = &trial->singles[index];
    size_t length = strlen(trial->names[index]);
    for (int64_t i = 0; i < trial->answers.table.column_count; i++) {
        struct text name = arrow_table_column_name(&trial->answers.table, i);
        bool is_own = name.length > length && memcmp(name.bytes, trial->names[index], length) == 0 && name.bytes[length] == '.';
        if (!is_own) continue;
        expect_cell(single, name.bytes + length + 1, &trial->answers.columns[i], expected);
        if (strcmp(cell_text(&trial->answers.columns[i], row, got), expected) != 0) differ(trial, row, name, expected, got);
    }
}

static void count_row(struct trial *trial, const struct single *single)
{
    int64_t *const by_outcome[] = {NULL, &trial->counts->determined, &trial->counts->undetermined, &trial->counts->not_applicable};
    if (single->answer) ++*by_outcome[tuoyu_answer_outcome(single->answer)];
}

static void compare_row(struct trial *trial, int64_t row, tuoyu_case *facts, tuoyu_diagnostics *diagnostics)
{
    static char expected[TEXT_SIZE], got[TEXT_SIZE];
    tuoyu_diagnostics_clear(diagnostics);
    tuoyu_status given = fact_table_give(&trial->table, row, trial->options.null_is_none, facts, diagnostics), first = given;
    bool overflows = false;
    for (size_t i = 0; i < trial->rule_count; i++) {
        struct single *single = &trial->singles[i];
        single_ask(single, given, facts, trial->as_of, diagnostics);
        if (first == TUOYU_OK) first = single->status;
        compare_rule(trial, i, row);
        overflows |= single->overflows;
        count_row(trial, single);
    }
    put_findings(diagnostics, first, expected);
    const struct arrow_column *errors = &trial->answers.columns[trial->answers.table.column_count - 1];
    cell_text(errors, row, got);
    bool is_right = overflows ? strstr(got, "cannot hold exactly") != NULL : strcmp(got, expected) == 0;
    if (!is_right) differ(trial, row, TEXT("error"), expected, got);
    trial->counts->error_rows += *got != 0;
}

static void run_trial(struct trial *trial, tuoyu_diagnostics *diagnostics)
{
    tuoyu_batch *batch = NULL;
    tuoyu_case *facts = NULL;
    tuoyu_batch_run_options run = {.size = sizeof run};
    tuoyu_diagnostics_clear(diagnostics);
    if (tuoyu_batch_new(trial->policy, trial->names, NULL, trial->rule_count, trial->as_of, &trial->options, &batch, diagnostics) != TUOYU_OK)
        give_up("no batch", diagnostics);
    if (tuoyu_batch_run(batch, &trial->table.schema, &trial->table.array, 0, -1, &run, &trial->answers.array, diagnostics) != TUOYU_OK)
        give_up("no run", diagnostics);
    answers_open(&trial->answers, batch);
    if (trial->answers.table.length != trial->table.rows) give_up("rows are lost", NULL);
    if (tuoyu_case_new(trial->policy, &facts) != TUOYU_OK) give_up("no case", NULL);
    for (size_t i = 0; i < trial->rule_count; i++) single_open(&trial->singles[i], trial->policy, trial->names[i], trial->rules[i]->kind);
    int64_t before = trial->counts->error_rows;
    for (int64_t row = 0; row < trial->table.rows; row++) compare_row(trial, row, facts, diagnostics);
    if (run.rows != trial->table.rows || run.error_rows != trial->counts->error_rows - before) {
        trial->shown++;
        printf("FAILED %s: the run counts %" PRId64 " rows, %" PRId64 " with errors\n", trial->names[0], run.rows, run.error_rows);
    }
    trial->counts->rows += trial->table.rows;
    trial->counts->slow_rows += run.slow_rows;
    for (size_t i = 0; i < trial->rule_count; i++) single_close(&trial->singles[i]);
    tuoyu_case_free(facts);
    tuoyu_batch_unref(batch);
    trial->answers.array.release(&trial->answers.array);
    trial->answers.schema.release(&trial->answers.schema);
}

/* ---- All rules ---- */

/* A day on which the rule is in force, its first or last one now and then, seldom one when it is not. */
static int32_t random_day(const struct rule *rule, uint64_t *random)
{
    int32_t first = rule->first_day ? rule->first_day : 19000, last = rule->last_day && rule->last_day < first + 4000 ? rule->last_day : first + 2500;
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
        if (trial->rules[i] == rule) return;
    trial->rules[trial->rule_count] = rule;
    trial->names[trial->rule_count++] = rule->full_name.bytes;
}

/* The facts that the rules read; now and then one is left out of the table, which is as if it were missing. */
static size_t choose_facts(const struct trial *trial, uint32_t *facts, uint64_t *random)
{
    const struct program *program = &trial->policy->layering->program;
    bool *is_read = allocate(program->fact_count * sizeof *is_read);
    size_t kept = 0;
    for (size_t i = 0; i < trial->rule_count; i++) {
        size_t count = rule_facts(trial->policy, trial->rules[i], facts);
        for (size_t j = 0; j < count; j++) is_read[facts[j]] = true;
    }
    for (uint32_t i = 0; i < program->fact_count; i++)
        if (is_read[i] && random_of(random, 40)) facts[kept++] = i;
    free(is_read);
    return kept;
}

/* Returns whether all was the same. */
static bool try_rule(struct tuoyu_policy *policy, size_t index, int64_t rows, uint64_t *random, struct counts *counts, tuoyu_diagnostics *diagnostics)
{
    static const struct table_style STYLES[] = {{0, 0}, {0, 0}, {30, 0}, {100, 0}, {100, 10}, {0, 10}, {1000, 0}, {400, 0}};
    uint32_t *facts = allocate(policy->layering->program.fact_count * sizeof *facts);
    bool is_same = true;
    for (int64_t done = 0; done < rows;) {
        static struct trial trial;
        trial = (struct trial){.policy = policy, .counts = counts, .as_of = random_day(policy->rules[index], random),
                               .options = {.size = sizeof trial.options, .null_is_none = random_of(random, 2) == 0,
                                           .numbers_as_text = random_of(random, 3) == 0}};
        add_rule(&trial, policy->rules[index]);
        for (int i = 1; i < RULES_TOGETHER && random_of(random, 6) == 0; i++) {
            const struct rule *other = policy->rules[random_of(random, (uint32_t)policy->rule_count)];
            if (other->kind != TUOYU_RULE_INDICATOR) add_rule(&trial, other);
        }
        int64_t some = random_of(random, 5) ? MOST_ROWS : random_between(random, 1, 40);
        if (some > rows - done) some = rows - done;
        size_t count = choose_facts(&trial, facts, random);
        fact_table_make(&trial.table, policy, facts, count, some, STYLES[random_of(random, sizeof STYLES / sizeof *STYLES)], random);
        run_trial(&trial, diagnostics);
        fact_table_free(&trial.table);
        is_same &= trial.shown == 0;
        done += some;
    }
    free(facts);
    return is_same;
}

static int compare_all(struct tuoyu_policy *policy, int64_t rows, uint64_t seed, tuoyu_diagnostics *diagnostics)
{
    size_t rules = 0, passed = 0, failed = 0;
    struct counts counts = {0};
    for (size_t i = 0; i < policy->rule_count; i++) rules += policy->rules[i]->kind != TUOYU_RULE_INDICATOR;
    for (size_t i = 0; i < policy->rule_count; i++) {
        uint64_t random = seed * UINT64_C(1000003) + i;
        if (policy->rules[i]->kind == TUOYU_RULE_INDICATOR) continue;
        bool is_same = try_rule(policy, i, (rows + (int64_t)rules - 1) / (int64_t)rules, &random, &counts, diagnostics);
        passed += is_same;
        failed += !is_same;
    }
    printf("%zu rules, %" PRId64 " rows, %" PRId64 " of them with errors, %" PRId64 " by the interpreter; answers: %" PRId64 " determined, %" PRId64
           " undetermined, %" PRId64 " not applicable\n", rules, counts.rows, counts.error_rows, counts.slow_rows, counts.determined, counts.undetermined, counts.not_applicable);
    bool is_enough = counts.determined * 10 > counts.rows && counts.undetermined * 20 > counts.rows && counts.error_rows * 100 > counts.rows &&
                     counts.error_rows * 2 < counts.rows && counts.not_applicable > 0;
    if (!is_enough) printf("FAILED too little was tried of one kind of answer\n");
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
    if (!file || fread(bytes, 1, MOST - 1, file) == 0) give_up(path, NULL);
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
    for (int i = 1; i < count; i++) {
        if (strcmp(arguments[i], "--rows") == 0 && i + 1 < count) rows = strtoll(arguments[++i], NULL, 10);
        else if (strcmp(arguments[i], "--seed") == 0 && i + 1 < count) seed = strtoull(arguments[++i], NULL, 10);
        else if (pack_count == MOST_PACKS || arguments[i][0] == '-') give_up("usage: compare_rules [--rows N] [--seed S] PACK…", NULL);
        else {
            texts[pack_count] = read_file(arguments[i]);
            packs[pack_count] = (tuoyu_pack_text){.name = arguments[i], .name_length = TUOYU_NUL_TERMINATED, .text = texts[pack_count],
                                                  .text_length = TUOYU_NUL_TERMINATED};
            pack_count++;
        }
    }
    tuoyu_policy *policy = NULL;
    tuoyu_diagnostics *diagnostics = NULL;
    if (tuoyu_diagnostics_new(NULL, &diagnostics) != TUOYU_OK) give_up("no memory", NULL);
    if (tuoyu_policy_load(packs, pack_count, NULL, &policy, diagnostics) != TUOYU_OK) give_up("the packs are refused", diagnostics);
    int result = compare_all(policy, rows, seed, diagnostics);
    tuoyu_policy_unref(policy);
    tuoyu_diagnostics_free(diagnostics);
    for (size_t i = 0; i < pack_count; i++) free(texts[i]);
    return result;
}
