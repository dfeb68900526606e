/* SPDX-License-Identifier: Apache-2.0 */
/* Sealed messages: each row comes back whole in both languages, whatever its arguments are; what is cut or
 * forged is only text. */
#include "../cmocka_all.h"

#include <stdio.h>
#include <string.h>

#include "base/message_table.h"
#include "base/messages.h"

static const char *rendered(struct text text, enum language language)
{
    static char bytes[8192];
    struct text_builder builder;
    text_builder_init(&builder, NULL);
    message_render(&builder, text, language);
    assert_true(builder.length < sizeof bytes);
    memcpy(bytes, builder.length ? builder.bytes : "", builder.length + 1);
    text_builder_free(&builder);
    return bytes;
}

static void a_message_is_said_in_either_language(void **state)
{
    (void)state;
    char buffer[MESSAGE_SIZE];
    struct text sealed = message_write(buffer, sizeof buffer, "%s takes %zu argument%s, not %zu", "sum",
                                       (size_t)1, "", (size_t)3);
    assert_string_equal(rendered(sealed, LANGUAGE_ENGLISH), "sum takes 1 argument, not 3");
    assert_string_equal(rendered(sealed, LANGUAGE_CHINESE), "`sum`要1个参数，不是3个");
    assert_string_equal(message_id(sealed), message_id(TEXT("%s takes %zu argument%s, not %zu")));
}

static void a_message_may_hold_messages_and_words(void **state)
{
    (void)state;
    char inner[MESSAGE_SIZE], middle[MESSAGE_SIZE], outer[MESSAGE_SIZE];
    struct text part = message_write(inner, sizeof inner, "until %s", "2024-12-31");
    struct text name = message_write(middle, sizeof middle, "%s `%.*s`", "parameter", 4, "rate");
    struct text whole = message_write(outer, sizeof outer, "%.*s is not in force on %s: it is %.*s",
                                      TEXT_ARGUMENTS(name), "2025-01-01", TEXT_ARGUMENTS(part));
    assert_string_equal(rendered(whole, LANGUAGE_ENGLISH),
                        "parameter `rate` is not in force on 2025-01-01: it is until 2024-12-31");
    assert_string_equal(rendered(whole, LANGUAGE_CHINESE),
                        "参数`rate`在2025-01-01没有生效：有效期到2024-12-31为止");
    assert_string_equal(rendered(TEXT("remove it"), LANGUAGE_CHINESE), "去掉它");
    assert_string_equal(rendered(TEXT("remove it"), LANGUAGE_ENGLISH), "remove it");
}

static void a_text_without_a_row_stays_as_it_is(void **state)
{
    (void)state;
    char buffer[MESSAGE_SIZE];
    struct text sealed = message_write(buffer, sizeof buffer, "no row has %d%% of this, %04X", -3, 10u);
    assert_string_equal(rendered(sealed, LANGUAGE_CHINESE), "no row has -3% of this, 000A");
    assert_string_equal(message_id(sealed), "");
}

/* Every beginning of a sealed text, and every text with one byte changed, is rendered without harm. */
static void what_is_cut_or_forged_is_only_text(void **state)
{
    (void)state;
    char buffer[MESSAGE_SIZE], inner[MESSAGE_SIZE];
    struct text part = message_write(inner, sizeof inner, "until %s", "2024-12-31");
    struct text sealed = message_write(buffer, sizeof buffer, "`%.*s` is not in force on %s: it is %.*s", 1,
                                       "a", "2025-01-01", TEXT_ARGUMENTS(part));
    for (size_t length = 0; length < sealed.length; length++)
        rendered(text_slice(sealed, 0, length), LANGUAGE_CHINESE);
    for (size_t i = 0; i < sealed.length; i++)
        for (int byte = 1; byte < 256; byte++) {
            char kept = buffer[i];
            buffer[i] = (char)byte;
            assert_non_null(message_id(sealed));
            rendered(sealed, byte & 1 ? LANGUAGE_CHINESE : LANGUAGE_ENGLISH);
            buffer[i] = kept;
        }
}

static void what_is_too_long_is_cut_in_english(void **state)
{
    (void)state;
    char small[16];
    struct text cut = message_write(small, sizeof small, "the fact '%.*s' is given twice", 9, "一二三");
    assert_true(cut.length < sizeof small);
    assert_int_equal(utf8_validate(cut), cut.length);
    assert_int_equal(strncmp(rendered(cut, LANGUAGE_CHINESE), "the fact '", 10), 0);
}

static void the_tables_are_in_order(void **state)
{
    (void)state;
    for (size_t i = 0; MESSAGE_TABLES[i].rows; i++)
        for (size_t j = 0; j < MESSAGE_TABLES[i].count; j++) {
            const struct message_row *row = &MESSAGE_TABLES[i].rows[j];
            assert_true(j == 0 || strcmp(row[-1].english, row->english) < 0);
            assert_string_equal(message_id(text_of(row->english, TUOYU_NUL_TERMINATED)), row->id);
        }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_message_is_said_in_either_language),
        cmocka_unit_test(a_message_may_hold_messages_and_words),
        cmocka_unit_test(a_text_without_a_row_stays_as_it_is),
        cmocka_unit_test(what_is_cut_or_forged_is_only_text),
        cmocka_unit_test(what_is_too_long_is_cut_in_english),
        cmocka_unit_test(the_tables_are_in_order),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
