/* SPDX-License-Identifier: Apache-2.0 */
/* The memory of answers, which a batch keeps for its next runs: an answer in used memory is the same, bit
 * for bit; what is in use is never written to again; nothing is lost, whoever goes first; and nothing is
 * kept without bound. */
#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

#include "../rules/policy_fixture.h"
#include "arrow/arrow_import.h"
#include "base/block_pool.h"

enum {
    FACTS = 2,
    RULES = 2,
    MOST_ROWS = 150000,
    LARGE_ROWS = 140000,
    HEADER = 16,
    THREADS = 8,
    COLUMN_BYTES = 256 << 10 /* columns of so many rows have more, and nothing else has */
};

static const char *const RULE_NAMES[RULES] = {"ceiling", "shares"};

/* ---- Memory that knows its sizes, counts what is asked for, and can refuse ---- */

struct ledger {
    atomic_size_t bytes, blocks, calls, large_calls;
    atomic_size_t most; /* bytes at any time */
    size_t refused;     /* the allocation of this number; 0: none */
};

static void *ledger_reallocate(void *context, void *pointer, size_t old_size, size_t new_size)
{
    struct ledger *ledger = context;
    size_t *block = pointer ? (size_t *)(void *)((char *)pointer - HEADER) : NULL;
    if (block ? *block != old_size : old_size != 0)
        abort();
    if (new_size == 0) {
        atomic_fetch_sub(&ledger->bytes, old_size);
        atomic_fetch_sub(&ledger->blocks, pointer != NULL);
        if (block)
            memset(block, 0xdd, HEADER + old_size);
        free(block);
        return NULL;
    }
    if (atomic_fetch_add(&ledger->calls, 1) + 1 == ledger->refused)
        return NULL;
    size_t *made = realloc(block, HEADER + new_size);
    assert_non_null(made);
    if (!block)
        memset((char *)made + HEADER, 0xa5, new_size); /* fresh memory holds anything */
    *made = new_size;
    size_t bytes = atomic_fetch_add(&ledger->bytes, new_size - old_size) + new_size - old_size;
    if (bytes > ledger->most)
        ledger->most = bytes;
    atomic_fetch_add(&ledger->blocks, !pointer);
    atomic_fetch_add(&ledger->large_calls, new_size >= COLUMN_BYTES);
    return (char *)made + HEADER;
}

static tuoyu_policy *load_text_with(struct ledger *ledger, const char *text)
{
    tuoyu_allocator allocator = {.reallocate = ledger_reallocate, .context = ledger};
    tuoyu_pack_text pack = {.name = "city", .name_length = 4, .text = text, .text_length = strlen(text)};
    tuoyu_load_options options = {.size = sizeof options, .allocator = &allocator};
    tuoyu_policy *policy;
    assert_int_equal(tuoyu_policy_load(&pack, 1, &options, &policy, NULL), TUOYU_OK);
    return policy;
}

static tuoyu_policy *load_with(struct ledger *ledger)
{
    char *text = source_file("tests/arrow/city_of_tables.yaml");
    tuoyu_policy *policy = load_text_with(ledger, text);
    free(text);
    return policy;
}

static tuoyu_batch *batch_of(tuoyu_policy *policy)
{
    tuoyu_batch *batch;
    assert_int_equal(tuoyu_batch_new(policy, RULE_NAMES, NULL, RULES, day("2025-01-01"), NULL, &batch, NULL),
                     TUOYU_OK);
    return batch;
}

/* ---- Tables: the first rows of columns that are there once ---- */

static int64_t fees[MOST_ROWS], shares[MOST_ROWS];
static uint8_t validity[FACTS][(MOST_ROWS + 7) / 8];

struct input {
    const void *buffers[FACTS][2], *table_buffers[1];
    struct ArrowSchema schemas[FACTS], schema, *schema_pointers[FACTS];
    struct ArrowArray arrays[FACTS], array, *array_pointers[FACTS];
};

static void keep_schema(struct ArrowSchema *schema)
{
    schema->release = NULL;
}
static void keep_array(struct ArrowArray *array)
{
    array->release = NULL;
}

/* One row in ten lacks something, one in ten thousand is an error. */
static int fill_columns(void **state)
{
    (void)state;
    uint32_t random = 3;
    for (int64_t row = 0; row < MOST_ROWS; row++) {
        random = random * 1664525u + 1013904223u;
        fees[row] = (random >> 8) % 10000 == 0 ? -1 : (int64_t)(random >> 8) % 9000;
        shares[row] = (random >> 12) % 101;
        for (size_t i = 0; i < FACTS; i++)
            if ((random >> (12 + i)) % 30 != 0)
                validity[i][row / 8] |= (uint8_t)(1u << row % 8);
    }
    return 0;
}

static void make_input(struct input *input, int64_t first, int64_t rows)
{
    static const char *const NAMES[FACTS] = {"child.fee", "child.share"};
    static const char *const FORMATS[FACTS] = {"l", "l"};
    const void *const values[FACTS] = {fees, shares};
    for (size_t i = 0; i < FACTS; i++) {
        input->buffers[i][0] = validity[i];
        input->buffers[i][1] = values[i];
        input->schemas[i] =
            (struct ArrowSchema){.format = FORMATS[i], .name = NAMES[i], .release = keep_schema};
        input->arrays[i] = (struct ArrowArray){.length = rows,
                                               .offset = first,
                                               .null_count = -1,
                                               .n_buffers = 2,
                                               .buffers = input->buffers[i],
                                               .release = keep_array};
        input->schema_pointers[i] = &input->schemas[i];
        input->array_pointers[i] = &input->arrays[i];
    }
    input->table_buffers[0] = NULL;
    input->schema = (struct ArrowSchema){
        .format = "+s", .n_children = FACTS, .children = input->schema_pointers, .release = keep_schema};
    input->array = (struct ArrowArray){.length = rows,
                                       .n_buffers = 1,
                                       .buffers = input->table_buffers,
                                       .n_children = FACTS,
                                       .children = input->array_pointers,
                                       .release = keep_array};
}

static struct ArrowArray answer(const tuoyu_batch *batch, int64_t first, int64_t rows)
{
    struct input input;
    struct ArrowArray out;
    make_input(&input, first, rows);
    assert_int_equal(tuoyu_batch_run(batch, &input.schema, &input.array, 0, -1, NULL, &out, NULL), TUOYU_OK);
    return out;
}

/* ---- Comparing, bit for bit ---- */

static size_t bytes_of_values(const char *format, const struct ArrowArray *array)
{
    size_t rows = (size_t)array->length;
    switch (*format) {
    case 'b': return (rows + 7) / 8;
    case 'd': return rows * 16;
    case 'u': return (rows + 1) * 4;
    default: return rows;
    }
}

static bool is_same_column(const struct ArrowSchema *schema, const struct ArrowArray *left,
                           const struct ArrowArray *right)
{
    size_t bytes = bytes_of_values(schema->format, left), bits = (size_t)(left->length + 7) / 8;
    if (left->length != right->length || left->null_count != right->null_count)
        return false;
    if (!left->buffers[0] != !right->buffers[0])
        return false;
    if (left->buffers[0] && memcmp(left->buffers[0], right->buffers[0], bits) != 0)
        return false;
    if (memcmp(left->buffers[1], right->buffers[1], bytes) != 0)
        return false;
    if (*schema->format != 'u')
        return true;
    int32_t end = ((const int32_t *)left->buffers[1])[left->length];
    return end == 0 || memcmp(left->buffers[2], right->buffers[2], (size_t)end) == 0;
}

static bool is_same(const tuoyu_batch *batch, const struct ArrowArray *left, const struct ArrowArray *right)
{
    struct ArrowSchema schema;
    bool same = left->n_children == right->n_children;
    assert_int_equal(tuoyu_batch_schema(batch, &schema), TUOYU_OK);
    for (int64_t i = 0; i < left->n_children; i++)
        same &= is_same_column(schema.children[i], left->children[i], right->children[i]);
    schema.release(&schema);
    return same;
}

/* What a batch answers that has kept nothing. */
static struct ArrowArray fresh_answer(tuoyu_policy *policy, int64_t first, int64_t rows)
{
    tuoyu_batch *batch = batch_of(policy);
    struct ArrowArray out = answer(batch, first, rows);
    tuoyu_batch_unref(batch);
    return out;
}

/* ---- Tests ---- */

static void an_answer_in_used_memory_is_the_same(void **state)
{
    (void)state;
    static const int64_t ROWS[] = {LARGE_ROWS, LARGE_ROWS, LARGE_ROWS - 3, 40000, 0,
                                   1,          65537,      LARGE_ROWS - 1, 70001};
    struct ledger ledger = {.refused = 0};
    tuoyu_policy *policy = load_with(&ledger);
    tuoyu_batch *batch = batch_of(policy);
    for (size_t i = 0; i < sizeof ROWS / sizeof *ROWS; i++) {
        int64_t first = (int64_t)(i * 997 % 9000);
        struct ArrowArray got = answer(batch, first, ROWS[i]),
                          expected = fresh_answer(policy, first, ROWS[i]);
        assert_true(is_same(batch, &got, &expected));
        got.release(&got);
        expected.release(&expected);
    }
    tuoyu_batch_unref(batch);
    tuoyu_policy_unref(policy);
    assert_int_equal(ledger.bytes, 0);
}

static void a_later_run_asks_for_no_large_block(void **state)
{
    (void)state;
    struct ledger ledger = {.refused = 0};
    tuoyu_policy *policy = load_with(&ledger);
    tuoyu_batch *batch = batch_of(policy);
    struct ArrowArray kept = answer(batch, 0, LARGE_ROWS);
    size_t calls = 0;
    assert_true(ledger.large_calls > 5);
    for (int run = 0; run < 5; run++) {
        /* While the last one is in use, as by `a = run(…)` in a loop. */
        struct ArrowArray next = answer(batch, run, LARGE_ROWS);
        kept.release(&kept);
        kept = next;
        if (run == 1)
            calls = ledger.large_calls;
    }
    assert_int_equal(ledger.large_calls, calls);
    kept.release(&kept);
    tuoyu_batch_unref(batch);
    tuoyu_policy_unref(policy);
    assert_int_equal(ledger.bytes, 0);
}

static void what_is_in_use_is_never_written_to(void **state)
{
    (void)state;
    struct ledger ledger = {.refused = 0};
    tuoyu_policy *policy = load_with(&ledger);
    tuoyu_batch *batch = batch_of(policy);
    struct ArrowArray first = answer(batch, 0, LARGE_ROWS), expected = fresh_answer(policy, 0, LARGE_ROWS),
                      column;
    struct ArrowSchema schema;
    assert_int_equal(tuoyu_batch_schema(batch, &schema), TUOYU_OK);
    /* One column is moved out, the rest released; runs over other rows take what became free. */
    int64_t moved = first.n_children - 3;
    column = *first.children[moved];
    first.children[moved]->release = NULL;
    first.release(&first);
    for (int run = 1; run < 6; run++) {
        struct ArrowArray other = answer(batch, run * 1000, LARGE_ROWS);
        assert_true(is_same_column(schema.children[moved], &column, expected.children[moved]));
        other.release(&other);
    }
    column.release(&column);
    expected.release(&expected);
    schema.release(&schema);
    tuoyu_batch_unref(batch);
    tuoyu_policy_unref(policy);
    assert_int_equal(ledger.bytes, 0);
}

static void answers_outlive_batch_and_policy(void **state)
{
    (void)state;
    struct ledger ledger = {.refused = 0};
    tuoyu_policy *policy = load_with(&ledger);
    tuoyu_batch *batch = batch_of(policy);
    struct ArrowArray first = answer(batch, 0, LARGE_ROWS), second = answer(batch, 5, LARGE_ROWS),
                      columns[64];
    size_t count = (size_t)first.n_children;
    second.release(&second); /* is kept */
    tuoyu_policy_unref(policy);
    tuoyu_batch_unref(batch);
    for (size_t i = 0; i < count; i++) {
        columns[i] = *first.children[i];
        first.children[i]->release = NULL;
    }
    first.release(&first);
    for (size_t i = count; i-- > 0;) {
        size_t before = ledger.bytes;
        columns[i].release(&columns[i]);
        assert_true(ledger.bytes < before);
    }
    assert_int_equal(ledger.bytes, 0);
    assert_int_equal(ledger.blocks, 0);
}

static void what_is_kept_can_be_given_back(void **state)
{
    (void)state;
    struct ledger ledger = {.refused = 0};
    tuoyu_policy *policy = load_with(&ledger);
    tuoyu_batch *batch = batch_of(policy);
    size_t before = ledger.bytes;
    struct ArrowArray first = answer(batch, 0, LARGE_ROWS), second = answer(batch, 9, LARGE_ROWS);
    size_t both = ledger.bytes;
    first.release(&first);
    second.release(&second);
    assert_true(ledger.bytes > before && ledger.bytes <= both);
    tuoyu_batch_trim(batch);
    assert_int_equal(ledger.bytes, before);
    /* Of a small answer no block is kept, but what the run worked with. */
    first = answer(batch, 0, 100);
    first.release(&first);
    size_t small = ledger.bytes;
    first = answer(batch, 5, 100);
    first.release(&first);
    assert_int_equal(ledger.bytes, small);
    tuoyu_batch_trim(batch);
    assert_int_equal(ledger.bytes, before);
    tuoyu_batch_trim(NULL);
    tuoyu_batch_unref(batch);
    tuoyu_policy_unref(policy);
}

/* After one large table, many small ones. */
static void a_large_run_is_forgotten(void **state)
{
    (void)state;
    struct ledger ledger = {.refused = 0};
    tuoyu_policy *policy = load_with(&ledger);
    tuoyu_batch *batch = batch_of(policy);
    struct ArrowArray array = answer(batch, 0, 10);
    array.release(&array);
    size_t before = ledger.bytes;
    array = answer(batch, 0, LARGE_ROWS);
    array.release(&array);
    assert_true(ledger.bytes > before + LARGE_ROWS * 16);
    for (int run = 0; run < 2 * BLOCK_POOL_RUNS; run++) {
        array = answer(batch, 0, 10);
        array.release(&array);
    }
    assert_in_range(ledger.bytes, before, before + COLUMN_BYTES / 4);
    tuoyu_batch_unref(batch);
    tuoyu_policy_unref(policy);
}

/* A row for which the interpreter builds a long list is no reason to keep as much for ever. */
static void a_row_that_took_much_is_forgotten(void **state)
{
    (void)state;
    struct ledger ledger = {.refused = 0};
    char *text = pack_of("facts:\n"
                         "  child:\n"
                         "    fee: {type: money, unit: CNY/month, range: '[0..100000]'}\n"
                         "pricing:\n"
                         "  long: {title: {zh: 长, en: Long}, unit: CNY/month, cite: s,\n"
                         "         amount: 'sum(for i in 1..50000 return i) * child.fee'}\n");
    tuoyu_policy *policy = load_text_with(&ledger, text);
    tuoyu_batch *batch;
    const char *const names[] = {"long"};
    int64_t fee = 2;
    struct input input;
    struct ArrowArray out;
    assert_int_equal(tuoyu_batch_new(policy, names, NULL, 1, day("2025-01-01"), NULL, &batch, NULL),
                     TUOYU_OK);
    make_input(&input, 0, 1);
    input.schema.n_children = input.array.n_children = 1;
    input.buffers[0][0] = NULL;
    input.buffers[0][1] = &fee;
    size_t before = ledger.bytes;
    assert_int_equal(tuoyu_batch_run(batch, &input.schema, &input.array, 0, -1, NULL, &out, NULL), TUOYU_OK);
    assert_int_equal(out.children[0]->null_count, 0);
    assert_true(ledger.most > before + (3 << 20));
    out.release(&out);
    /* The evaluation that the policy keeps for the next case holds at most 1 MiB of values, beside its fixed
     * part. */
    assert_in_range(ledger.bytes, before, before + (1 << 20) + (1 << 18));
    tuoyu_batch_unref(batch);
    tuoyu_policy_unref(policy);
    free(text);
}

/* Each allocation of a run in turn, with a batch that has kept nothing and one that has. */
static void refused_memory_loses_nothing(void **state)
{
    (void)state;
    struct input input;
    make_input(&input, 0, 20000);
    for (int is_warm = 0; is_warm < 2; is_warm++) {
        struct ledger ledger = {.refused = 0};
        tuoyu_policy *policy = load_with(&ledger);
        struct ArrowArray expected = fresh_answer(policy, 0, 20000);
        size_t before = ledger.bytes, refusals = 0;
        for (bool is_done = false; !is_done;) {
            tuoyu_batch *batch = batch_of(policy);
            struct ArrowArray out;
            if (is_warm) {
                out = answer(batch, 7, 20000);
                out.release(&out);
            }
            ledger.calls = 0;
            ledger.refused = ++refusals;
            tuoyu_status status =
                tuoyu_batch_run(batch, &input.schema, &input.array, 0, -1, NULL, &out, NULL);
            is_done = ledger.calls < refusals;
            ledger.refused = 0;
            if (status != TUOYU_OK)
                assert_int_equal(status, TUOYU_ERROR_NO_MEMORY);
            assert_int_equal(status == TUOYU_OK, out.release != NULL);
            if (out.release)
                out.release(&out);
            /* A run that failed leaves nothing behind. */
            out = answer(batch, 0, 20000);
            assert_true(is_same(batch, &out, &expected));
            out.release(&out);
            tuoyu_batch_unref(batch);
            assert_int_equal(ledger.bytes, before);
        }
        assert_true(refusals > 50);
        expected.release(&expected);
        tuoyu_policy_unref(policy);
    }
}

/* ---- Threads ---- */

struct shared {
    tuoyu_batch *batch;
    struct ArrowArray expected[4];
    atomic_int wrong, next;
};

static void *answer_again_and_again(void *data)
{
    struct shared *shared = data;
    int thread = atomic_fetch_add(&shared->next, 1);
    struct ArrowArray held = {.release = NULL};
    int held_part = 0;
    for (int run = 0; run < 6; run++) {
        int part = (thread + run) % 4;
        struct ArrowArray got = answer(shared->batch, part * 1000, LARGE_ROWS / 4);
        if (!is_same(shared->batch, &got, &shared->expected[part]))
            shared->wrong = 1;
        if (held.release && !is_same(shared->batch, &held, &shared->expected[held_part]))
            shared->wrong = 1;
        if (held.release)
            held.release(&held);
        held = got;
        held_part = part;
        if (run == 3)
            tuoyu_batch_trim(shared->batch);
    }
    held.release(&held);
    return NULL;
}

static void eight_threads_share_what_is_kept(void **state)
{
    (void)state;
    struct ledger ledger = {.refused = 0};
    tuoyu_policy *policy = load_with(&ledger);
    struct shared shared = {.batch = batch_of(policy)};
    pthread_t threads[THREADS];
    for (int i = 0; i < 4; i++)
        shared.expected[i] = fresh_answer(policy, i * 1000, LARGE_ROWS / 4);
    for (int i = 0; i < THREADS; i++)
        assert_int_equal(pthread_create(&threads[i], NULL, answer_again_and_again, &shared), 0);
    for (int i = 0; i < THREADS; i++)
        pthread_join(threads[i], NULL);
    assert_int_equal(shared.wrong, 0);
    for (int i = 0; i < 4; i++)
        shared.expected[i].release(&shared.expected[i]);
    tuoyu_batch_unref(shared.batch);
    tuoyu_policy_unref(policy);
    assert_int_equal(ledger.bytes, 0);
}

/* ---- Streams ---- */

static int next_schema(struct ArrowArrayStream *self, struct ArrowSchema *out)
{
    static struct input input;
    (void)self;
    make_input(&input, 0, 0);
    *out = input.schema;
    return 0;
}

static int next_array(struct ArrowArrayStream *self, struct ArrowArray *out)
{
    static struct input input;
    int *left = self->private_data;
    *out = (struct ArrowArray){.release = NULL};
    if ((*left)-- <= 0)
        return 0;
    make_input(&input, *left, LARGE_ROWS);
    *out = input.array;
    return 0;
}

static void release_stream(struct ArrowArrayStream *self)
{
    self->release = NULL;
}

static void a_stream_goes_on_with_the_memory_of_its_parts(void **state)
{
    (void)state;
    struct ledger ledger = {.refused = 0};
    int left = 6;
    struct ArrowArrayStream in = {.get_schema = next_schema,
                                  .get_next = next_array,
                                  .release = release_stream,
                                  .private_data = &left},
                            out;
    struct ArrowArray array;
    tuoyu_policy *policy = load_with(&ledger);
    tuoyu_batch *batch = batch_of(policy);
    assert_int_equal(tuoyu_batch_run_stream(batch, &in, NULL, &out, NULL), TUOYU_OK);
    tuoyu_batch_unref(batch);
    size_t calls = 0;
    for (int part = 0; part < 6; part++) {
        assert_int_equal(out.get_next(&out, &array), 0);
        assert_non_null(array.release);
        array.release(&array);
        if (part == 0)
            calls = ledger.large_calls;
    }
    assert_true(calls > 5);
    assert_int_equal(ledger.large_calls, calls);
    out.release(&out);
    tuoyu_policy_unref(policy);
    assert_int_equal(ledger.bytes, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_answer_in_used_memory_is_the_same),
        cmocka_unit_test(a_later_run_asks_for_no_large_block),
        cmocka_unit_test(what_is_in_use_is_never_written_to),
        cmocka_unit_test(answers_outlive_batch_and_policy),
        cmocka_unit_test(what_is_kept_can_be_given_back),
        cmocka_unit_test(a_large_run_is_forgotten),
        cmocka_unit_test(a_row_that_took_much_is_forgotten),
        cmocka_unit_test(refused_memory_loses_nothing),
        cmocka_unit_test(eight_threads_share_what_is_kept),
        cmocka_unit_test(a_stream_goes_on_with_the_memory_of_its_parts),
    };
    return cmocka_run_group_tests_name("answer_memory", tests, fill_columns, NULL);
}
