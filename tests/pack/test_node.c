/* SPDX-License-Identifier: Apache-2.0 */
#include "../base/error_count.h"
#include "pack_support.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "pack/facts_reader.h"
#include "pack/yaml_text.h"

static const struct pack_node *at(const struct reading *reading, const char *key)
{
    const struct pack_node *node = pack_node_get(reading->root, text_of(key, TUOYU_NUL_TERMINATED));
    assert_non_null(node);
    return node;
}

/* What stands in the source at a location. */
static struct text written(struct location where)
{
    return text_slice(where.source->content, where.offset, where.offset + where.length);
}

/* ---- Places ---- */

static void every_style_says_where_its_text_stands(void **state)
{
    (void)state;
    struct reading reading;
    read_tree(&reading,
              "婴: 甲乙 # 注\n幼: '𠮷'\n\"儿\": \"丙\"\na: 'it''s'\nb: \"x\\ty\"\nc: |  \n  一\n  二\nd: "
              ">-\n  三\n  四\ne:\n  五\n  六\nf: ''\ng:\n");
    assert_int_equal(reading.status, TUOYU_OK);
    assert_int_equal(reading.root->count, 10);
    assert_text(written(reading.root->entries[0].key_where), "婴");
    assert_text(written(reading.root->entries[2].key_where), "\"儿\"");
    static const struct {
        const char *key, *text, *where, *text_where;
        bool is_verbatim, is_quoted;
    } EXPECTED[] = {
        {"婴", "甲乙", "甲乙", "甲乙", true, false},
        {"幼", "𠮷", "'𠮷'", "𠮷", true, true},
        {"儿", "丙", "\"丙\"", "丙", true, true},
        {"a", "it's", "'it''s'", "it''s", false, true},
        {"b", "x\ty", "\"x\\ty\"", "x\\ty", false, true},
        {"c", "一\n二\n", NULL, "一\n  二", false, true},
        {"d", "三 四", NULL, "三\n  四", false, true},
        {"e", "五 六", "五\n  六", "五\n  六", false, false},
        {"f", "", "''", "", true, true},
        {"g", "", "", "", true, false},
    };
    for (size_t i = 0; i < sizeof EXPECTED / sizeof *EXPECTED; i++) {
        const struct pack_node *node = at(&reading, EXPECTED[i].key);
        assert_text(node->text, EXPECTED[i].text);
        if (EXPECTED[i].where)
            assert_text(written(node->where), EXPECTED[i].where);
        assert_text(written(node->text_where), EXPECTED[i].text_where);
        assert_int_equal(node->is_verbatim, EXPECTED[i].is_verbatim);
        assert_int_equal(node->is_quoted, EXPECTED[i].is_quoted);
        assert_int_equal(node->text.bytes[node->text.length], '\0');
    }
    reading_end(&reading);
}

static void positions_count_characters_behind_wide_ones(void **state)
{
    (void)state;
    struct reading reading;
    read_tree(&reading, "\xEF\xBB\xBF甲: 1\r\n乙: {丙𠮷: 一, 丁: 二, 丁: 三}\r\n");
    char *found = findings(&reading);
    assert_string_equal(found, "DUPLICATE 2:18+1 the key '丁' stands here twice (remove one of them)\nnote "
                               "2:12 the first one is here\n");
    free(found);
    assert_int_equal(reading.status, TUOYU_ERROR_DUPLICATE);
    assert_null(reading.root);
    reading_end(&reading);
}

static void only_a_plain_null_is_null(void **state)
{
    (void)state;
    struct reading reading;
    read_tree(&reading, "[null, ~, 'null', \"~\", '', NULL, Null, , ]");
    assert_int_equal(reading.status, TUOYU_ERROR_SYNTAX);
    reading_end(&reading);
    read_tree(&reading, "[null, ~, 'null', \"~\", '', NULL, Null]");
    assert_int_equal(reading.status, TUOYU_OK);
    for (size_t i = 0; i < reading.root->count; i++)
        assert_int_equal(pack_node_is_null(reading.root->items[i]), i < 2);
    reading_end(&reading);
}

static void scalars_are_not_typed_by_yaml(void **state)
{
    (void)state;
    struct reading reading;
    read_tree(&reading, "[no, 010, 2024-02-30, 1_000, 0x10, .5, yes, 1e3, 12:30:45]");
    static const char *const TEXTS[] = {"no", "010", "2024-02-30", "1_000",   "0x10",
                                        ".5", "yes", "1e3",        "12:30:45"};
    assert_int_equal(reading.root->count, 9);
    for (size_t i = 0; i < 9; i++)
        assert_text(reading.root->items[i]->text, TEXTS[i]);
    reading_end(&reading);
}

/* ---- JSON ---- */

static void json_is_read_with_its_escapes(void **state)
{
    (void)state;
    struct reading reading;
    read_tree(&reading,
              "{\n\t\"a\": \"\\ud83d\\ude00!\",\"b\":\"\\\\ud83d\\\\ude00\",\t\"c\": "
              "\"\\uD842\\uDFB7\\/\\u5317\", \"d\": [1.50, true, null, {}], \"𠮷\": \"\\ud83d\\ude00\"}");
    assert_int_equal(reading.status, TUOYU_OK);
    assert_text(at(&reading, "a")->text, "😀!");
    assert_text(at(&reading, "b")->text, "\\ud83d\\ude00");
    assert_text(at(&reading, "c")->text, "𠮷/北");
    assert_text(written(at(&reading, "c")->where), "\"\\uD842\\uDFB7\\/\\u5317\"");
    assert_text(written(at(&reading, "𠮷")->text_where), "\\ud83d\\ude00");
    assert_false(at(&reading, "a")->is_verbatim);
    assert_text(at(&reading, "d")->items[0]->text, "1.50");
    assert_int_equal(at(&reading, "d")->items[3]->kind, PACK_NODE_MAPPING);
    reading_end(&reading);
}

static void halves_of_surrogate_pairs_are_refused_at_their_place(void **state)
{
    (void)state;
    static const char *const TEXTS[] = {"{\"a\": \"\\ud83d\"}", "{\"a\": \"\\ude00\\ud83d\"}",
                                        "{\"b\": \"\\ud83d\\ude00\", \"a\": \"\\ud83d\\u0041\"}"};
    for (size_t i = 0; i < 3; i++) {
        struct reading reading;
        read_tree(&reading, TEXTS[i]);
        assert_int_equal(reading.status, TUOYU_ERROR_SYNTAX);
        tuoyu_diagnostic item;
        assert_int_equal(tuoyu_diagnostics_get(reading.diagnostics, 0, &item), TUOYU_OK);
        assert_int_equal(item.line, 1);
        assert_int_equal(item.column, strstr(TEXTS[i], "\"a\"") - TEXTS[i] + 9); /* the u's digits */
        reading_end(&reading);
    }
}

static void facts_come_in_both_forms(void **state)
{
    (void)state;
    struct reading reading;
    reading_begin(&reading);
    struct given_fact *facts = NULL;
    size_t count = 0;
    assert_int_equal(facts_read(&reading.arena, TEXT("f"),
                                TEXT("child: {birth_date: 2024-01-31, 孩次: 2}\nchild.fee: 900\nodd: 1\n"),
                                NULL, &facts, &count, reading.diagnostics),
                     TUOYU_OK);
    assert_int_equal(count, 4);
    assert_text(facts[0].name, "child.birth_date");
    assert_text(facts[1].name, "child.孩次");
    assert_text(facts[2].name, "child.fee");
    assert_text(facts[3].name, "odd");
    assert_text(facts[2].node->text, "900");
    assert_text(written(facts[1].where), "孩次");
    assert_int_equal(facts_read(&reading.arena, TEXT("f"), TEXT(" \n# nothing\n"), NULL, &facts, &count,
                                reading.diagnostics),
                     TUOYU_OK);
    assert_int_equal(count, 0);
    assert_int_equal(
        facts_read(&reading.arena, TEXT("f"), TEXT("[1]"), NULL, &facts, &count, reading.diagnostics),
        TUOYU_ERROR_SYNTAX);
    assert_int_equal(facts_read(&reading.arena, TEXT("f"), TEXT("a: {b: 1}\na.b: 2"), NULL, &facts, &count,
                                reading.diagnostics),
                     TUOYU_ERROR_DUPLICATE);
    reading_end(&reading);
}

/* Few facts are compared one by one, many by a map: one given twice is found in both. */
static void a_fact_given_twice_is_found_among_any_number(void **state)
{
    (void)state;
    for (size_t count = 1; count <= 40; count++) {
        for (size_t twice = 0; twice <= count; twice++) {
            char text[1024];
            size_t used = (size_t)sprintf(text, "child: {");
            for (size_t i = 0; i < count; i++)
                used += (size_t)sprintf(text + used, "f%zu: %zu, ", i, i);
            used += (size_t)sprintf(text + used, "last: 1}\nchild.f%zu: 1\n", twice);
            struct reading reading;
            reading_begin(&reading);
            struct given_fact *facts = NULL;
            size_t given = 0;
            tuoyu_status status = facts_read(&reading.arena, TEXT("f"), (struct text){text, used}, NULL,
                                             &facts, &given, reading.diagnostics);
            assert_int_equal(status, twice < count ? TUOYU_ERROR_DUPLICATE : TUOYU_OK);
            assert_int_equal(given, twice < count ? count + 1 : count + 2);
            reading_end(&reading);
        }
    }
}

/* ---- What libyaml is not shown ---- */

static tuoyu_status checked(const char *bytes, size_t length)
{
    struct source source = {.name = TEXT("t"), .content = {bytes, length}};
    return yaml_text_check(&source, NULL);
}

/* The check goes by eights where it can: each character at each place, followed by little and by much. */
static void characters_are_refused_wherever_they_stand(void **state)
{
    (void)state;
    for (uint32_t c = 0; c < 0x11000; c++) {
        char bytes[40];
        if (c >= 0xD800 && c <= 0xDFFF)
            continue;
        bool is_refused = yaml_character_is_refused(c) || c == '\r';
        for (size_t before = 0; before <= 9; before++) {
            memset(bytes, 'a', sizeof bytes);
            size_t length = utf8_encode(c, bytes + before);
            tuoyu_status expected = is_refused                ? TUOYU_ERROR_ENCODING
                                    : c == '%' && before == 0 ? TUOYU_ERROR_PACK
                                                              : TUOYU_OK;
            assert_int_equal(checked(bytes, before + length), expected);
            assert_int_equal(checked(bytes, before + length + 17), expected);
        }
    }
    assert_int_equal(checked("aaaaaaa\n% aaaaaaaaaa", 20), TUOYU_ERROR_PACK);
    assert_int_equal(checked("aaaaaaaaaaaaaaa\n% aaaaaaaaaa", 28), TUOYU_ERROR_PACK);
    assert_int_equal(checked("aaaaaaa\r\naaaaaaaaaa", 19), TUOYU_OK);
}

static void only_utf8_is_let_through(void **state)
{
    (void)state;
    static const unsigned char SECOND[] = {0x00, 0x41, 0x7F, 0x80, 0x8F, 0x90, 0x9F, 0xA0, 0xBF, 0xC0, 0xFF};
    for (unsigned first = 0x80; first <= 0xFF; first++)
        for (size_t i = 0; i < sizeof SECOND; i++)
            for (size_t j = 0; j < sizeof SECOND; j++)
                for (size_t cut = 1; cut <= 3; cut++) {
                    char bytes[12] = "aaaaaaaa";
                    bytes[8] = (char)first;
                    bytes[9] = (char)SECOND[i];
                    bytes[10] = (char)SECOND[j];
                    struct text text = {bytes, 8 + cut};
                    if (utf8_validate(text) < text.length)
                        assert_int_equal(checked(bytes, 8 + cut), TUOYU_ERROR_ENCODING);
                }
}

/* ---- Hostile texts ---- */

static char *repeated(const char *head, const char *part, size_t count, const char *tail)
{
    size_t size = strlen(head) + strlen(part) * count + strlen(tail) + 1, used = strlen(head);
    char *text = malloc(size);
    memcpy(text, head, used);
    for (size_t i = 0; i < count; i++, used += strlen(part))
        memcpy(text + used, part, strlen(part));
    memcpy(text + used, tail, strlen(tail) + 1);
    return text;
}

static char *many_keys(size_t count)
{
    char *text = malloc(count * 16 + 1);
    size_t used = 0;
    for (size_t i = 0; i < count; i++)
        used += (size_t)sprintf(text + used, "k%zu: 1\n", i);
    return text;
}

static void expect_quickly(char *text, tuoyu_status status)
{
    struct reading reading;
    clock_t start = clock();
    read_tree(&reading, text);
    double seconds = (double)(clock() - start) / CLOCKS_PER_SEC;
    if (reading.status != status)
        print_error("'%.20s…': %s, not %s\n", text, tuoyu_status_name(reading.status),
                    tuoyu_status_name(status));
    assert_int_equal(reading.status, status);
    assert_true(status == TUOYU_OK || !reading.root);
    assert_true(tuoyu_diagnostics_count(reading.diagnostics) <= 100);
    assert_true(seconds < 5); /* none takes a tenth of a second; the margin is for sanitizers and valgrind */
    reading_end(&reading);
    free(text);
}

static void hostile_texts_are_refused_at_once(void **state)
{
    (void)state;
    expect_quickly(repeated("", "[", 100000, ""), TUOYU_ERROR_LIMIT);
    expect_quickly(repeated("", "{a: ", 50000, ""), TUOYU_ERROR_LIMIT);
    expect_quickly(repeated("", "- ", 100000, ""), TUOYU_ERROR_LIMIT);
    expect_quickly(repeated("", "{", 100000, ""), TUOYU_ERROR_PACK);
    expect_quickly(repeated("", "? ", 100000, ""), TUOYU_ERROR_PACK);
    expect_quickly(repeated("a: ", "x", 1000000, "\n"), TUOYU_ERROR_LIMIT);
    expect_quickly(repeated("a: \"", "\\n", 200000, "\""), TUOYU_ERROR_LIMIT);
    expect_quickly(repeated("a: ", "x\n  ", 100000, ""), TUOYU_ERROR_LIMIT);
    expect_quickly(repeated("a: x\n", "a: x\n", 100000, ""), TUOYU_ERROR_DUPLICATE);
    expect_quickly(many_keys(100000), TUOYU_ERROR_LIMIT);
    expect_quickly(repeated("", "- 1\n", 100000, ""), TUOYU_ERROR_LIMIT);
    expect_quickly(repeated("a: ", ": ", 100000, ""), TUOYU_ERROR_SYNTAX);
    expect_quickly(repeated("[", ",", 100000, ""), TUOYU_ERROR_SYNTAX);
    expect_quickly(repeated("!<", "a", 500000, ""), TUOYU_ERROR_SYNTAX);
    expect_quickly(repeated("", "*", 500000, ""), TUOYU_ERROR_SYNTAX);
    expect_quickly(repeated("- ", "&a x\n- ", 40000, ""), TUOYU_ERROR_PACK);
    expect_quickly(repeated("%TAG ! tag:x,2000:\n", "%TAG !a! tag:x,2000:\n", 20000, ""), TUOYU_ERROR_PACK);
    expect_quickly(repeated("{\"a\": \"", "\\ud83d\\ude00", 80000, "\"}"), TUOYU_ERROR_LIMIT);
    expect_quickly(repeated("", "#", 1000000, ""), TUOYU_OK);
    expect_quickly(repeated("", "\n", 1000000, ""), TUOYU_OK);
    expect_quickly(repeated("", "x", 1024 * 1024 + 1, ""), TUOYU_ERROR_LIMIT);
}

static void limits_are_exact(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        tuoyu_limits limits;
        tuoyu_status status;
    } CASES[] = {
        {"[[[1]]]", {.depth = 3}, TUOYU_OK},
        {"[[[1]]]", {.depth = 2}, TUOYU_ERROR_LIMIT},
        {"a: {b: 1}", {.nodes = 5}, TUOYU_OK}, /* two mappings, two keys, one value */
        {"a: {b: 1}", {.nodes = 4}, TUOYU_ERROR_LIMIT},
        {"a: 北仑", {.scalar_bytes = 6}, TUOYU_OK},
        {"a: 北仑", {.scalar_bytes = 5}, TUOYU_ERROR_LIMIT},
        {"abcdef: 1", {.scalar_bytes = 5}, TUOYU_ERROR_LIMIT},
        {"a: 1", {.text_bytes = 4}, TUOYU_OK},
        {"a: 1", {.text_bytes = 3}, TUOYU_ERROR_LIMIT},
    };
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        struct reading reading;
        reading_begin(&reading);
        assert_int_equal(pack_node_read(&reading.arena, TEXT("t"),
                                        text_of(CASES[i].text, TUOYU_NUL_TERMINATED), &CASES[i].limits,
                                        &reading.root, reading.diagnostics),
                         CASES[i].status);
        assert_int_equal(error_count(reading.diagnostics), CASES[i].status != TUOYU_OK);
        reading_end(&reading);
    }
    char *deep =
        repeated("", "[", 100000, ""); /* a depth that the machine's stack could not bear is cut down */
    struct reading reading;
    reading_begin(&reading);
    const tuoyu_limits limits = {.depth = 1000000};
    assert_int_equal(pack_node_read(&reading.arena, TEXT("t"), text_of(deep, TUOYU_NUL_TERMINATED), &limits,
                                    &reading.root, reading.diagnostics),
                     TUOYU_ERROR_LIMIT);
    reading_end(&reading);
    free(deep);
}

/* Any bytes at all give an answer: cuts and changes of a real text. */
static void damaged_texts_give_an_error_or_a_tree(void **state)
{
    (void)state;
    char path[1024];
    size_t length;
    source_path(path, "tests/pack/good/everything.yaml");
    char *text = read_file(path, &length);
    uint64_t random = 88172645463325252u;
    for (size_t i = 0; i < 1500; i++) {
        random ^= random << 13, random ^= random >> 7, random ^= random << 17;
        size_t place = (size_t)(random % length), cut = i % 3 == 0 ? place : length;
        char kept = text[place];
        if (i % 3 != 0)
            text[place] = (char)"[{]}:,#&*!|>'\"%@`\t\n- \xE5\xFF\0a"[(random >> 32) % 24];
        struct reading reading;
        reading_begin(&reading);
        reading.status = pack_read(&reading.arena, TEXT("p"), (struct text){text, cut}, NULL, &reading.model,
                                   reading.diagnostics);
        assert_int_equal(reading.status == TUOYU_OK, reading.model != NULL);
        assert_int_equal(reading.status == TUOYU_OK, error_count(reading.diagnostics) == 0);
        reading_end(&reading);
        text[place] = kept;
    }
    free(text);
}

static void what_is_shown_of_a_broken_text_is_whole(void **state)
{
    (void)state;
    struct reading reading;
    read_tree(&reading, "标题: \xE5\x8C 北\x01\x1b[31m\xB0\n");
    assert_int_equal(reading.status, TUOYU_ERROR_ENCODING);
    tuoyu_diagnostic item;
    assert_int_equal(tuoyu_diagnostics_get(reading.diagnostics, 0, &item), TUOYU_OK);
    assert_string_equal(item.excerpt, "标题: \uFFFD 北\uFFFD\uFFFD[31m");
    assert_int_equal(item.column, 5);
    reading_end(&reading);
    read_tree(
        &reading,
        "a: 1\na: 2\nb: [\n"); /* the first error is returned, also where a later one ends the reading */
    assert_int_equal(reading.status, TUOYU_ERROR_DUPLICATE);
    assert_int_equal(error_count(reading.diagnostics), 2);
    reading_end(&reading);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_style_says_where_its_text_stands),
        cmocka_unit_test(positions_count_characters_behind_wide_ones),
        cmocka_unit_test(only_a_plain_null_is_null),
        cmocka_unit_test(scalars_are_not_typed_by_yaml),
        cmocka_unit_test(json_is_read_with_its_escapes),
        cmocka_unit_test(halves_of_surrogate_pairs_are_refused_at_their_place),
        cmocka_unit_test(facts_come_in_both_forms),
        cmocka_unit_test(a_fact_given_twice_is_found_among_any_number),
        cmocka_unit_test(characters_are_refused_wherever_they_stand),
        cmocka_unit_test(only_utf8_is_let_through),
        cmocka_unit_test(hostile_texts_are_refused_at_once),
        cmocka_unit_test(limits_are_exact),
        cmocka_unit_test(what_is_shown_of_a_broken_text_is_whole),
        cmocka_unit_test(damaged_texts_give_an_error_or_a_tree),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
