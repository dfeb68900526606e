/* SPDX-License-Identifier: Apache-2.0 */
/* Every allocation of a reading is refused once, and all from there on: no crash, no leak, no model, and the
 * status says so. */
#include "pack_support.h"

#include "../refusing_memory.h"
#include "pack/facts_reader.h"

enum form { PACK, HEAD, FACTS };

static tuoyu_status run(enum form form, struct text content, size_t at, bool sticky)
{
    struct arena arena;
    struct pack_model *model = NULL;
    struct given_fact *facts = NULL;
    size_t count = 0;
    tuoyu_diagnostics *diagnostics = NULL;
    refuse(0, false);
    assert_int_equal(tuoyu_diagnostics_new(&REFUSING, &diagnostics), TUOYU_OK);
    refuse(at, sticky);
    arena_init(&arena, &REFUSING);
    tuoyu_status status = form == PACK ? pack_read(&arena, TEXT("p"), content, NULL, &model, diagnostics)
                          : form == HEAD
                              ? pack_read_head(&arena, TEXT("p"), content, NULL, &model, diagnostics)
                              : facts_read(&arena, TEXT("p"), content, NULL, &facts, &count, diagnostics);
    if (form != FACTS)
        assert_int_equal(status == TUOYU_OK, model != NULL);
    arena_free(&arena);
    tuoyu_diagnostics_free(diagnostics);
    assert_int_equal(live_blocks, 0);
    assert_int_equal(live_bytes, 0);
    return status;
}

static void refuse_each(enum form form, struct text content)
{
    tuoyu_status undisturbed = run(form, content, 0, false);
    size_t total = calls;
    assert_true(total > 0);
    for (size_t at = 1; at <= total; at += at < 300 ? 1 : 13) {
        for (int sticky = 0; sticky < 2; sticky++) {
            tuoyu_status status = run(form, content, at, sticky);
            assert_true(was_refused);
            if (undisturbed == TUOYU_OK)
                assert_int_equal(status, TUOYU_ERROR_NO_MEMORY);
            else
                assert_true(status == TUOYU_ERROR_NO_MEMORY ||
                            status == undisturbed); /* a finding may just not be kept */
        }
    }
}

static void a_good_pack(void **state)
{
    (void)state;
    char path[1024];
    size_t length;
    source_path(path, "tests/pack/good/everything.yaml");
    char *text = read_file(path, &length);
    assert_int_equal(run(PACK, (struct text){text, length}, 0, false), TUOYU_OK);
    refuse_each(PACK, (struct text){text, length});
    refuse_each(HEAD, (struct text){text, length});
    free(text);
}

static void bad_packs(void **state)
{
    (void)state;
    static const char *const NAMES[] = {"yaml_anchor",
                                        "yaml_tag",
                                        "yaml_quote_open",
                                        "yaml_bracket_open",
                                        "yaml_duplicate_key_chinese",
                                        "yaml_list_as_key",
                                        "yaml_nested_too_deep",
                                        "parameter_foundation",
                                        "sharing_residual",
                                        "encoding_nul",
                                        "names_shared"};
    for (size_t i = 0; i < sizeof NAMES / sizeof *NAMES; i++) {
        char path[1024], relative[200];
        size_t length;
        strcpy(relative, "tests/pack/bad/");
        strcat(strcat(relative, NAMES[i]), ".yaml");
        source_path(path, relative);
        char *text = read_file(path, &length);
        refuse_each(PACK, (struct text){text, length});
        free(text);
    }
}

static void facts_with_surrogates(void **state)
{
    (void)state;
    refuse_each(
        FACTS,
        TEXT("{\"child\": {\"name\": \"\\ud83d\\ude00\", \"list\": [1, {\"a\": \"b\"}]}, \"child.fee\": 1}"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_good_pack),
        cmocka_unit_test(bad_packs),
        cmocka_unit_test(facts_with_surrogates),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
