/* SPDX-License-Identifier: Apache-2.0 */
/* Walks an expression and checks each node by its kind; conditions, lists and ranges are checked here. */
#include "program/check_units.h"

#include <stdarg.h>
#include <stdio.h>

/* The longest part of an expression that a message shows. */
enum { SHOWN_BYTES = 48 };

void checker_init(struct checker *checker, const struct program *program, tuoyu_diagnostics *diagnostics)
{
    *checker = (struct checker){.program = program,
                                .arena = program->arena,
                                .input = STATIC_TYPE(TYPE_ANY),
                                .input_name = TEXT("?"),
                                .diagnostics = diagnostics};
}

/* ---- What is wrong ---- */

void check_fail(struct checker *checker, const struct node *node, struct text hint, const char *format, ...)
{
    char buffer[MESSAGE_SIZE];
    va_list arguments;
    va_start(arguments, format);
    struct text message = message_seal(buffer, sizeof buffer, format, arguments);
    va_end(arguments);
    report(checker->diagnostics, TUOYU_ERROR_TYPE, expression_location(checker->expression, node), hint,
           "%.*s", TEXT_ARGUMENTS(message));
    if (checker->status == TUOYU_OK)
        checker->status = TUOYU_ERROR_TYPE;
}

struct text check_show(const struct checker *checker, const struct node *node)
{
    struct text text = checker->expression->text;
    if (node->kind == NODE_INPUT)
        return checker->input_name;
    bool has_text =
        node->length > 0 && node->length <= SHOWN_BYTES && (size_t)node->offset + node->length <= text.length;
    if (!has_text)
        return TEXT("this");
    return text_slice(text, node->offset, (size_t)node->offset + node->length);
}

struct text check_type_name(const struct static_type *type)
{
    return type_kind_name(type->kind);
}

void check_wanted(struct checker *checker, const struct expression *expression,
                  const struct static_type *type, enum type_kind wanted, const char *what)
{
    if (wanted == TYPE_ANY || static_type_is_open(type) || type->kind == wanted)
        return;
    struct text is = check_type_name(type), should = type_kind_name(wanted);
    checker->expression = expression;
    check_fail(checker, expression->root, TEXT(""), "%s is a %.*s where a %.*s is needed", what,
               TEXT_ARGUMENTS(is), TEXT_ARGUMENTS(should));
}

/* ---- Nodes ---- */

/* Reports a condition that cannot be true or false. where: what needs it, such as "`if`". */
static void check_condition(struct checker *checker, const struct node *node, const char *where)
{
    struct static_type type = check_node(checker, node);
    if (static_type_is_open(&type) || type.kind == TYPE_BOOLEAN)
        return;
    struct text shown = check_show(checker, node), name = check_type_name(&type);
    check_fail(checker, node, TEXT("write a comparison, such as `x > 0`"),
               "%.*s is a %.*s where %s needs true or false", TEXT_ARGUMENTS(shown), TEXT_ARGUMENTS(name),
               where);
}

/* The type of `and` and `or`: TYPE_BOOLEAN. Operands of another type are reported. */
static struct static_type check_logic(struct checker *checker, const struct node *node)
{
    const char *where = node->kind == NODE_AND ? "`and`" : "`or`";
    check_condition(checker, node->children[0], where);
    check_condition(checker, node->children[1], where);
    return STATIC_TYPE(TYPE_BOOLEAN);
}

/* The type of `if`, which is what both branches may be. */
static struct static_type check_if(struct checker *checker, const struct node *node)
{
    check_condition(checker, node->children[0], "`if`");
    struct static_type then = check_node(checker, node->children[1]);
    struct static_type otherwise = check_node(checker, node->children[2]);
    if (then.kind == TYPE_NUMBER && otherwise.kind == TYPE_NUMBER)
        warn_of_branches(checker, node, (struct quantity){node->children[1], &then},
                         (struct quantity){node->children[2], &otherwise});
    return static_type_join(checker->arena, &then, &otherwise);
}

/* The type of `-x`, that of x. An operand that has no negative is reported. */
static struct static_type check_negation(struct checker *checker, const struct node *node)
{
    struct static_type type = check_node(checker, node->children[0]);
    switch (type.kind) {
    case TYPE_ANY:
    case TYPE_NULL:
    case TYPE_NUMBER:
    case TYPE_YEARS_MONTHS:
    case TYPE_DAYS_TIME: return type;
    default: break;
    }
    struct text name = check_type_name(&type);
    check_fail(checker, node, TEXT(""), "a %.*s cannot be negated", TEXT_ARGUMENTS(name));
    return STATIC_TYPE(TYPE_ANY);
}

/* The type of a list; notes whether its numbers are in units that do not fit. */
static struct static_type check_list(struct checker *checker, const struct node *node)
{
    struct static_type element = STATIC_TYPE(TYPE_NULL);
    bool has_mixed_units = false;
    for (uint32_t i = 0; i < node->count; i++) {
        struct static_type item = check_node(checker, node->children[i]);
        has_mixed_units |=
            element.kind == TYPE_NUMBER && item.kind == TYPE_NUMBER && !unit_fits(element.unit, item.unit);
        element = static_type_join(checker->arena, &element, &item);
    }
    if (element.kind == TYPE_NULL)
        element = STATIC_TYPE(TYPE_ANY);
    struct static_type list = static_type_of(checker->arena, TYPE_LIST, element);
    list.has_mixed_units = has_mixed_units;
    return list;
}

/* The type of a range, whose ends must be of one type. */
static struct static_type check_range(struct checker *checker, const struct node *node)
{
    struct static_type ends[2];
    for (uint32_t i = 0; i < 2; i++)
        ends[i] = node->children[i] ? check_node(checker, node->children[i]) : STATIC_TYPE(TYPE_NULL);
    bool differ =
        !static_type_is_open(&ends[0]) && !static_type_is_open(&ends[1]) && ends[0].kind != ends[1].kind;
    if (differ) {
        struct text low = check_type_name(&ends[0]), high = check_type_name(&ends[1]);
        check_fail(checker, node, TEXT(""), "no range reaches from a %.*s to a %.*s", TEXT_ARGUMENTS(low),
                   TEXT_ARGUMENTS(high));
    }
    if (ends[0].kind == TYPE_NUMBER && ends[1].kind == TYPE_NUMBER)
        check_same_unit(checker, node, (struct quantity){node->children[0], &ends[0]},
                        (struct quantity){node->children[1], &ends[1]}, "a range reaches between");
    struct static_type known = static_type_is_open(&ends[0]) ? ends[1] : ends[0];
    /* A range of strings holds all between them, not the two ends alone. */
    struct static_type element = STATIC_TYPE(known.kind == TYPE_NULL ? TYPE_ANY : known.kind);
    if (known.kind == TYPE_NUMBER)
        element.unit = ends[1].kind == TYPE_NUMBER && ends[0].kind == TYPE_NUMBER
                           ? unit_join(ends[0].unit, ends[1].unit)
                           : known.unit;
    return static_type_of(checker->arena, TYPE_RANGE, element);
}

/* The type of a node without operands that are checked. */
static struct static_type check_leaf(struct checker *checker, const struct node *node)
{
    switch ((enum node_kind)node->kind) {
    case NODE_LITERAL: return static_type_of_value(checker->arena, node->value);
    case NODE_SYMBOL: return program_slot(checker->program, node->slot)->type;
    case NODE_LOCAL: return checker->frame ? checker->frame[node->slot] : STATIC_TYPE(TYPE_ANY);
    case NODE_INPUT: return checker->input;
    case NODE_ERROR: check_fail(checker, node, TEXT(""), "%.*s", TEXT_ARGUMENTS(node->name)); break;
    default: break;
    }
    return STATIC_TYPE(TYPE_ANY);
}

struct static_type check_node(struct checker *checker, const struct node *node)
{
    enum { STEPS_A_NODE = 2 };
    if (!arena_charge(checker->arena, STEPS_A_NODE))
        return STATIC_TYPE(TYPE_ANY);
    switch ((enum node_kind)node->kind) {
    case NODE_NEGATE: return check_negation(checker, node);
    case NODE_ADD:
    case NODE_SUBTRACT:
    case NODE_MULTIPLY:
    case NODE_DIVIDE:
    case NODE_POWER: return check_arithmetic(checker, node);
    case NODE_EQUAL:
    case NODE_NOT_EQUAL:
    case NODE_LESS:
    case NODE_LESS_EQUAL:
    case NODE_GREATER:
    case NODE_GREATER_EQUAL: return check_comparison(checker, node);
    case NODE_AND:
    case NODE_OR: return check_logic(checker, node);
    case NODE_BETWEEN: return check_between(checker, node);
    case NODE_IN: return check_in(checker, node);
    case NODE_TEST_EQUAL:
    case NODE_TEST_COMPARE:
    case NODE_TEST_EXPRESSION:
    case NODE_TEST_ANY:
    case NODE_TEST_NOT: return check_test(checker, node);
    case NODE_IF: return check_if(checker, node);
    case NODE_FOR: return check_for(checker, node);
    case NODE_SOME:
    case NODE_EVERY: return check_quantified(checker, node);
    case NODE_LIST: return check_list(checker, node);
    case NODE_CONTEXT: return check_context(checker, node);
    case NODE_RANGE: return check_range(checker, node);
    case NODE_PATH: return check_path(checker, node);
    case NODE_FILTER: return check_filter(checker, node);
    case NODE_ITEM_ENTRY: return check_item_entry(checker, node);
    case NODE_CALL_BUILTIN: return check_builtin_call(checker, node);
    case NODE_CALL: return check_call(checker, node);
    case NODE_FUNCTION: return check_function(checker, node);
    case NODE_INSTANCE_OF: check_node(checker, node->children[0]); return STATIC_TYPE(TYPE_BOOLEAN);
    default: return check_leaf(checker, node);
    }
}

struct static_type check_expression(struct checker *checker, const struct expression *expression)
{
    checker->expression = expression;
    checker->frame = ARENA_ARRAY(checker->arena, struct static_type, expression->frame_size);
    if (!checker->frame) {
        if (checker->status == TUOYU_OK)
            checker->status = report_no_memory(checker->diagnostics);
        return STATIC_TYPE(TYPE_ANY);
    }
    return check_node(checker, expression->root);
}
