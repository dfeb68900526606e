/* SPDX-License-Identifier: Apache-2.0 */
/* The one description of the format: its page in the tree, its words, its walk. With arguments it prints what
 * check_pack_schema.py looks at: `--schema`, or `--tree FILE` for a pack as JSON with every scalar a string.
 */
#include "pack_support.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "pack/schema.h"
#include "schema_page.h"

static void the_reference_page_is_the_one_in_the_tree(void **state)
{
    (void)state;
    char path[1024];
    size_t length;
    source_path(path, "src/pack/README.md");
    struct text_builder builder;
    text_builder_init(&builder, NULL);
    schema_page(&builder);
    assert_false(builder.failed);
    if (getenv("TUOYU_UPDATE")) {
        FILE *file = fopen(path, "wb");
        assert_non_null(file);
        fputs(builder.bytes, file);
        fclose(file);
    }
    char *page = read_file(path, &length);
    assert_string_equal(page, builder.bytes);
    free(page);
    text_builder_free(&builder);
}

static void every_type_is_sound(void **state)
{
    (void)state;
    const struct schema_type *types[SCHEMA_TYPE_CAPACITY];
    size_t count = schema_types(&SCHEMA_PACK, types, SCHEMA_TYPE_CAPACITY);
    assert_true(count > 50 && count < SCHEMA_TYPE_CAPACITY);
    for (size_t i = 0; i < count; i++) {
        const struct schema_type *type = types[i];
        assert_non_null(type->name);
        assert_true(type->scalar != SCALAR_NONE || type->items || type->fields || type->values);
        assert_false(type->fields && type->values);
        assert_int_equal(type->scalar == SCALAR_WORD, type->words != NULL);
        assert_int_equal(type->values != NULL, type->keys != SCALAR_NONE);
        for (size_t j = 0; j < type->field_count; j++) {
            assert_true(strlen(type->fields[j].documentation) > 0);
            for (size_t k = 0; k < j; k++)
                assert_string_not_equal(type->fields[j].key, type->fields[k].key);
        }
        for (size_t j = 0; j < i; j++)
            assert_string_not_equal(type->name, types[j]->name);
    }
}

static void error_words_are_statuses(void **state)
{
    (void)state;
    for (size_t i = 0; SCHEMA_ERROR_WORDS[i]; i++) {
        char name[64] = "TUOYU_ERROR_";
        size_t used = strlen(name);
        for (const char *c = SCHEMA_ERROR_WORDS[i]; *c; c++)
            name[used++] = (char)(*c == '_' ? '_' : *c - 'a' + 'A');
        name[used] = '\0';
        bool found = false;
        for (tuoyu_status status = -100; status < 0; status++)
            found = found || strcmp(tuoyu_status_name(status), name) == 0;
        if (!found)
            fail_msg("no status %s", name);
    }
}

static void scalars_have_the_forms_they_say(void **state)
{
    (void)state;
    static const struct {
        enum scalar_kind kind;
        const char *text;
        bool good;
    } CASES[] = {
        {SCALAR_NAME, "月龄", true},
        {SCALAR_NAME, "a_1", true},
        {SCALAR_NAME, "_", true},
        {SCALAR_NAME, "1a", false},
        {SCALAR_NAME, "a.b", false},
        {SCALAR_NAME, "a b", false},
        {SCALAR_NAME, "then", false},
        {SCALAR_NAME, "（a）", false},
        {SCALAR_NAME, "", false},
        {SCALAR_NAME, "a ", false},
        {SCALAR_PACK_ID, "cn", true},
        {SCALAR_PACK_ID, "cn.a-1.b", true},
        {SCALAR_PACK_ID, ".cn", false},
        {SCALAR_PACK_ID, "cn.", false},
        {SCALAR_PACK_ID, "cn..a", false},
        {SCALAR_PACK_ID, "Cn", false},
        {SCALAR_PACK_ID, "", false},
        {SCALAR_UNIT, "CNY", true},
        {SCALAR_UNIT, "CNY/month", true},
        {SCALAR_UNIT, "place/community", true},
        {SCALAR_UNIT, "CNY/", false},
        {SCALAR_UNIT, "/month", false},
        {SCALAR_UNIT, "a/b/c", true},
        {SCALAR_UNIT, "元/月", true},
        {SCALAR_UNIT, "元/人/月", true},
        {SCALAR_UNIT, "CNY/(child*month)", true},
        {SCALAR_UNIT, "CNY*month/(人·天×次)", true},
        {SCALAR_UNIT, "m²", true},
        {SCALAR_UNIT, "㎡/人", true},
        {SCALAR_UNIT, "month^-1", true},
        {SCALAR_UNIT, "1/month", true},
        {SCALAR_UNIT, "%", true},
        {SCALAR_UNIT, "1", true},
        {SCALAR_UNIT, "2", false},
        {SCALAR_UNIT, "a/a", false},
        {SCALAR_UNIT, "元/人·月", false},
        {SCALAR_UNIT, "CNY/month/", false},
        {SCALAR_UNIT, "%/month", false},
        {SCALAR_UNIT, "万元", false},
        {SCALAR_PERIOD, "2024-01-01..", true},
        {SCALAR_PERIOD, "2024-01-01..2024-01-01", true},
        {SCALAR_PERIOD, "2024-01-01 .. 2024-01-02", true},
        {SCALAR_PERIOD, "..2024-01-01", false},
        {SCALAR_PERIOD, "2024-01-02..2024-01-01", false},
        {SCALAR_PERIOD, "2024-01-01", false},
        {SCALAR_PERIOD, "2024-01-01...", false},
        {SCALAR_PERIOD, "", false},
        {SCALAR_RANGE, "[0..1]", true},
        {SCALAR_RANGE, "]0..1[", true},
        {SCALAR_RANGE, "(..1]", true},
        {SCALAR_RANGE, "0..1", false},
        {SCALAR_RANGE, "[0,1]", false},
        {SCALAR_WHOLE, "0", true},
        {SCALAR_WHOLE, "2147483647", true},
        {SCALAR_WHOLE, "2147483648", false},
        {SCALAR_WHOLE, "99999999999999999999", false},
        {SCALAR_WHOLE, "1.0", false},
        {SCALAR_WHOLE, "", false},
        {SCALAR_NUMBER, "-1.5", true},
        {SCALAR_NUMBER, "1e3", true},
        {SCALAR_NUMBER, "１", false},
        {SCALAR_BOOLEAN, "true", true},
        {SCALAR_BOOLEAN, "True", false},
    };
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        struct location nowhere = {.source = NULL};
        tuoyu_status status = scalar_check(CASES[i].kind, NULL, text_of(CASES[i].text, TUOYU_NUL_TERMINATED),
                                           nowhere, TEXT("it"), NULL);
        if ((status == TUOYU_OK) != CASES[i].good)
            fail_msg("'%s': %s", CASES[i].text, tuoyu_status_name(status));
    }
}

/* ---- Printing ---- */

static void append_tree(struct text_builder *builder, const struct pack_node *node)
{
    if (node->kind == PACK_NODE_SCALAR) {
        text_append_json(builder, node->text);
        return;
    }
    bool is_list = node->kind == PACK_NODE_SEQUENCE;
    text_append_byte(builder, is_list ? '[' : '{');
    for (size_t i = 0; i < node->count; i++) {
        if (i)
            text_append_byte(builder, ',');
        if (!is_list)
            text_append_json(builder, node->entries[i].key);
        if (!is_list)
            text_append_byte(builder, ':');
        append_tree(builder, is_list ? node->items[i] : node->entries[i].node);
    }
    text_append_byte(builder, is_list ? ']' : '}');
}

static int print_tree(const char *path)
{
    size_t length;
    char *text = read_file(path, &length);
    struct reading reading;
    reading_begin(&reading);
    tuoyu_status status =
        pack_node_read(&reading.arena, TEXT("t"), (struct text){text, length}, NULL, &reading.root, NULL);
    struct text_builder builder;
    text_builder_init(&builder, NULL);
    if (status == TUOYU_OK)
        append_tree(&builder, reading.root);
    if (status == TUOYU_OK)
        puts(builder.bytes);
    text_builder_free(&builder);
    reading_end(&reading);
    free(text);
    return status == TUOYU_OK ? 0 : 1;
}

static int print_schema(void)
{
    struct text_builder builder;
    text_builder_init(&builder, NULL);
    schema_to_json(&builder);
    fputs(builder.bytes, stdout);
    text_builder_free(&builder);
    return 0;
}

int main(int count, char **arguments)
{
    if (count == 2 && strcmp(arguments[1], "--schema") == 0)
        return print_schema();
    if (count == 3 && strcmp(arguments[1], "--tree") == 0)
        return print_tree(arguments[2]);
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_reference_page_is_the_one_in_the_tree),
        cmocka_unit_test(every_type_is_sound),
        cmocka_unit_test(error_words_are_statuses),
        cmocka_unit_test(scalars_have_the_forms_they_say),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
