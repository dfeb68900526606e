/* SPDX-License-Identifier: Apache-2.0 */
/* The reference page of the language, src/feel/README.md, made from the table of built-ins and that of the
 * operators.
 *
 *     reference_page          writes the page to standard output
 *     reference_page FILE     fails where the file is not the page, an example is not true, or a call does
 *                             not fail */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/messages.h"
#include "feel/builtin.h"
#include "reference_tables.h"

#define COUNT(array) (sizeof(array) / sizeof *(array))

static const char INTRODUCTION[] =
    "# The language of the packs\n\n"
    "Conditions and formulas are FEEL of OMG's DMN 1.5. This page is made by `tests/feel/reference_page.c` "
    "from the table of\n"
    "built-ins and run as a test: each example is true, each error is what the call says.\n\n"
    "- A number has 34 decimal digits (IEEE 754 decimal128). What does not fit is an error, not an "
    "infinity.\n"
    "- An operation that fails is null, and carries why: what, where in the expression, with which values.\n"
    "  `tuoyu feel --explain` shows it. A call whose arguments are wrong in number or name is so before it "
    "runs.\n"
    "- Evaluated on its own, null is FEEL's null. In a pack, a null that stands for a missing fact or an "
    "error decides\n"
    "  nothing: it goes through every operation but `and` and `or` where the other side decides, and its "
    "reasons with it.\n"
    "- A list of one item stands for the item where an item is wanted, an item for a list of it, a date for "
    "its midnight in\n"
    "  UTC where a date and time is wanted.\n"
    "- *null* says what a null argument does: it **passes** (the result is null), it **serves** (it is a "
    "value, or stands\n"
    "  for an argument that is not given), it is **kept** (as an item or entry of the result).\n"
    "- What offset a named time zone has, the host knows (`tuoyu feel` asks the system). A local time that "
    "comes twice, when\n"
    "  clocks are put back, is the earlier one; one that never comes has the offset from before, as "
    "java.time has it.\n"
    "- Full-width look-alikes such as `（` `，` `＋` `１` are errors that name what was meant; U+3000 is "
    "white space. Names are\n"
    "  compared in their composed form (NFC).\n";

struct page {
    struct text_builder builder;
    struct arena arena;
    size_t passed, failed;
};

static void say(struct page *page, const char *text)
{
    text_append(&page->builder, text_of(text, TUOYU_NUL_TERMINATED));
}

static void say_text(struct page *page, struct text text)
{
    text_append(&page->builder, text);
}

/* ---- Running what the page shows ---- */

static struct value evaluate(struct page *page, const char *text)
{
    struct expression expression;
    struct environment environment;
    struct symbol_table none = {.find = NULL};
    struct parse_options options = {.is_verbatim = true};
    struct date_time noon = date_time_from_date(20000);
    struct value today = value_date(20000), now = value_date_time(&page->arena, &noon);
    if (expression_parse(&page->arena, text_of(text, TUOYU_NUL_TERMINATED), &none, &options, &expression,
                         NULL) != TUOYU_OK) {
        fprintf(stderr, "cannot be parsed: %s\n", text);
        return VALUE_NOTHING;
    }
    environment_init(&environment, &page->arena);
    environment.today = &today;
    environment.now = &now;
    return expression_evaluate(&expression, &environment);
}

static void check(struct page *page, bool holds, const char *what, const char *text)
{
    if (!holds)
        fprintf(stderr, "%s: %s\n", what, text);
    *(holds ? &page->passed : &page->failed) += 1;
}

static void say_example(struct page *page, const char *text)
{
    check(page, value_is_true(evaluate(page, text)), "not true", text);
    say(page, "- example: `");
    say(page, text);
    say(page, "`\n");
}

static void say_error(struct page *page, const char *text)
{
    const struct cause *error = cause_first_error(value_cause(evaluate(page, text)));
    check(page, error != NULL, "no error", text);
    say(page, "- error: `");
    say(page, text);
    say(page, "` — ");
    struct text_builder words;
    text_builder_init(&words, NULL);
    message_render(&words, error ? error->message : TEXT(""), LANGUAGE_ENGLISH);
    say_text(page, text_builder_text(&words));
    text_builder_free(&words);
    say(page, "\n");
}

/* ---- Operators ---- */

static void say_operator(struct page *page, const struct operator_entry *entry)
{
    say(page, "\n### `");
    say(page, entry->form);
    say(page, "`\n\n");
    say(page, entry->meaning);
    say(page, "\n\n- takes: ");
    say(page, entry->operands);
    if (entry->null)
        say(page, "\n- null: ");
    if (entry->null)
        say(page, entry->null);
    say(page, "\n");
    say_example(page, entry->example);
    if (entry->error)
        say_error(page, entry->error);
}

/* ---- Built-ins ---- */

static const char *type_name(enum type_kind kind)
{
    return kind == TYPE_ANY ? "any" : type_kind_name(kind).bytes;
}

/* `substring(string: string, start position: number[, length: number]) → string` */
static void say_signature(struct page *page, const struct builtin *builtin)
{
    size_t count = builtin_described_count(builtin);
    say(page, "`");
    say(page, builtin->name);
    say(page, "(");
    for (size_t i = 0; i < count; i++) {
        if (i >= builtin->required)
            say(page, i > 0 ? "[, " : "[");
        else if (i > 0)
            say(page, ", ");
        say(page, builtin->parameters[i].name);
        say(page, ": ");
        say(page, type_name(builtin->parameters[i].type));
        if (i >= builtin->required && builtin->parameter_count != BUILTIN_VARIADIC)
            say(page, "]");
    }
    if (builtin->parameter_count == BUILTIN_VARIADIC)
        say(page, count > builtin->required ? ", …]" : ", …");
    say(page, ") → ");
    say(page, type_name(builtin->result));
    say(page, "`");
}

static void say_nulls(struct page *page, const struct builtin *builtin)
{
    static const char *const WHAT[] = {
        [NULL_PASSES] = "passes", [NULL_SERVES] = "serves", [NULL_IS_KEPT] = "is kept"};
    size_t count = builtin_described_count(builtin);
    bool is_uniform = true;
    for (size_t i = 1; i < count; i++)
        is_uniform &= builtin->parameters[i].null == builtin->parameters[0].null;
    if (count == 0)
        return;
    say(page, "- null: ");
    for (size_t i = 0; i < (is_uniform ? 1 : count); i++) {
        if (i > 0)
            say(page, ", ");
        say(page, WHAT[builtin->parameters[i].null]);
        if (is_uniform)
            continue;
        say(page, " in `");
        say(page, builtin->parameters[i].name);
        say(page, "`");
    }
    say(page, "\n");
}

static void say_overload(struct page *page, const struct builtin *builtin)
{
    say(page, "\n");
    say_signature(page, builtin);
    say(page, "  \n");
    if (builtin->is_extension)
        say(page, "*Ours, not the standard's.* ");
    say(page, builtin->meaning);
    say(page, "\n\n");
    say_nulls(page, builtin);
    say_example(page, builtin->example);
}

static void say_failures(struct page *page, const char *name)
{
    size_t count = 0;
    for (size_t i = 0; i < COUNT(FAILING_CALLS); i++) {
        if (strcmp(FAILING_CALLS[i].builtin, name) != 0)
            continue;
        say_error(page, FAILING_CALLS[i].text);
        count++;
    }
    check(page, count > 0, "no call that fails is shown", name);
}

static void say_builtins(struct page *page)
{
    size_t section = 0;
    for (const struct builtin *builtin = BUILTINS; builtin < BUILTINS + BUILTIN_COUNT; builtin++) {
        bool is_first = builtin == BUILTINS || strcmp(builtin[-1].name, builtin->name) != 0;
        if (section < COUNT(SECTIONS) && strcmp(SECTIONS[section].first, builtin->name) == 0) {
            say(page, "\n## ");
            say(page, SECTIONS[section++].title);
            say(page, "\n");
        }
        if (is_first) {
            say(page, "\n### ");
            say(page, builtin->name);
            say(page, "\n");
        }
        say_overload(page, builtin);
        if (!builtin_next_overload(builtin))
            say_failures(page, builtin->name);
    }
    check(page, section == COUNT(SECTIONS), "a section has no built-ins", "the last ones");
}

static void say_page(struct page *page)
{
    say(page, INTRODUCTION);
    say(page, "\n## Operators\n");
    for (size_t i = 0; i < COUNT(OPERATORS); i++)
        say_operator(page, &OPERATORS[i]);
    say_builtins(page);
}

/* ---- The file ---- */

static bool is_page(struct text page, const char *path)
{
    FILE *file = fopen(path, "rb");
    if (!file)
        return false;
    size_t at = 0;
    int byte;
    while ((byte = fgetc(file)) != EOF && at < page.length && page.bytes[at] == (char)byte)
        at++;
    fclose(file);
    return byte == EOF && at == page.length;
}

int main(int argc, char **argv)
{
    struct page page = {.passed = 0};
    arena_init(&page.arena, NULL);
    text_builder_init(&page.builder, NULL);
    say_page(&page);
    struct text text = text_builder_text(&page.builder);
    if (argc > 1) {
        check(&page, is_page(text, argv[1]), "not what the tables say; write it anew with reference_page",
              argv[1]);
        printf("%zu passed, %zu failed\n", page.passed, page.failed);
    } else {
        fwrite(text.bytes, 1, text.length, stdout);
    }
    text_builder_free(&page.builder);
    arena_free(&page.arena);
    return page.failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
