/* SPDX-License-Identifier: Apache-2.0 */
/* A formula as a person reads it: labels for names, signs that are in use (× ÷ ≥), words for conditions. What
 * has no such form is shown as it is written. */
#include <string.h>

#include "explain/display.h"
#include "feel/builtin.h"
#include "rules/lowering.h"

enum { DEEPEST_SHOWN = 40 };

enum precedence {
    BINDS_IF,
    BINDS_OR,
    BINDS_AND,
    BINDS_COMPARISON,
    BINDS_SUM,
    BINDS_PRODUCT,
    BINDS_POWER,
    BINDS_SIGN
};

struct word_writer {
    const struct display *display;
    const struct expression *formula;
    uint32_t depth;
};

static void write_node(struct word_writer *words, const struct node *node, enum precedence around);

/* ---- Operators ---- */

struct operator_words {
    enum node_kind kind;
    enum precedence binds;
    const char *zh, *en;
};

static const struct operator_words OPERATORS[] = {
    {NODE_OR, BINDS_OR, " 或 ", " or "},
    {NODE_AND, BINDS_AND, " 且 ", " and "},
    {NODE_EQUAL, BINDS_COMPARISON, " = ", " = "},
    {NODE_NOT_EQUAL, BINDS_COMPARISON, " ≠ ", " ≠ "},
    {NODE_LESS, BINDS_COMPARISON, " < ", " < "},
    {NODE_LESS_EQUAL, BINDS_COMPARISON, " ≤ ", " ≤ "},
    {NODE_GREATER, BINDS_COMPARISON, " > ", " > "},
    {NODE_GREATER_EQUAL, BINDS_COMPARISON, " ≥ ", " ≥ "},
    {NODE_ADD, BINDS_SUM, " + ", " + "},
    {NODE_SUBTRACT, BINDS_SUM, " − ", " − "},
    {NODE_MULTIPLY, BINDS_PRODUCT, " × ", " × "},
    {NODE_DIVIDE, BINDS_PRODUCT, " ÷ ", " ÷ "},
    {NODE_POWER, BINDS_POWER, " ^ ", " ^ "},
};

/* The words of an operator with two sides; NULL for nodes of any other kind. */
static const struct operator_words *operator_of(enum node_kind kind)
{
    for (size_t i = 0; i < sizeof OPERATORS / sizeof *OPERATORS; i++)
        if (OPERATORS[i].kind == kind)
            return &OPERATORS[i];
    return NULL;
}

/* The slot that a node names; NULL if it is no name. */
static const struct slot *slot_of(const struct word_writer *words, const struct node *node)
{
    return node->kind == NODE_SYMBOL ? program_slot(&words->display->policy->layering->program, node->slot)
                                     : NULL;
}

/* A literal beside a fact is shown as the fact would be: `公办` for "public". */
static void write_beside(struct word_writer *words, const struct node *node, const struct node *other,
                         enum precedence around)
{
    const struct slot *slot = slot_of(words, other);
    bool is_enum =
        slot && slot->kind == SLOT_FACT && node->kind == NODE_LITERAL && node->value.kind == VALUE_STRING;
    if (is_enum)
        display_value(words->display, node->value, slot);
    else
        write_node(words, node, around);
}

/* Writes both sides with the operator's sign between them. */
static void write_operator(struct word_writer *words, const struct node *node,
                           const struct operator_words *operation)
{
    write_beside(words, node->children[0], node->children[1], operation->binds);
    display_words(words->display, operation->zh, operation->en);
    bool is_left = node->kind == NODE_SUBTRACT || node->kind == NODE_DIVIDE;
    write_beside(words, node->children[1], node->children[0],
                 is_left ? operation->binds + 1 : operation->binds);
}

/* ---- Calls ---- */

/* Writes the children [from, to), with commas between them. */
static void write_list(struct word_writer *words, const struct node *node, uint32_t from, uint32_t to)
{
    for (uint32_t i = from; i < to; i++) {
        if (i > from)
            display_words(words->display, "、", ", ");
        if (node->children[i])
            write_node(words, node->children[i], BINDS_IF);
    }
}

/* Writes `round_to` as `x, rounded half up to 0.01`. Returns false, having written nothing, if the step or
 * the mode is no literal. */
static bool write_rounding(struct word_writer *words, const struct node *node)
{
    static const struct {
        const char *zh, *en;
    } MODES[] = {
        [DECIMAL_HALF_EVEN] = {"四舍六入五成双", "half even"},
        [DECIMAL_HALF_UP] = {"四舍五入", "half up"},
        [DECIMAL_HALF_DOWN] = {"五舍六入", "half down"},
        [DECIMAL_UP] = {"进位", "up"},
        [DECIMAL_DOWN] = {"截去", "down"},
        [DECIMAL_FLOOR] = {"向下取整", "down"},
        [DECIMAL_CEILING] = {"向上取整", "up"},
    };
    static_assert(sizeof MODES / sizeof *MODES == DECIMAL_ROUNDING_COUNT, "each way of rounding has words");
    enum decimal_rounding rounding;
    const struct node *step = node->children[1], *mode = node->children[2];
    if (step->kind != NODE_LITERAL || mode->kind != NODE_LITERAL || mode->value.kind != VALUE_STRING ||
        !decimal_rounding_of(mode->value.as.string, &rounding))
        return false;
    write_node(words, node->children[0], BINDS_OR);
    display_words(words->display, "，", ", rounded ");
    display_words(words->display, MODES[rounding].zh, MODES[rounding].en);
    display_words(words->display, "到 ", " to ");
    write_node(words, step, BINDS_SIGN);
    return true;
}

/* Writes a call of a built-in by its words, or by its name if it has none. */
static void write_call(struct word_writer *words, const struct node *node)
{
    if (node->builtin->id == FEEL_ROUND_TO && node->count == 3 && write_rounding(words, node))
        return;
    const char *name = node->builtin->name;
    const struct builtin_traits *traits = builtin_traits(node->builtin);
    display_words(words->display, traits->zh ? traits->zh : name, traits->en ? traits->en : name);
    display_words(words->display, "（", "(");
    write_list(words, node, 0, node->count);
    display_words(words->display, "）", ")");
}

/* ---- Conditions ---- */

/* Writes a condition with both of its branches. */
static void write_if(struct word_writer *words, const struct node *node)
{
    display_words(words->display, "若 ", "if ");
    write_node(words, node->children[0], BINDS_OR);
    display_words(words->display, "，则 ", " then ");
    write_node(words, node->children[1], BINDS_OR);
    display_words(words->display, "，否则 ", " else ");
    write_node(words, node->children[2], BINDS_IF);
}

/* Writes `a between b and c`. */
static void write_between(struct word_writer *words, const struct node *node)
{
    write_node(words, node->children[0], BINDS_SUM);
    display_words(words->display, " 在 ", " between ");
    write_node(words, node->children[1], BINDS_SUM);
    display_words(words->display, " 至 ", " and ");
    write_node(words, node->children[2], BINDS_SUM);
    display_words(words->display, " 之间", "");
}

/* Writes `a in b, c`. */
static void write_in(struct word_writer *words, const struct node *node)
{
    write_node(words, node->children[0], BINDS_SUM);
    display_words(words->display, " 属于 ", " in ");
    for (uint32_t i = 1; i < node->count; i++) {
        if (i > 1)
            display_words(words->display, "、", ", ");
        const struct node *test = node->children[i];
        const struct node *value = test->kind == NODE_TEST_EQUAL ? test->children[0] : test;
        write_beside(words, value, node->children[0], BINDS_SUM);
    }
}

/* Writes a range in the brackets of FEEL; an end that is open is left out. */
static void write_range(struct word_writer *words, const struct node *node)
{
    text_append_byte(words->display->builder, node->low_included ? '[' : '(');
    if (node->children[0])
        write_node(words, node->children[0], BINDS_SUM);
    text_append(words->display->builder, TEXT(".."));
    if (node->children[1])
        write_node(words, node->children[1], BINDS_SUM);
    text_append_byte(words->display->builder, node->high_included ? ']' : ')');
}

/* Writes a test of a decision table or of `in`, such as `> 3`. */
static void write_test(struct word_writer *words, const struct node *node)
{
    const struct operator_words *operation =
        node->kind == NODE_TEST_COMPARE ? operator_of(node->operation) : NULL;
    if (operation)
        display_words(words->display, operation->zh + 1, operation->en + 1);
    write_node(words, node->children[0], BINDS_SUM);
}

/* ---- All ---- */

/* Writes a node as the pack has it; `…` if its text is not known. */
static void write_as_written(struct word_writer *words, const struct node *node)
{
    struct text text = words->formula->text;
    bool is_there = text.bytes && node->length && node->offset + node->length <= text.length;
    if (is_there)
        text_append(words->display->builder, text_slice(text, node->offset, node->offset + node->length));
    else
        text_append(words->display->builder, TEXT("…"));
}

/* Writes a property of a value; parts of dates by their words. */
static void write_path(struct word_writer *words, const struct node *node)
{
    static const struct {
        struct text name;
        const char *zh;
    } PROPERTIES[] = {{{"year", 4}, "年份"}, {{"month", 5}, "月份"}, {{"day", 3}, "日"}};
    write_node(words, node->children[0], BINDS_SIGN);
    display_words(words->display, "的", ".");
    for (size_t i = 0; i < sizeof PROPERTIES / sizeof *PROPERTIES; i++) {
        if (!text_equals(node->name, PROPERTIES[i].name))
            continue;
        display_words(words->display, PROPERTIES[i].zh, PROPERTIES[i].name.bytes);
        return;
    }
    text_append(words->display->builder, node->name);
}

/* How tightly the node holds its parts together; a part that binds less than its surroundings is put in
 * brackets. */
static enum precedence binding_of(const struct node *node)
{
    const struct operator_words *operation = operator_of(node->kind);
    if (operation)
        return operation->binds;
    if (node->kind == NODE_IF)
        return BINDS_IF;
    return node->kind == NODE_IN || node->kind == NODE_BETWEEN ? BINDS_COMPARISON : BINDS_SIGN;
}

/* A part that is only another name is shown as what it stands for. Such names do not lead in circles. */
static void write_symbol(struct word_writer *words, const struct node *node)
{
    const struct slot *slot = slot_of(words, node);
    while (is_bare_part(slot) && slot->formula.root->kind == NODE_SYMBOL)
        slot = slot_of(words, slot->formula.root);
    if (is_bare_part(slot))
        display_exact_value(words->display, slot->formula.root->value, slot);
    else
        display_slot_name(words->display, slot);
}

/* Writes a node by its kind, without brackets around it. */
static void write_kind(struct word_writer *words, const struct node *node)
{
    const struct operator_words *operation = operator_of(node->kind);
    if (operation) {
        write_operator(words, node, operation);
        return;
    }
    switch (node->kind) {
    case NODE_LITERAL: display_exact_value(words->display, node->value, NULL); return;
    case NODE_SYMBOL: write_symbol(words, node); return;
    case NODE_NEGATE:
        text_append(words->display->builder, TEXT("−"));
        write_node(words, node->children[0], BINDS_SIGN);
        return;
    case NODE_IF: write_if(words, node); return;
    case NODE_BETWEEN: write_between(words, node); return;
    case NODE_IN: write_in(words, node); return;
    case NODE_RANGE: write_range(words, node); return;
    case NODE_TEST_EQUAL:
    case NODE_TEST_COMPARE: write_test(words, node); return;
    case NODE_CALL_BUILTIN: write_call(words, node); return;
    case NODE_LIST: write_list(words, node, 0, node->count); return;
    case NODE_PATH: write_path(words, node); return;
    default: write_as_written(words, node); return;
    }
}

/* Writes a node, in brackets if it binds less than `around`. A node below DEEPEST_SHOWN levels is `…`. */
static void write_node(struct word_writer *words, const struct node *node, enum precedence around)
{
    if (words->depth >= DEEPEST_SHOWN) {
        text_append(words->display->builder, TEXT("…"));
        return;
    }
    words->depth++;
    bool is_bracketed = binding_of(node) < around;
    if (is_bracketed)
        display_words(words->display, "（", "(");
    write_kind(words, node);
    if (is_bracketed)
        display_words(words->display, "）", ")");
    words->depth--;
}

void display_formula(const struct display *display, const struct expression *formula)
{
    struct word_writer words = {.display = display, .formula = formula};
    if (formula->root)
        write_node(&words, formula->root, BINDS_IF);
}
