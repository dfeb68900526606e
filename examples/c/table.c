/* SPDX-License-Identifier: Apache-2.0 */
/* Many children at once: plain C arrays in, columns of answers out.
 *
 *     table examples/packs/jiande/fees-and-subsidy.yaml
 *
 * Prints for each child what it may be charged, whether it is, the month's subsidy, and whether it is
 * entitled to one. */
#include "plain_columns.h"
#include "read_packs.h"

enum { CHILDREN = 6, RULES = 3 };

/* ---- The program's own data, in arrays as it has them ---- */

static const char WORDS[] = "public_institutionprivate_institutionkindergarten_nursery_class";
static const int32_t WORD_OFFSETS[] = {0, 18, 37, 63};
enum { PUBLIC = 0, PRIVATE = 1, NURSERY_CLASS = 2 };

static const int BIRTHS[CHILDREN][3] = {{2023, 8, 2}, {2023, 8, 1}, {2022, 8, 1},
                                        {2020, 9, 1}, {2023, 8, 2}, {2023, 8, 2}};
static const int8_t KINDS[CHILDREN] = {PRIVATE, PUBLIC, PRIVATE, PRIVATE, NURSERY_CLASS, PRIVATE};
static const int64_t DAYS_IN_MONTH[CHILDREN] = {15, 22, 22, 22, 22, 0};
static const uint8_t HAS_DAYS[] = {0x1f};      /* nobody wrote down the days of the last child */
static const uint8_t IS_REGISTERED[] = {0x3f}; /* all of them are */
static const int64_t FEES[CHILDREN] = {300000, 300001, 250050, 250000, 120000, 299999}; /* in fen */
static const int64_t INCOMES[CHILDREN] = {60000, 60000, 60000, 60000, 60000, 60000};    /* in yuan a year */

static tuoyu_status fill(struct plain_table *table, int32_t births[CHILDREN])
{
    tuoyu_status status = TUOYU_OK;
    for (int i = 0; i < CHILDREN && status == TUOYU_OK; i++)
        status = tuoyu_date_from_ymd(BIRTHS[i][0], BIRTHS[i][1], BIRTHS[i][2], &births[i]);
    plain_table_begin(table, CHILDREN);
    plain_add_dates(table, "child.birth_date", births, NULL);
    plain_add_booleans(table, "child.registered", IS_REGISTERED, NULL);
    plain_add_integers(table, "child.days_in_month", DAYS_IN_MONTH, HAS_DAYS);
    plain_add_words(table, "institution.kind", KINDS, WORD_OFFSETS, WORDS, 3, NULL);
    plain_add_decimals(table, "institution.monthly_fee", FEES, 2, NULL);
    plain_add_integers(table, "district.disposable_income", INCOMES, NULL);
    return status;
}

/* ---- What came back ---- */

static void print_number(const struct ArrowSchema *schema, const struct ArrowArray *array, const char *name,
                         int64_t row)
{
    int64_t index = plain_find(schema, name);
    const struct ArrowArray *column = array->children[index];
    char text[TUOYU_DECIMAL_TEXT_SIZE] = "none"; /* no value is no zero */
    tuoyu_decimal number;
    if (plain_has_value(column, row) &&
        tuoyu_decimal_from_int64(plain_integer(column, row), plain_decimals(schema->children[index]),
                                 &number) == TUOYU_OK)
        tuoyu_decimal_to_text(&number, text);
    printf("%-8s", text);
}

static void print_word(const struct ArrowSchema *schema, const struct ArrowArray *array, const char *name,
                       int64_t row)
{
    int length = 0;
    const char *word = plain_word(array->children[plain_find(schema, name)], row, &length);
    printf("%-15.*s", length, word);
}

static void print_texts(const struct ArrowSchema *schema, const struct ArrowArray *array, const char *name,
                        int64_t row)
{
    const struct ArrowArray *column = array->children[plain_find(schema, name)];
    int length = 0;
    const char *text = plain_has_value(column, row) ? plain_text(column, row, &length) : "";
    printf("%.*s", length, text);
}

static void print_answers(const struct ArrowSchema *schema, const struct ArrowArray *array)
{
    const struct ArrowArray *complies =
        array->children[plain_find(schema, "fee_ceiling_by_monthly_income.complies")];
    printf("ceiling complies subsidy outcome        entitled       missing\n");
    for (int64_t row = 0; row < array->length; row++) {
        print_number(schema, array, "fee_ceiling_by_monthly_income.amount", row);
        printf("%-9s", !plain_has_value(complies, row) ? "unknown"
                       : plain_boolean(complies, row)  ? "yes"
                                                       : "no");
        print_number(schema, array, "child_month_subsidy.amount", row);
        print_word(schema, array, "child_month_subsidy.outcome", row);
        print_word(schema, array, "subsidy_entitled.decision", row);
        print_texts(schema, array, "child_month_subsidy.missing", row);
        printf("\n");
    }
}

/* ---- The run ---- */

static tuoyu_status make_batch(tuoyu_policy *policy, tuoyu_batch **out, tuoyu_diagnostics *diagnostics)
{
    static const char *const NAMES[RULES] = {"fee_ceiling_by_monthly_income", "child_month_subsidy",
                                             "subsidy_entitled"};
    tuoyu_batch_options options;
    int32_t as_of = 0;
    memset(&options, 0, sizeof options);
    options.size = sizeof options;
    options.numbers = TUOYU_NUMBERS_INTEGER;
    tuoyu_status status = tuoyu_date_from_ymd(2024, 9, 1, &as_of);
    if (status == TUOYU_OK)
        status = tuoyu_batch_new(policy, NAMES, NULL, RULES, as_of, &options, out, diagnostics);
    return status;
}

int main(int argc, char **argv)
{
    static struct plain_table table; /* too large for some stacks */
    struct ArrowSchema schema;
    struct ArrowArray answers;
    int32_t births[CHILDREN];
    tuoyu_diagnostics *diagnostics = NULL;
    tuoyu_policy *policy = NULL;
    tuoyu_batch *batch = NULL;
    memset(&schema, 0, sizeof schema);
    memset(&answers, 0, sizeof answers);
    tuoyu_status status = tuoyu_diagnostics_new(NULL, &diagnostics);
    if (status == TUOYU_OK)
        status = load_packs(argv + 1, (size_t)argc - 1, &policy, diagnostics);
    if (status == TUOYU_OK)
        status = make_batch(policy, &batch, diagnostics);
    if (status == TUOYU_OK)
        status = fill(&table, births);
    if (status == TUOYU_OK)
        status = tuoyu_batch_schema(batch, &schema);
    if (status == TUOYU_OK)
        status = tuoyu_batch_run(batch, &table.schema, &table.array, 0, -1, NULL, &answers, diagnostics);
    if (status == TUOYU_OK)
        print_answers(&schema, &answers);
    int code = status == TUOYU_OK ? 0 : fail("table", status, diagnostics);
    if (answers.release)
        answers.release(&answers);
    if (schema.release)
        schema.release(&schema);
    tuoyu_batch_unref(batch);
    tuoyu_policy_unref(policy);
    tuoyu_diagnostics_free(diagnostics);
    return code;
}
