/* SPDX-License-Identifier: Apache-2.0 */
/* Tables into tallies: bytes are those of adding each row as a case, whatever the columns are, however they
 * are cut into ranges and threads, and with cells that are missing and wrong. */
#include "tally_fixture.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tally/tally.h"

enum { FACTS = 9, TEXT_SIZE = 40, WORDS = 16 };

/* How a fact stands in a table: as text, and as what. */
enum layout { AS_BOOLEAN, AS_INT16, AS_INT64, AS_DECIMAL, AS_DATE, AS_WORDS, AS_WIDE_WORDS, AS_TEXT };

struct test_fact {
    const char *name;
    enum layout layout;
    const char *cells[12]; /* "" is missing; NULL ends them */
    const char *wrong[4];  /* likewise */
};

static const struct test_fact TABLE[FACTS] = {
    {"kind", AS_WORDS, {"public", "private", "employer", "", NULL}, {"pubic", "null", NULL}},
    {"open", AS_BOOLEAN, {"true", "true", "false", "", NULL}, {NULL}},
    {"places", AS_INT16, {"0", "7", "20", "21", "499", "500", "", NULL}, {"501", "-1", NULL}},
    {"fee",
     AS_DECIMAL,
     {"0", "-100000", "100000", "3999.99", "1000.1", "0.01", "", "500", "77.77", NULL},
     {"100000.01", "0.001", NULL}},
    {"share", AS_INT64, {"12", "100", "-3", "999999999999", "", NULL}, {NULL}},
    {"opened", AS_DATE, {"2024-05-31", "2024-06-01", "2025-01-01", "", NULL}, {NULL}},
    {"name", AS_TEXT, {"小园", "a b", "𠮷", "x", "", NULL}, {NULL}},
    {"subdistrict",
     AS_WIDE_WORDS,
     {"小港街道", "新碶街道", "大碶街道", "A", "B", "F", "null", "", NULL},
     {NULL}},
    {"district", AS_WORDS, {"north", "south", "", NULL}, {"east", NULL}},
};

static tuoyu_policy *policy;

/* With the word `promises` all that is said here of tallies and tables is held to promises, too. */
static bool has_promises;

static int load_pack(void **state)
{
    (void)state;
    policy = load_tally_pack(has_promises);
    return 0;
}

static int unload(void **state)
{
    (void)state;
    tuoyu_policy_unref(policy);
    return 0;
}

/* ---- Cells ---- */

static const char *cell_of(size_t fact, int64_t row, uint64_t seed, bool has_wrong)
{
    uint64_t state = seed + (uint64_t)row * FACTS + fact;
    size_t count = 0, wrong = 0;
    while (TABLE[fact].cells[count])
        count++;
    while (TABLE[fact].wrong[wrong])
        wrong++;
    if (has_wrong && wrong && random_below(&state, 10) == 0)
        return TABLE[fact].wrong[random_below(&state, (uint32_t)wrong)];
    return TABLE[fact].cells[random_below(&state, (uint32_t)count)];
}

/* ---- Tables: all memory in one list ---- */

struct test_table {
    struct ArrowSchema schema, columns[FACTS], words_schemas[FACTS], *schema_pointers[FACTS];
    struct ArrowArray array, arrays[FACTS], words[FACTS], *array_pointers[FACTS];
    const void *no_buffers[1], *buffers[FACTS][3], *words_buffers[FACTS][3];
    void *blocks[100];
    size_t block_count;
    uint64_t seed;
    bool has_wrong, is_text;
};

static void release_schema(struct ArrowSchema *schema)
{
    schema->release = NULL;
}
static void release_array(struct ArrowArray *array)
{
    array->release = NULL;
}

static void *take(struct test_table *table, size_t size)
{
    return table->blocks[table->block_count++] = calloc(1, size + 16);
}

/* Offsets and bytes of texts. */
static void fill_texts(struct test_table *table, const void **buffers, const char *const *texts,
                       int64_t count)
{
    int32_t *offsets = take(table, (size_t)(count + 1) * sizeof *offsets);
    char *bytes = take(table, (size_t)count * TEXT_SIZE);
    for (int64_t i = 0; i < count; i++) {
        size_t length = strlen(texts[i]);
        memcpy(bytes + offsets[i], texts[i], length);
        offsets[i + 1] = offsets[i] + (int32_t)length;
    }
    buffers[1] = offsets;
    buffers[2] = bytes;
}

/* Words of the fact: all its cells, wrong ones too; the code of each is its place. */
static size_t list_words(size_t fact, const char *words[WORDS])
{
    size_t count = 0;
    for (size_t i = 0; TABLE[fact].cells[i]; i++)
        words[count++] = TABLE[fact].cells[i];
    for (size_t i = 0; TABLE[fact].wrong[i]; i++)
        words[count++] = TABLE[fact].wrong[i];
    return count;
}

static int64_t code_of(const char *const *words, size_t count, const char *cell)
{
    for (size_t i = 0; i < count; i++)
        if (strcmp(words[i], cell) == 0)
            return (int64_t)i;
    return -1;
}

static void put_value(enum layout layout, void *values, int64_t row, const char *cell, int64_t code)
{
    int32_t date = 0;
    tuoyu_decimal number = {{0, 0}};
    int64_t integer = 0;
    switch (layout) {
    case AS_BOOLEAN:
        if (cell[0] == 't')
            ((uint8_t *)values)[row / 8] |= (uint8_t)(1u << row % 8);
        break;
    case AS_INT16: ((int16_t *)values)[row] = (int16_t)atoi(cell); break;
    case AS_INT64: ((int64_t *)values)[row] = atoll(cell); break;
    case AS_DATE:
        assert_int_equal(tuoyu_date_from_text(cell, strlen(cell), &date), TUOYU_OK);
        ((int32_t *)values)[row] = date;
        break;
    case AS_DECIMAL:
        assert_int_equal(tuoyu_decimal_from_text(cell, strlen(cell), &number), TUOYU_OK);
        assert_int_equal(tuoyu_decimal_to_int64(&number, 3, &integer), TUOYU_OK);
        ((int64_t *)values)[2 * row] = integer;
        ((int64_t *)values)[2 * row + 1] = integer < 0 ? -1 : 0;
        break;
    case AS_WORDS: ((int8_t *)values)[row] = (int8_t)code; break;
    default: ((int32_t *)values)[row] = (int32_t)code; break;
    }
}

static void fill_column(struct test_table *table, size_t fact, int64_t rows, enum layout layout)
{
    static const size_t WIDTHS[] = {1, 2, 8, 16, 4, 1, 4};
    const char *words[WORDS];
    size_t word_count = list_words(fact, words);
    uint8_t *validity = take(table, (size_t)rows / 8 + 1);
    const char **texts = take(table, (size_t)rows * sizeof *texts);
    void *values = layout == AS_TEXT ? NULL : take(table, (size_t)rows * WIDTHS[layout]);
    for (int64_t row = 0; row < rows; row++) {
        texts[row] = cell_of(fact, row, table->seed, table->has_wrong);
        if (!*texts[row] && layout != AS_TEXT)
            continue;
        validity[row / 8] |= (uint8_t)(1u << row % 8);
        if (values)
            put_value(layout, values, row, texts[row], code_of(words, word_count, texts[row]));
    }
    table->buffers[fact][0] = validity;
    table->buffers[fact][1] = values;
    if (layout == AS_TEXT)
        fill_texts(table, table->buffers[fact], texts, rows);
    if (layout == AS_WORDS || layout == AS_WIDE_WORDS) {
        fill_texts(table, table->words_buffers[fact], words, (int64_t)word_count);
        table->words[fact] = (struct ArrowArray){.length = (int64_t)word_count,
                                                 .n_buffers = 3,
                                                 .buffers = table->words_buffers[fact],
                                                 .release = release_array};
        table->words_schemas[fact] =
            (struct ArrowSchema){.format = "u", .name = "", .release = release_schema};
    }
}

static struct test_table *make_table(uint64_t seed, int64_t rows, bool has_wrong, bool is_text)
{
    static const char *const FORMATS[] = {"b", "s", "l", "d:38,3", "tdD", "c", "i", "u"};
    struct test_table *table = calloc(1, sizeof *table);
    *table = (struct test_table){.seed = seed, .has_wrong = has_wrong, .is_text = is_text};
    for (size_t i = 0; i < FACTS; i++) {
        enum layout layout = is_text ? AS_TEXT : TABLE[i].layout;
        bool has_words = layout == AS_WORDS || layout == AS_WIDE_WORDS;
        fill_column(table, i, rows, layout);
        table->columns[i] = (struct ArrowSchema){.format = FORMATS[layout],
                                                 .name = TABLE[i].name,
                                                 .flags = ARROW_FLAG_NULLABLE,
                                                 .release = release_schema,
                                                 .dictionary = has_words ? &table->words_schemas[i] : NULL};
        table->arrays[i] = (struct ArrowArray){.length = rows,
                                               .null_count = -1,
                                               .n_buffers = layout == AS_TEXT ? 3 : 2,
                                               .buffers = table->buffers[i],
                                               .release = release_array,
                                               .dictionary = has_words ? &table->words[i] : NULL};
        table->schema_pointers[i] = &table->columns[i];
        table->array_pointers[i] = &table->arrays[i];
    }
    table->schema = (struct ArrowSchema){.format = "+s",
                                         .name = "",
                                         .n_children = FACTS,
                                         .children = table->schema_pointers,
                                         .release = release_schema};
    table->array = (struct ArrowArray){.length = rows,
                                       .n_buffers = 1,
                                       .buffers = table->no_buffers,
                                       .n_children = FACTS,
                                       .children = table->array_pointers,
                                       .release = release_array};
    return table;
}

static void free_table(struct test_table *table)
{
    for (size_t i = 0; i < table->block_count; i++)
        free(table->blocks[i]);
    free(table);
}

/* ---- The same, row by row ---- */

/* Whether rows are computed with the fact. */
static bool reads(const tuoyu_tally *tally, const char *name)
{
    return tally->reads[layering_find_fact(tally->policy->layering, text_of(name, TUOYU_NUL_TERMINATED))];
}

/* *wrong counts rows with something wrong. */
static void add_by_cells(tuoyu_tally *tally, const struct test_table *table, int64_t first, int64_t rows,
                         bool is_digested, int64_t *wrong)
{
    tuoyu_case *facts = NULL;
    assert_int_equal(tuoyu_case_new(policy, &facts), TUOYU_OK);
    for (int64_t row = first; row < first + rows; row++) {
        char name[40];
        bool is_wrong = false, is_wrong_for_tally = false;
        tuoyu_case_clear(facts);
        for (size_t i = 0; i < FACTS; i++) {
            const char *cell = cell_of(i, row, table->seed, table->has_wrong);
            snprintf(name, sizeof name, "institution.%s", TABLE[i].name);
            bool is_refused = *cell && tuoyu_case_set_text(facts, name, TUOYU_NUL_TERMINATED, cell,
                                                           TUOYU_NUL_TERMINATED, NULL) != TUOYU_OK;
            is_wrong |= is_refused;
            is_wrong_for_tally |= is_refused && reads(tally, name);
        }
        is_wrong |= tally_add_row(tally, TEXT("institution"), facts, is_digested, is_wrong_for_tally, NULL) !=
                    TUOYU_OK;
        *wrong += is_wrong;
    }
    tuoyu_case_free(facts);
}

static tuoyu_status add_table(tuoyu_tally *tally, const struct test_table *table, int64_t first,
                              int64_t count, tuoyu_tally_table_options *options)
{
    return tuoyu_tally_add_table(tally, "institution", 11, &table->schema, &table->array, first, count,
                                 options, NULL);
}

static void check_table(const char *indicator, const struct test_table *table, int64_t rows, int64_t cut)
{
    tuoyu_tally *by_table = new_tally(policy, indicator), *by_cells = new_tally(policy, indicator);
    tuoyu_tally_table_options options = {.size = sizeof options};
    int64_t wrong = 0;
    add_by_cells(by_cells, table, 0, rows, false, &wrong);
    assert_int_equal(add_table(by_table, table, 0, cut, &options), TUOYU_OK);
    assert_int_equal(options.rows, cut);
    assert_int_equal(add_table(by_table, table, cut, -1, &options), TUOYU_OK);
    assert_int_equal(options.rows, rows);     /* counts go on */
    assert_true(options.error_rows <= wrong); /* cells that are not read are not looked at */
    assert_true(options.error_rows <= options.fallback_rows);
    assert_same_bytes(by_table, by_cells);
    assert_same_measures(by_table, by_cells);
    tuoyu_tally_free(by_table);
    tuoyu_tally_free(by_cells);
}

static void tables_are_their_rows(void **state)
{
    (void)state;
    static const int64_t ROWS[] = {0, 1, 7, 8, 9, 300, 1023, 1025, 2100};
    for (size_t size = 0; size < sizeof ROWS / sizeof *ROWS; size++)
        for (int variant = 0; variant < 4; variant++) {
            struct test_table *table =
                make_table(1000 * size + (uint64_t)variant, ROWS[size], variant & 1, variant & 2);
            for (size_t i = 0; TALLY_INDICATORS[i]; i++)
                check_table(TALLY_INDICATORS[i], table, ROWS[size], ROWS[size] * (int64_t)i / 16);
            free_table(table);
        }
}

/* What columns can hold goes through the block machine. */
static void most_rows_are_typed(void **state)
{
    (void)state;
    static const char *const TYPED[] = {"open_count", "open_rate", "places_sum", "fee_sum",  "fee_mean",
                                        "fee_min",    "fee_max",   "kinds",      "per_head", "coverage"};
    struct test_table *table = make_table(1, 1000, false, false);
    for (size_t i = 0; i < sizeof TYPED / sizeof *TYPED; i++) {
        tuoyu_tally *tally = new_tally(policy, TYPED[i]);
        tuoyu_tally_table_options options = {.size = sizeof options};
        assert_int_equal(add_table(tally, table, 0, -1, &options), TUOYU_OK);
        assert_int_equal(options.rows, 1000);
        if (options.fallback_rows > 150)
            fail_msg("%s: %d rows by the interpreter", TYPED[i], (int)options.fallback_rows);
        tuoyu_tally_free(tally);
    }
    free_table(table);
}

static void digests_on_demand(void **state)
{
    (void)state;
    struct test_table *table = make_table(3, 120, true, false);
    tuoyu_tally *by_table = new_tally(policy, "fee_sum"), *by_cells = new_tally(policy, "fee_sum");
    tuoyu_tally_table_options options = {.size = sizeof options, .digests_rows = 1};
    int64_t wrong = 0;
    add_by_cells(by_cells, table, 0, 120, true, &wrong);
    assert_int_equal(add_table(by_table, table, 0, -1, &options), TUOYU_OK);
    assert_int_equal(options.error_rows, wrong); /* all cells were looked at */
    tuoyu_tally *checked = new_tally(policy, "fee_sum");
    options = (tuoyu_tally_table_options){.size = sizeof options, .validate = TUOYU_VALIDATE_ALL};
    assert_int_equal(add_table(checked, table, 0, -1, &options), TUOYU_OK);
    assert_int_equal(options.error_rows, wrong);
    tuoyu_tally_free(checked);
    assert_same_measures(by_table, by_cells);
    assert_same_bytes(by_table, by_cells);
    assert_int_equal(add_table(by_table, table, 0, 1, NULL), TUOYU_OK);
    char *receipts = measures_of(by_table, true);
    assert_non_null(strstr(receipts, "\"sha256\":null},\"outputs\""));
    free(receipts);
    tuoyu_tally_free(by_table);
    tuoyu_tally_free(by_cells);
    free_table(table);
}

/* ---- Threads ---- */

struct thread {
    pthread_t thread;
    tuoyu_tally *tally;
    const struct test_table *table;
    int64_t first, count;
    tuoyu_status status;
};

static void *run_thread(void *context)
{
    struct thread *thread = context;
    thread->status = add_table(thread->tally, thread->table, thread->first, thread->count, NULL);
    return NULL;
}

static void threads_merge(void **state)
{
    (void)state;
    enum { THREADS = 4, ROWS = 2000 };
    struct test_table *table = make_table(11, ROWS, true, false);
    for (size_t i = 0; TALLY_INDICATORS[i]; i++) {
        struct thread threads[THREADS];
        tuoyu_tally *whole = new_tally(policy, TALLY_INDICATORS[i]);
        assert_int_equal(add_table(whole, table, 0, -1, NULL), TUOYU_OK);
        for (int j = 0; j < THREADS; j++) {
            threads[j] = (struct thread){.tally = new_tally(policy, TALLY_INDICATORS[i]),
                                         .table = table,
                                         .first = j * ROWS / THREADS,
                                         .count = ROWS / THREADS};
            assert_int_equal(pthread_create(&threads[j].thread, NULL, run_thread, &threads[j]), 0);
        }
        for (int j = 0; j < THREADS; j++) {
            pthread_join(threads[j].thread, NULL);
            assert_int_equal(threads[j].status, TUOYU_OK);
            if (j)
                assert_int_equal(tuoyu_tally_merge(threads[0].tally, threads[j].tally, NULL), TUOYU_OK);
        }
        assert_same_bytes(threads[0].tally, whole);
        for (int j = 0; j < THREADS; j++)
            tuoyu_tally_free(threads[j].tally);
        tuoyu_tally_free(whole);
    }
    free_table(table);
}

/* ---- What is told ---- */

static int32_t count_bad(void *context, int64_t row, const tuoyu_diagnostics *findings)
{
    int64_t *bad = context;
    assert_true(row >= 0 && tuoyu_diagnostics_count(findings) > 0);
    return ++*bad == 3;
}

static int32_t stop_late(void *context, int64_t rows)
{
    *(int64_t *)context = rows;
    return rows >= 2000;
}

static void findings_and_stops(void **state)
{
    (void)state;
    struct test_table *table = make_table(21, 3000, true, true);
    tuoyu_tally *tally = new_tally(policy, "fee_sum");
    tuoyu_diagnostics *diagnostics = NULL;
    tuoyu_diagnostic finding;
    int64_t seen = 0;
    tuoyu_tally_table_options options = {.size = sizeof options, .bad_row = count_bad, .context = &seen};
    assert_int_equal(tuoyu_diagnostics_new(NULL, &diagnostics), TUOYU_OK);
    assert_int_equal(add_table(tally, table, 0, -1, &options), TUOYU_ERROR_CANCELLED);
    assert_int_equal(seen, 3);
    assert_int_equal(options.error_rows, 3);
    options = (tuoyu_tally_table_options){.size = sizeof options, .progress = stop_late, .context = &seen};
    assert_int_equal(add_table(tally, table, 0, -1, &options), TUOYU_ERROR_CANCELLED);
    assert_int_equal(options.rows, seen);
    assert_true(seen >= 2000 && seen < 3000);
    options = (tuoyu_tally_table_options){.size = sizeof options};
    assert_int_equal(tuoyu_tally_add_table(tally, "institution", 11, &table->schema, &table->array, 0, 40,
                                           &options, diagnostics),
                     TUOYU_OK);
    assert_true(options.error_rows > 0);
    assert_int_equal(tuoyu_diagnostics_get(diagnostics, 0, &finding), TUOYU_OK);
    assert_non_null(strstr(finding.message, " of `institution`: 'institution."));
    tuoyu_diagnostics_free(diagnostics);
    tuoyu_tally_free(tally);
    free_table(table);
}

static void refused(void **state)
{
    (void)state;
    struct test_table *table = make_table(2, 5, false, true);
    tuoyu_tally *tally = new_tally(policy, "fee_sum"), *empty = new_tally(policy, "fee_sum");
    tuoyu_tally_table_options options = {.size = sizeof options};
    assert_int_equal(add_table(NULL, table, 0, -1, NULL), TUOYU_ERROR_INVALID_ARGUMENT);
    assert_int_equal(tuoyu_tally_add_table(tally, NULL, 0, &table->schema, &table->array, 0, -1, NULL, NULL),
                     TUOYU_ERROR_INVALID_ARGUMENT);
    assert_int_equal(tuoyu_tally_add_table(tally, "institution", 11, NULL, &table->array, 0, -1, NULL, NULL),
                     TUOYU_ERROR_INVALID_ARGUMENT);
    assert_int_equal(tuoyu_tally_add_table(tally, "institution", 11, &table->schema, NULL, 0, -1, NULL, NULL),
                     TUOYU_ERROR_INVALID_ARGUMENT);
    assert_int_equal(add_table(tally, table, 6, -1, NULL), TUOYU_ERROR_INVALID_ARGUMENT);
    assert_int_equal(add_table(tally, table, 0, 6, NULL), TUOYU_ERROR_INVALID_ARGUMENT);
    assert_int_equal(add_table(tally, table, -1, 1, NULL), TUOYU_ERROR_INVALID_ARGUMENT);
    assert_int_equal(add_table(tally, table, 0, -2, NULL), TUOYU_ERROR_INVALID_ARGUMENT);
    options.size = 4;
    assert_int_equal(add_table(tally, table, 0, -1, &options), TUOYU_ERROR_OPTION_SIZE);
    table->columns[3].name = "feee";
    assert_int_equal(add_table(tally, table, 0, -1, NULL), TUOYU_ERROR_FACT_UNKNOWN);
    table->columns[3].name = "institution.open"; /* the full name of another column's */
    assert_int_equal(add_table(tally, table, 0, -1, NULL), TUOYU_ERROR_DUPLICATE);
    table->columns[3].name = "fee";
    table->columns[3].format = "g";
    assert_int_not_equal(add_table(tally, table, 0, -1, NULL), TUOYU_OK);
    table->columns[3].format = "u";
    table->arrays[3].length = 4;
    assert_int_equal(add_table(tally, table, 0, -1, NULL), TUOYU_ERROR_INVALID_ARGUMENT);
    table->arrays[3].length = 5;
    table->schema.n_children = FACTS - 1;
    assert_int_equal(add_table(tally, table, 0, 0, NULL), TUOYU_ERROR_INVALID_ARGUMENT);
    table->schema.n_children = FACTS;
    table->schema_pointers[2] = NULL;
    assert_int_equal(add_table(tally, table, 0, -1, NULL), TUOYU_ERROR_INVALID_ARGUMENT);
    table->schema_pointers[2] = &table->columns[2];
    assert_same_bytes(tally, empty); /* nothing was added */
    assert_int_equal(
        tuoyu_tally_add_table(tally, "staff", 5, &table->schema, &table->array, 0, -1, NULL, NULL),
        TUOYU_OK); /* not looked at */
    assert_same_bytes(tally, empty);
    assert_int_equal(add_table(tally, table, 0, -1, NULL), TUOYU_OK);
    tuoyu_tally_free(tally);
    tuoyu_tally_free(empty);
    free_table(table);
}

/* ---- Refused memory ---- */

struct refusal {
    size_t calls, refused; /* calls so far; the one that is refused, and with it all later ones; 0: none */
};

static void *refusing(void *context, void *pointer, size_t old_size, size_t new_size)
{
    struct refusal *refusal = context;
    (void)old_size;
    if (new_size == 0) {
        free(pointer);
        return NULL;
    }
    if (++refusal->calls >= refusal->refused && refusal->refused)
        return NULL;
    return realloc(pointer, new_size);
}

/* Every allocation of a table's way is refused once: the call says so, and a tally that took in a part is of
 * no more use. */
static void refused_memory(void **state)
{
    (void)state;
    static const char *const NAMES[] = {"open_rate", "kinds", "coverage", "names"};
    char *text = source_file("tests/rules/packs/tally.yaml");
    struct test_table *table = make_table(5, 60, true, false);
    struct refusal refusal = {0};
    tuoyu_allocator allocator = {.reallocate = refusing, .context = &refusal};
    tuoyu_load_options options = {.size = sizeof options, .allocator = &allocator};
    tuoyu_pack_text pack = {.name = "tally", .name_length = 5, .text = text, .text_length = strlen(text)};
    tuoyu_policy *own = NULL;
    assert_int_equal(tuoyu_policy_load(&pack, 1, &options, &own, NULL), TUOYU_OK);
    for (size_t i = 0; i < sizeof NAMES / sizeof *NAMES; i++) {
        tuoyu_status status = TUOYU_ERROR_NO_MEMORY;
        for (size_t refused_call = 1; status != TUOYU_OK; refused_call++) {
            tuoyu_tally *tally = new_tally(own, NAMES[i]);
            tuoyu_measure *measure = NULL;
            tuoyu_text *bytes = NULL;
            refusal = (struct refusal){.refused = refused_call};
            status = add_table(tally, table, 0, -1, NULL);
            refusal = (struct refusal){.refused = 0};
            if (status != TUOYU_OK)
                assert_int_equal(status, TUOYU_ERROR_NO_MEMORY);
            tuoyu_status later = tuoyu_tally_measure(tally, NULL, 0, NULL, 0, &measure, NULL);
            assert_true(later == TUOYU_OK || later == TUOYU_ERROR_NO_MEMORY);
            assert_int_equal(tuoyu_tally_to_bytes(tally, &bytes, NULL), later);
            tuoyu_text_free(bytes);
            tuoyu_measure_free(measure);
            tuoyu_tally_free(tally);
            assert_true(refused_call < 5000);
        }
    }
    tuoyu_policy_unref(own);
    free_table(table);
    free(text);
}

int main(int count, char **arguments)
{
    has_promises = count > 1 && strcmp(arguments[1], "promises") == 0;
    const struct CMUnitTest held[] = {cmocka_unit_test(tables_are_their_rows),
                                      cmocka_unit_test(digests_on_demand), cmocka_unit_test(threads_merge)};
    const struct CMUnitTest tests[] = {cmocka_unit_test(refused_memory),
                                       cmocka_unit_test(tables_are_their_rows),
                                       cmocka_unit_test(most_rows_are_typed),
                                       cmocka_unit_test(digests_on_demand),
                                       cmocka_unit_test(threads_merge),
                                       cmocka_unit_test(findings_and_stops),
                                       cmocka_unit_test(refused)};
    if (has_promises)
        return cmocka_run_group_tests(held, load_pack, unload);
    return cmocka_run_group_tests(tests, load_pack, unload);
}
