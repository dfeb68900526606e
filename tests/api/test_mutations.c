/* SPDX-License-Identifier: Apache-2.0 */
/* The list of a pack's changes: each names bytes that are there, broken packs give no list, and what is asked
 * wrongly is refused. */
#include <stdlib.h>
#include <string.h>

#include <tuoyu/mutations.h>

#include "../cmocka_all.h"

static const char PACK[] =
    "tuoyu: 1\nid: cn.m\ntitle: 托育 1\nin_force: 2024-01-01..2025-12-31\n"
    "parameters:\n  cap: {standing: assumed, values: {2024-06-01: {value: 3500, note: 2}}}\n"
    "definitions:\n  d: {formula: 'if cap >= 3000 and true then cap * 0.50 else 0'}\n";

static tuoyu_status list_of(const char *text, size_t length, tuoyu_mutations **out)
{
    const tuoyu_pack_text pack = {"p", TUOYU_NUL_TERMINATED, text, length};
    *out = NULL;
    return tuoyu_pack_mutations(&pack, out, NULL);
}

static void each_change_names_its_bytes(void **state)
{
    (void)state;
    tuoyu_mutations *mutations;
    assert_int_equal(list_of(PACK, TUOYU_NUL_TERMINATED, &mutations), TUOYU_OK);
    size_t count = tuoyu_mutations_count(mutations);
    assert_int_equal(count, 4 + 2 + 2 + 2 + 1 + 1 + 1 + 1 + 2 + 1);
    for (size_t i = 0; i < count; i++) {
        tuoyu_mutation change;
        assert_int_equal(tuoyu_mutations_get(mutations, i, &change), TUOYU_OK);
        assert_true(change.offset + change.length <= strlen(PACK));
        assert_int_equal(strlen(change.was), change.length);
        assert_memory_equal(PACK + change.offset, change.was, change.length);
        assert_string_not_equal(change.was, change.instead);
        assert_true(change.line > 0 && change.column > 0);
    }
    tuoyu_mutation unchanged = {.kind = "unchanged"};
    assert_int_equal(tuoyu_mutations_get(mutations, count, &unchanged), TUOYU_ERROR_INVALID_ARGUMENT);
    assert_string_equal(unchanged.kind, "unchanged");
    assert_int_equal(tuoyu_mutations_get(mutations, 0, NULL), TUOYU_ERROR_INVALID_ARGUMENT);
    assert_int_equal(tuoyu_mutations_get(NULL, 0, &unchanged), TUOYU_ERROR_INVALID_ARGUMENT);
    tuoyu_mutations_free(mutations);
}

static void a_broken_pack_has_none(void **state)
{
    (void)state;
    tuoyu_mutations *mutations;
    assert_int_equal(list_of("", 0, &mutations), TUOYU_ERROR_PACK);
    assert_null(mutations);
    assert_int_equal(list_of("tuoyu: 1\nid: [", TUOYU_NUL_TERMINATED, &mutations), TUOYU_ERROR_SYNTAX);
    assert_null(mutations);
    assert_int_equal(list_of("\xff", 1, &mutations), TUOYU_ERROR_ENCODING);
    assert_null(mutations);
    for (size_t length = 0; length < sizeof PACK - 1; length++) { /* every beginning of it */
        tuoyu_status status = list_of(PACK, length, &mutations);
        assert_true((status == TUOYU_OK) == (mutations != NULL));
        tuoyu_mutations_free(mutations);
    }
}

static void what_is_asked_wrongly_is_refused(void **state)
{
    (void)state;
    const tuoyu_pack_text no_text = {"p", TUOYU_NUL_TERMINATED, NULL, 0};
    tuoyu_mutations *mutations = NULL;
    assert_int_equal(tuoyu_pack_mutations(NULL, &mutations, NULL), TUOYU_ERROR_INVALID_ARGUMENT);
    assert_null(mutations);
    assert_int_equal(tuoyu_pack_mutations(&no_text, &mutations, NULL), TUOYU_ERROR_INVALID_ARGUMENT);
    assert_int_equal(tuoyu_pack_mutations(&no_text, NULL, NULL), TUOYU_ERROR_INVALID_ARGUMENT);
    assert_int_equal(tuoyu_mutations_count(NULL), 0);
    tuoyu_mutations_free(NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_change_names_its_bytes),
        cmocka_unit_test(a_broken_pack_has_none),
        cmocka_unit_test(what_is_asked_wrongly_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
