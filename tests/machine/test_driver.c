/* SPDX-License-Identifier: Apache-2.0 */
/* The driver of the machines: which rows it tells a sink of, and which of them fall back. What rows come to
 * is tested against the interpreter and an oracle elsewhere (test_block_machine.c, test_random_programs.py).
 */
#include <string.h>

#include "../feel/refusing_allocator.h"
#include "../program/compiled_pack.h"
#include "machine/bitmap.h"
#include "slot_columns.h"

enum { AS_OF = 19800, ROWS = 1000, OUTPUTS = 3, FACTS = 3 };

/* `a` is known where x.few is; `b` needs x.many as well; `c` reads x.many alone. */
static const char PACK_TEXT[] = PACK("t.a") SOURCES "facts:\n"
                                                    "  x:\n"
                                                    "    few: {type: integer, range: '[0..9]'}\n"
                                                    "    many: {type: integer, range: '[0..1000]'}\n"
                                                    "    spare: {type: integer, range: '[0..5]'}\n"
                                                    "definitions:\n"
                                                    "  a: x.few + 1\n"
                                                    "  b: x.few * x.many\n"
                                                    "  c: x.many - 1\n";

/* ---- A sink that writes down what it is told ---- */

struct told {
    const struct driver *driver;
    int64_t rows;               /* so far, each once and in order */
    int64_t first;              /* of the run */
    size_t blocks, single_rows; /* how they came */
    uint8_t fallback[2][ROWS];  /* by group, by row of the run */
    int64_t sums[ROWS];         /* of the outputs of `a` and `c` that do not fall back */
    int64_t wrong_row;          /* falls back by the sink's own judgement; -1: none */
    size_t stop_after;          /* blocks or rows; 0: never */
    bool has_fallback, streams;
};

static int64_t value_of(const struct block_result *result, size_t row)
{
    const void *values = result->values;
    return result->lane == LANE_32 ? ((const int32_t *)values)[row] : ((const int64_t *)values)[row];
}

static tuoyu_status take_block(void *context, const struct driver_block *block)
{
    struct told *told = context;
    assert_int_equal(block->at, told->rows);
    assert_int_equal(block->first, told->first + told->rows);
    bool has_fallback = false;
    for (size_t group = 0; group < told->driver->plan->group_count; group++) {
        const uint8_t *fallback = block->fallback[group];
        has_fallback |= fallback != NULL;
        for (size_t i = 0; i < block->rows; i++)
            told->fallback[group][told->rows + (int64_t)i] = fallback ? fallback[i] : 0;
    }
    assert_int_equal(block->has_fallback, has_fallback);
    for (size_t i = 0; i < block->rows; i++)
        told->sums[told->rows + (int64_t)i] =
            value_of(&block->results[0], i) + value_of(&block->results[2], i);
    told->rows += (int64_t)block->rows;
    told->has_fallback |= has_fallback;
    told->streams |= block->streams;
    return ++told->blocks == told->stop_after ? TUOYU_ERROR_CANCELLED : TUOYU_OK;
}

static tuoyu_status take_row(void *context, int64_t row, int64_t at, bool falls_back)
{
    struct told *told = context;
    const struct driver_row results = driver_row(told->driver);
    assert_int_equal(at, told->rows);
    assert_int_equal(row, told->first + at);
    told->fallback[0][at] = told->fallback[1][at] = falls_back;
    if (!falls_back)
        told->sums[at] = driver_row_result(&results, 0).value + driver_row_result(&results, 2).value;
    told->rows++;
    return ++told->single_rows == told->stop_after ? TUOYU_ERROR_CANCELLED : TUOYU_OK;
}

static bool find_wrong(void *context, int64_t first, size_t rows, uint8_t *fallback)
{
    const struct told *told = context;
    bool is_here = told->wrong_row >= first && told->wrong_row < first + (int64_t)rows;
    if (is_here)
        fallback[told->wrong_row - first] = 1;
    return is_here;
}

/* ---- A driver over three columns ---- */

struct driven {
    struct compiled pack;
    struct arena arena;
    struct typed_program typed;
    struct driver_plan plan;
    struct driver driver;
    int32_t few[ROWS], many[ROWS], spare[ROWS];
    struct fact_source sources[FACTS];
    struct told told;
};

/* Group 0: a and b; group 1: c. */
static void begin(struct driven *driven, uint32_t block_rows)
{
    static const struct output_group GROUPS[] = {{0, 2, true}, {2, 3, true}};
    static const char *const NAMES[OUTPUTS] = {"a", "b", "c"};
    uint32_t slots[OUTPUTS];
    memset(driven, 0, sizeof *driven);
    compile_good(&driven->pack, PACK_TEXT);
    const struct program *program = &driven->pack.layering->program;
    for (size_t i = 0; i < OUTPUTS; i++)
        slots[i] = slot_named(&driven->pack, NAMES[i]);
    arena_init(&driven->arena, NULL);
    assert_int_equal(lower_slots(&driven->typed, &driven->arena, program, AS_OF, slots, OUTPUTS), TUOYU_OK);
    assert_int_equal(driver_plan_make(&driven->plan, &driven->arena, &driven->typed, GROUPS, 2,
                                      &(struct driver_plan_options){.block_rows = block_rows}),
                     TUOYU_OK);
    for (int32_t i = 0; i < ROWS; i++) {
        driven->few[i] = i % 10;
        driven->many[i] = i;
        driven->spare[i] = i % 6;
    }
}

static void bind(struct driven *driven, bool has_spare)
{
    const struct program *program = &driven->pack.layering->program;
    static const char *const NAMES[FACTS] = {"x.few", "x.many", "x.spare"};
    const int32_t *const values[FACTS] = {driven->few, driven->many, driven->spare};
    const struct fact_source *facts[FACTS] = {NULL};
    assert_int_equal(program->fact_count, FACTS);
    assert_int_equal(driver_make(&driven->driver, &driven->arena, &driven->plan), TUOYU_OK);
    for (size_t i = 0; i < (has_spare ? 3 : 2); i++) {
        uint32_t fact = program_slot(program, slot_named(&driven->pack, NAMES[i]))->fact;
        driven->sources[i].layout =
            (struct column){.type = COLUMN_NUMBER, .width = 4, .values = values[i], .length = ROWS};
        facts[fact] = &driven->sources[i];
    }
    assert_int_equal(driver_bind(&driven->driver, facts), TUOYU_OK);
}

static void end(struct driven *driven)
{
    driver_end(&driven->driver);
    arena_free(&driven->arena);
    compiled_free(&driven->pack);
}

static tuoyu_status run(struct driven *driven, int64_t first, int64_t count, const struct driver_sink *given)
{
    struct driver_sink sink = *given;
    struct told *told = &driven->told;
    *told = (struct told){.driver = &driven->driver,
                          .first = first,
                          .wrong_row = told->wrong_row,
                          .stop_after = told->stop_after};
    sink.context = told;
    return driver_run(&driven->driver, first, count, &sink);
}

static const struct driver_sink BLOCKS = {.take_block = take_block},
                                BOTH = {.take_block = take_block, .take_row = take_row};

static void assert_sums(const struct driven *driven, int64_t first, int64_t count)
{
    assert_int_equal(driven->told.rows, count);
    for (int64_t i = 0; i < count; i++)
        if (!driven->told.fallback[0][i] && !driven->told.fallback[1][i])
            assert_int_equal(driven->told.sums[i], driven->few[first + i] + driven->many[first + i]);
}

/* ---- Tests ---- */

static void each_row_is_told_once(void **state)
{
    (void)state;
    static struct driven driven;
    static const uint32_t SIZES[] = {1, 7, 64, 1000, 0};
    for (size_t i = 0; i < sizeof SIZES / sizeof *SIZES; i++) {
        begin(&driven, SIZES[i]);
        bind(&driven, false);
        driven.told.wrong_row = -1;
        for (int64_t first = 0; first < 30; first += 13) {
            for (int64_t count = 0; count < 30; count++) {
                assert_int_equal(run(&driven, first, count, &BOTH), TUOYU_OK);
                assert_sums(&driven, first, count);
                assert_int_equal(driven.told.single_rows, count <= 8 ? count : 0);
                assert_int_equal(run(&driven, first, count, &BLOCKS), TUOYU_OK);
                assert_sums(&driven, first, count);
                assert_int_equal(driven.told.single_rows, 0);
                assert_false(driven.told.has_fallback);
            }
        }
        assert_int_equal(run(&driven, 0, ROWS, &BLOCKS), TUOYU_OK);
        assert_sums(&driven, 0, ROWS);
        end(&driven);
    }
}

/* A value outside its fact's range: no group can do without the row, since its cell may be wrong. */
static void a_value_of_no_fact_falls_back_in_all_groups(void **state)
{
    (void)state;
    static struct driven driven;
    begin(&driven, 64);
    driven.few[70] = 10;
    driven.many[71] = -1;
    driven.few[ROWS - 1] = INT32_MIN;
    bind(&driven, false);
    driven.told.wrong_row = -1;
    assert_int_equal(run(&driven, 0, ROWS, &BLOCKS), TUOYU_OK);
    for (int64_t i = 0; i < ROWS; i++) {
        assert_int_equal(driven.told.fallback[0][i], i == 70 || i == 71 || i == ROWS - 1);
        assert_int_equal(driven.told.fallback[1][i], driven.told.fallback[0][i]);
    }
    assert_sums(&driven, 0, ROWS);
    assert_int_equal(run(&driven, 68, 5, &BOTH), TUOYU_OK);
    assert_int_equal(driven.told.single_rows, 5);
    for (int64_t i = 0; i < 5; i++)
        assert_int_equal(driven.told.fallback[0][i], i == 2 || i == 3);
    end(&driven);
}

/* A fact that no operation reads is checked all the same, and so not row by row. */
static void a_fact_that_nobody_reads_is_checked(void **state)
{
    (void)state;
    static struct driven driven;
    begin(&driven, 64);
    driven.spare[3] = 6;
    driven.spare[500] = -1;
    bind(&driven, true);
    driven.told.wrong_row = -1;
    assert_int_equal(run(&driven, 0, ROWS, &BOTH), TUOYU_OK);
    for (int64_t i = 0; i < ROWS; i++)
        assert_int_equal(driven.told.fallback[0][i], i == 3 || i == 500);
    assert_int_equal(run(&driven, 1, 3, &BOTH), TUOYU_OK);
    assert_int_equal(driven.told.single_rows, 0);
    assert_int_equal(driven.told.fallback[1][2], 1);
    end(&driven);
}

static void the_sink_may_name_rows(void **state)
{
    (void)state;
    static struct driven driven;
    const struct driver_sink sink = {
        .take_block = take_block, .take_row = take_row, .find_fallback = find_wrong};
    begin(&driven, 64);
    bind(&driven, false);
    for (int64_t wrong = 0; wrong < ROWS; wrong += 111) {
        driven.told.wrong_row = wrong;
        assert_int_equal(run(&driven, 0, ROWS, &sink), TUOYU_OK);
        for (int64_t i = 0; i < ROWS; i++)
            assert_int_equal(driven.told.fallback[0][i] + driven.told.fallback[1][i], i == wrong ? 2 : 0);
        assert_int_equal(run(&driven, wrong, 1, &sink), TUOYU_OK);
        assert_int_equal(driven.told.blocks, 1);
        assert_int_equal(driven.told.fallback[0][0], 1);
    }
    end(&driven);
}

static void a_group_that_is_left_falls_back_in_each_row(void **state)
{
    (void)state;
    static struct driven driven;
    begin(&driven, 64);
    driver_plan_leave_group(&driven.plan, 1);
    driven.few[9] = -3;
    bind(&driven, false);
    driven.told.wrong_row = -1;
    for (int64_t count = 1; count <= ROWS; count += 333) {
        assert_int_equal(run(&driven, 0, count, &BOTH), TUOYU_OK);
        assert_int_equal(driven.told.single_rows, 0);
        for (int64_t i = 0; i < count; i++) {
            assert_int_equal(driven.told.fallback[0][i], i == 9);
            assert_int_equal(driven.told.fallback[1][i], 1);
        }
    }
    end(&driven);
}

static void a_sink_ends_the_run(void **state)
{
    (void)state;
    static struct driven driven;
    begin(&driven, 64);
    bind(&driven, false);
    driven.told.wrong_row = -1;
    for (size_t stop = 1; stop < 5; stop++) {
        driven.told.stop_after = stop;
        assert_int_equal(run(&driven, 0, ROWS, &BLOCKS), TUOYU_ERROR_CANCELLED);
        assert_int_equal(driven.told.rows, 64 * stop);
        assert_int_equal(run(&driven, 0, 5, &BOTH), TUOYU_ERROR_CANCELLED);
        assert_int_equal(driven.told.rows, stop);
    }
    end(&driven);
}

/* A column that cannot hold its fact is read cell by cell where it can be, or refused. */
static enum cell_reading read_few(const void *context, const struct cell_target *target, int64_t row,
                                  int64_t *out)
{
    assert_int_equal(target->kind, CELL_NUMBER);
    *out = ((const int32_t *)context)[row];
    return *out < 0 ? CELL_OTHER : CELL_KNOWN;
}

static void cells_stand_in_for_a_layout(void **state)
{
    (void)state;
    static struct driven driven;
    begin(&driven, 64);
    driven.few[77] = -1;
    bind(&driven, false);
    driven.told.wrong_row = -1;
    const struct fact_source *facts[FACTS] = {NULL};
    const struct program *program = &driven.pack.layering->program;
    uint32_t few = program_slot(program, slot_named(&driven.pack, "x.few"))->fact,
             many = program_slot(program, slot_named(&driven.pack, "x.many"))->fact;
    facts[few] = &driven.sources[0];
    facts[many] = &driven.sources[1];
    driven.sources[0].layout.type = COLUMN_DATE;
    assert_int_equal(driver_bind(&driven.driver, facts), TUOYU_ERROR_FACT_TYPE);
    driven.sources[0].cells =
        (struct column){.type = COLUMN_CELLS, .length = ROWS, .read = read_few, .context = driven.few};
    assert_int_equal(driver_bind(&driven.driver, facts), TUOYU_OK);
    assert_int_equal(run(&driven, 0, ROWS, &BLOCKS), TUOYU_OK);
    assert_sums(&driven, 0, ROWS);
    for (int64_t i = 0; i < ROWS; i++)
        assert_int_equal(driven.told.fallback[0][i], i == 77);
    end(&driven);
}

/* What is larger than the caches is written past them; a sink that writes nothing never. */
static void large_runs_stream(void **state)
{
    (void)state;
    static struct driven driven;
    struct driver_sink wide = BLOCKS;
    wide.row_bytes = 1 << 20;
    begin(&driven, 64);
    bind(&driven, false);
    driven.told.wrong_row = -1;
    assert_int_equal(run(&driven, 0, ROWS, &wide), TUOYU_OK);
    assert_true(driven.told.streams);
    assert_sums(&driven, 0, ROWS);
    assert_int_equal(run(&driven, 0, 5, &wide), TUOYU_OK);
    assert_false(driven.told.streams);
    assert_int_equal(run(&driven, 0, ROWS, &BLOCKS), TUOYU_OK);
    assert_false(driven.told.streams);
    end(&driven);
}

static void refused_memory(void **state)
{
    (void)state;
    static struct driven driven;
    bool is_made = false;
    begin(&driven, 64);
    for (size_t at = 1; !is_made; at++) {
        struct ledger ledger = {.refused_only = at};
        tuoyu_allocator allocator = refusing_allocator(&ledger);
        struct arena arena;
        arena_init(&arena, &allocator);
        static const struct output_group ALL = {0, OUTPUTS, true};
        struct driver_plan plan;
        tuoyu_status status = driver_plan_make(&plan, &arena, &driven.typed, &ALL, 1,
                                               &(struct driver_plan_options){.block_rows = 64});
        if (status == TUOYU_OK)
            status = driver_make(&driven.driver, &arena, &plan);
        if (status == TUOYU_OK)
            driver_end(&driven.driver);
        assert_int_equal(status, ledger.calls < at ? TUOYU_OK : TUOYU_ERROR_NO_MEMORY);
        is_made = status == TUOYU_OK;
        arena_free(&arena);
        assert_int_equal(ledger.bytes, 0);
    }
    arena_free(&driven.arena);
    compiled_free(&driven.pack);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_row_is_told_once),
        cmocka_unit_test(a_value_of_no_fact_falls_back_in_all_groups),
        cmocka_unit_test(a_fact_that_nobody_reads_is_checked),
        cmocka_unit_test(the_sink_may_name_rows),
        cmocka_unit_test(a_group_that_is_left_falls_back_in_each_row),
        cmocka_unit_test(a_sink_ends_the_run),
        cmocka_unit_test(cells_stand_in_for_a_layout),
        cmocka_unit_test(large_runs_stream),
        cmocka_unit_test(refused_memory),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
