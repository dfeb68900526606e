/* SPDX-License-Identifier: Apache-2.0 */
/* A rule of each kind of the Beilun pilot, with its parents and the assumed numbers, over a table of children
 * and one of their health records: in columns, and case by case through the interpreter; they take turns, and
 * answers are compared first.
 *
 *     bench_beilun ROWS illustrative.yaml FILE…    FILE: packs, among them those it uses */
#include "bench.h"

#include <string.h>

#include "bench_packs.h"
#include "fact_rows.h"

enum { RULES = 3, SAMPLE = 2000, AS_OF = 20361 /* 2025-09-30 */, SEED = 20230206, MONTHS_36 = 1096 };

static const char *const NAMES[RULES] = {"monthly_fee", "monthly_care_cost", "inclusive_place"};
static const char *const CLASSES[] = {"infant_class", "junior_toddler_class", "senior_toddler_class",
                                      "mixed_class"};
static const char *const MODES[] = {"full_day", "half_day", "hourly", "drop_in"};

/* What the rules read, missing as often as in examples/beilun/child.csv; but here half of the children attend
 * an institution. */
static const struct fact_recipe CHILD[] = {
    {.name = "child.birth_date", .kind = FACT_DATE, .low = AS_OF - MONTHS_36, .high = AS_OF, .missing = 10},
    {.name = "child.registered", .kind = FACT_BOOLEAN, .low = 620},
    {.name = "child.resident_months", .kind = FACT_INTEGER, .low = 0, .high = 48},
    {.name = "child.class", .kind = FACT_WORD, .high = 3, .words = CLASSES, .is_of_some = true},
    {.name = "child.care_mode", .kind = FACT_WORD, .high = 3, .words = MODES, .is_of_some = true},
    {.name = "child.monthly_fee",
     .kind = FACT_MONEY,
     .low = 0,
     .high = 350000,
     .missing = 30,
     .is_of_some = true},
    {.name = "child.birth_order", .kind = FACT_INTEGER, .low = 1, .high = 3},
    {.name = "child.employer_supported", .kind = FACT_BOOLEAN, .low = 80},
    {.name = "child.health_check_passed", .kind = FACT_BOOLEAN, .low = 970, .missing = 20},
    {.name = "child.vaccination_complete", .kind = FACT_BOOLEAN, .low = 950, .missing = 20},
    {.name = "institution.inclusive", .kind = FACT_BOOLEAN, .low = 850, .is_of_some = true},
    {.name = "institution.filed", .kind = FACT_BOOLEAN, .low = 950, .is_of_some = true},
    {.name = "institution.open", .kind = FACT_BOOLEAN, .low = 990, .is_of_some = true},
    {.name = "institution.vacant_places", .kind = FACT_INTEGER, .low = 0, .high = 12, .is_of_some = true}};

static const char INDICATOR[] = "infant_health_management_rate", ENTITY[] = "health_record";
static const char *const SUBDISTRICTS[] = {"新碶街道",   "小港街道", "大碶街道", "霞浦街道",
                                           "柴桥街道",   "白峰街道", "春晓街道", "梅山街道",
                                           "戚家山街道", "郭巨街道", "大榭街道"};
static const struct fact_recipe RECORD[] = {
    {.name = "health_record.birth_date",
     .kind = FACT_DATE,
     .low = AS_OF - 2 * MONTHS_36,
     .high = AS_OF,
     .missing = 10},
    {.name = "health_record.subdistrict", .kind = FACT_WORD, .high = 10, .words = SUBDISTRICTS},
    {.name = "health_record.visits_in_year", .kind = FACT_INTEGER, .low = 0, .high = 8, .missing = 5}};

struct subject {
    tuoyu_policy *policy;
    tuoyu_pricing *pricing;
    tuoyu_cost_sharing *cost_sharing;
    tuoyu_eligibility *eligibility;
    tuoyu_indicator *indicator;
    struct fact_rows children, records;
    tuoyu_batch *batch, *lean; /* all columns; those without texts, numbers as integers */
    tuoyu_workspace *workspace;
    tuoyu_column columns[BENCH_TABLE_COLUMNS];
    size_t column_count;
    tuoyu_case *cases[SAMPLE], *record_cases[SAMPLE]; /* the first rows */
    size_t sample;
};

static void fail(const char *what)
{
    fprintf(stderr, "bench_beilun: %s\n", what);
    exit(EXIT_FAILURE);
}

static void must(tuoyu_status status, const char *what)
{
    if (status == TUOYU_OK)
        return;
    fprintf(stderr, "bench_beilun: %s: %s\n", what, tuoyu_status_name(status));
    exit(EXIT_FAILURE);
}

/* ---- Who takes turns ---- */

static tuoyu_tally *tally_of_table(const struct subject *subject, size_t rows)
{
    const struct bench_table *table = &subject->records.table;
    tuoyu_tally_table_options options = {.size = sizeof options};
    tuoyu_tally *tally;
    must(tuoyu_indicator_tally(subject->indicator, AS_OF, &tally, NULL), INDICATOR);
    must(tuoyu_tally_add_table(tally, ENTITY, TUOYU_NUL_TERMINATED, &table->schema, &table->array, 0,
                               (int64_t)rows, &options, NULL),
         "adding a table");
    return tally;
}

static tuoyu_tally *tally_of_cases(const struct subject *subject)
{
    tuoyu_tally *tally;
    must(tuoyu_indicator_tally(subject->indicator, AS_OF, &tally, NULL), INDICATOR);
    for (size_t i = 0; i < subject->sample; i++)
        must(tuoyu_tally_add(tally, ENTITY, TUOYU_NUL_TERMINATED, subject->record_cases[i], NULL),
             "adding a row");
    return tally;
}

static void run_columns(void *data)
{
    struct subject *subject = data;
    struct ArrowArray out;
    const struct bench_table *table = &subject->children.table;
    must(tuoyu_batch_run(subject->batch, &table->schema, &table->array, 0, -1, NULL, &out, NULL),
         "running a table");
    out.release(&out);
    tuoyu_tally_free(tally_of_table(subject, subject->records.rows));
}

static void run_workspace(void *data)
{
    struct subject *subject = data;
    must(tuoyu_workspace_run(subject->workspace, 0, (int64_t)subject->children.rows, subject->columns,
                             subject->column_count, NULL),
         "running in a workspace");
    tuoyu_tally_free(tally_of_table(subject, subject->records.rows));
}

static void run_cases(void *data)
{
    struct subject *subject = data;
    for (size_t i = 0; i < subject->sample; i++) {
        tuoyu_quote *quote;
        tuoyu_split *split;
        tuoyu_verdict *verdict;
        must(tuoyu_pricing_quote(subject->pricing, subject->cases[i], AS_OF, &quote, NULL), NAMES[0]);
        must(tuoyu_cost_sharing_split(subject->cost_sharing, subject->cases[i], AS_OF, &split, NULL),
             NAMES[1]);
        must(tuoyu_eligibility_verdict(subject->eligibility, subject->cases[i], AS_OF, &verdict, NULL),
             NAMES[2]);
        tuoyu_quote_free(quote);
        tuoyu_split_free(split);
        tuoyu_verdict_free(verdict);
    }
    tuoyu_tally_free(tally_of_cases(subject));
}

/* ---- Answers are the same ---- */

struct answers {
    struct ArrowSchema schema;
    struct ArrowArray array;
};

static const struct ArrowArray *column(const struct answers *answers, const char *rule, const char *part,
                                       const char **format)
{
    char name[80];
    snprintf(name, sizeof name, "%s.%s", rule, part);
    for (int64_t i = 0; i < answers->schema.n_children; i++) {
        if (strcmp(answers->schema.children[i]->name, name) != 0)
            continue;
        *format = answers->schema.children[i]->format;
        return answers->array.children[i];
    }
    fail(name);
    return NULL;
}

static bool is_there(const struct ArrowArray *array, size_t row)
{
    const uint8_t *validity = array->buffers[0];
    return !validity || (validity[row / 8] >> (row % 8) & 1);
}

/* Words stand in the order of their constants, from 1 on. */
static void check_word(const struct answers *answers, const char *rule, const char *part, size_t row,
                       int32_t expected)
{
    const char *format;
    const struct ArrowArray *array = column(answers, rule, part, &format);
    const int8_t *codes = array->buffers[1];
    if (!is_there(array, row) || codes[row] + 1 != expected)
        fail("a word differs from the interpreter's");
}

static void check_number(const struct answers *answers, const char *rule, const char *part, size_t row,
                         tuoyu_status has_number, const tuoyu_decimal *expected)
{
    const char *format;
    const struct ArrowArray *array = column(answers, rule, part, &format);
    int64_t number = 0;
    const int64_t *halves = array->buffers[1];
    if (is_there(array, row) != (has_number == TUOYU_OK))
        fail("a number is there on one side only");
    if (has_number != TUOYU_OK)
        return;
    must(tuoyu_decimal_to_int64(expected, (int32_t)strtol(strchr(format, ',') + 1, NULL, 10), &number),
         "a number");
    if (halves[2 * row] != number)
        fail("a number differs from the interpreter's");
}

static void check_row(const struct subject *subject, const struct answers *answers, size_t row)
{
    tuoyu_quote *quote;
    tuoyu_split *split;
    tuoyu_verdict *verdict;
    tuoyu_decimal number;
    must(tuoyu_pricing_quote(subject->pricing, subject->cases[row], AS_OF, &quote, NULL), NAMES[0]);
    check_word(answers, NAMES[0], "outcome", row, tuoyu_answer_outcome(tuoyu_quote_answer(quote)));
    check_number(answers, NAMES[0], "amount", row, tuoyu_quote_amount(quote, &number), &number);
    must(tuoyu_cost_sharing_split(subject->cost_sharing, subject->cases[row], AS_OF, &split, NULL), NAMES[1]);
    check_word(answers, NAMES[1], "outcome", row, tuoyu_answer_outcome(tuoyu_split_answer(split)));
    check_number(answers, NAMES[1], "whole", row, tuoyu_split_whole(split, &number), &number);
    for (size_t i = 0; i < tuoyu_split_line_count(split); i++) {
        char member[80];
        snprintf(member, sizeof member, "payers.%s", tuoyu_split_line_payer(split, i));
        check_number(answers, NAMES[1], member, row, tuoyu_split_line_amount(split, i, &number), &number);
    }
    must(tuoyu_eligibility_verdict(subject->eligibility, subject->cases[row], AS_OF, &verdict, NULL),
         NAMES[2]);
    check_word(answers, NAMES[2], "decision", row, tuoyu_verdict_decision(verdict));
    tuoyu_quote_free(quote);
    tuoyu_split_free(split);
    tuoyu_verdict_free(verdict);
}

/* Of all rows (NULL), or of a sub-district. */
static void check_measure(tuoyu_tally *left, tuoyu_tally *right, const char *subdistrict)
{
    tuoyu_tally *const tallies[] = {left, right};
    const char *region = subdistrict ? "subdistrict" : NULL;
    tuoyu_text *texts[2];
    for (size_t i = 0; i < 2; i++) {
        tuoyu_measure *measure;
        must(tuoyu_tally_measure(tallies[i], region, TUOYU_NUL_TERMINATED, subdistrict, TUOYU_NUL_TERMINATED,
                                 &measure, NULL),
             INDICATOR);
        must(tuoyu_answer_to_json(tuoyu_measure_answer(measure), &texts[i]), INDICATOR);
        tuoyu_measure_free(measure);
    }
    if (strcmp(tuoyu_text_bytes(texts[0]), tuoyu_text_bytes(texts[1])) != 0)
        fail("a measure differs from the interpreter's");
    for (size_t i = 0; i < 2; i++)
        tuoyu_text_free(texts[i]);
}

static void check_tallies(const struct subject *subject)
{
    tuoyu_tally *table = tally_of_table(subject, subject->sample), *cases = tally_of_cases(subject);
    check_measure(table, cases, NULL);
    for (size_t i = 0; i < sizeof SUBDISTRICTS / sizeof *SUBDISTRICTS; i++)
        check_measure(table, cases, SUBDISTRICTS[i]);
    tuoyu_tally_free(table);
    tuoyu_tally_free(cases);
}

static void check(const struct subject *subject)
{
    struct answers answers;
    const struct bench_table *table = &subject->children.table;
    must(tuoyu_batch_schema(subject->batch, &answers.schema), "the schema");
    must(tuoyu_batch_run(subject->batch, &table->schema, &table->array, 0, (int64_t)subject->sample, NULL,
                         &answers.array, NULL),
         "running the first rows");
    for (size_t row = 0; row < subject->sample; row++)
        check_row(subject, &answers, row);
    answers.array.release(&answers.array);
    answers.schema.release(&answers.schema);
}

/* ---- Setting up ---- */

static void load(struct subject *subject, char *const *paths, size_t count)
{
    struct bench_packs packs;
    if (!bench_packs_read(&packs, paths, count))
        fail("the pack cannot be read");
    must(tuoyu_policy_load(packs.used, packs.used_count, NULL, &subject->policy, NULL), "loading");
    bench_packs_free(&packs);
    must(tuoyu_policy_pricing(subject->policy, NAMES[0], TUOYU_NUL_TERMINATED, &subject->pricing, NULL),
         NAMES[0]);
    must(tuoyu_policy_cost_sharing(subject->policy, NAMES[1], TUOYU_NUL_TERMINATED, &subject->cost_sharing,
                                   NULL),
         NAMES[1]);
    must(tuoyu_policy_eligibility(subject->policy, NAMES[2], TUOYU_NUL_TERMINATED, &subject->eligibility,
                                  NULL),
         NAMES[2]);
    must(tuoyu_policy_indicator(subject->policy, INDICATOR, TUOYU_NUL_TERMINATED, &subject->indicator, NULL),
         INDICATOR);
    must(tuoyu_batch_new(subject->policy, NAMES, NULL, RULES, AS_OF, NULL, &subject->batch, NULL),
         "making a batch");
}

/* A column as wide as any: nothing is shorter than a bit or longer than 8 bytes. */
static void prepare(struct subject *subject)
{
    const tuoyu_batch_options options = {.size = sizeof options,
                                         .numbers = TUOYU_NUMBERS_INTEGER,
                                         .columns = TUOYU_COLUMNS_VALUES | TUOYU_COLUMNS_OUTCOME |
                                                    TUOYU_COLUMNS_STANDING};
    struct ArrowSchema schema;
    must(tuoyu_batch_new(subject->policy, NAMES, NULL, RULES, AS_OF, &options, &subject->lean, NULL),
         "making a lean batch");
    must(tuoyu_workspace_new(subject->lean, &subject->workspace, NULL), "making a workspace");
    must(tuoyu_workspace_bind(subject->workspace, &subject->children.table.schema,
                              &subject->children.table.array, NULL),
         "binding");
    must(tuoyu_batch_schema(subject->lean, &schema), "the schema");
    subject->column_count = (size_t)schema.n_children;
    schema.release(&schema);
    for (size_t i = 0; i < subject->column_count; i++) {
        tuoyu_column *column = &subject->columns[i];
        *column =
            (tuoyu_column){calloc(subject->children.rows + 1, 8), calloc(subject->children.rows / 8 + 1, 1)};
        if (!column->values || !column->validity)
            fail("no memory");
    }
}

static void fill(struct subject *subject, size_t rows)
{
    if (!fact_rows_make(&subject->children, CHILD, sizeof CHILD / sizeof *CHILD, rows, 500, SEED) ||
        !fact_rows_make(&subject->records, RECORD, sizeof RECORD / sizeof *RECORD, rows, 0, SEED + 1))
        fail("no memory");
    subject->sample = rows < SAMPLE ? rows : SAMPLE;
    for (size_t row = 0; row < subject->sample; row++) {
        must(tuoyu_case_new(subject->policy, &subject->cases[row]), "a case");
        must(tuoyu_case_new(subject->policy, &subject->record_cases[row]), "a case");
        must(fact_rows_set(&subject->children, row, subject->cases[row]), "a fact");
        must(fact_rows_set(&subject->records, row, subject->record_cases[row]), "a fact");
    }
}

static void tear_down(struct subject *subject)
{
    for (size_t row = 0; row < subject->sample; row++) {
        tuoyu_case_free(subject->cases[row]);
        tuoyu_case_free(subject->record_cases[row]);
    }
    for (size_t i = 0; i < subject->column_count; i++) {
        free(subject->columns[i].values);
        free(subject->columns[i].validity);
    }
    tuoyu_workspace_free(subject->workspace);
    tuoyu_batch_unref(subject->lean);
    tuoyu_batch_unref(subject->batch);
    fact_rows_free(&subject->children);
    fact_rows_free(&subject->records);
    tuoyu_indicator_unref(subject->indicator);
    tuoyu_pricing_unref(subject->pricing);
    tuoyu_cost_sharing_unref(subject->cost_sharing);
    tuoyu_eligibility_unref(subject->eligibility);
    tuoyu_policy_unref(subject->policy);
}

static void compare(struct subject *subject)
{
    struct bench_contender turns[] = {{.run = run_columns, .data = subject, .repeat = 1},
                                      {.run = run_workspace, .data = subject, .repeat = 1},
                                      {.run = run_cases, .data = subject, .repeat = 1}};
    bench_turns(turns, sizeof turns / sizeof *turns, BENCH_FEW_TURNS);
    const double rows = (double)subject->children.rows * 1e6,
                 cases = (double)subject->sample * 1e6 / turns[2].nanoseconds;
    bench_compare("Beilun: all four kinds of rule in columns against the interpreter",
                  rows / turns[0].nanoseconds, cases, "k children/s", BENCH_RATIO_AT_LEAST, 50);
    bench_compare("Beilun: the same in a workspace, without texts", rows / turns[1].nanoseconds, cases,
                  "k children/s", BENCH_NO_BAR, 0);
}

int main(int count, char **arguments)
{
    static struct subject subject;
    if (count < 3)
        fail("give a number of rows, and packs");
    const size_t rows = strtoul(arguments[1], NULL, 10);
    load(&subject, arguments + 2, (size_t)count - 2);
    fill(&subject, rows);
    check(&subject);
    check_tallies(&subject);
    prepare(&subject);
    compare(&subject);
    tear_down(&subject);
    return EXIT_SUCCESS;
}
