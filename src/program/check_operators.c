/* SPDX-License-Identifier: Apache-2.0 */
/* Checks arithmetic, comparisons and tests: which types go together. */
#include "program/check_units.h"

/* ---- Arithmetic ---- */

/* Whether the type is a duration, of either kind. */
static bool is_duration(enum type_kind kind)
{
    return kind == TYPE_YEARS_MONTHS || kind == TYPE_DAYS_TIME;
}

/* Whether the type is a date, with or without a time. */
static bool is_day(enum type_kind kind)
{
    return kind == TYPE_DATE || kind == TYPE_DATE_TIME;
}

/* The type of a sum; TYPE_NULL where there is none. */
static enum type_kind sum_of(enum type_kind left, enum type_kind right)
{
    bool is_simple = left == right && (left == TYPE_NUMBER || left == TYPE_STRING || is_duration(left));
    if (is_simple)
        return left;
    if ((is_day(left) && is_duration(right)) || (left == TYPE_TIME && right == TYPE_DAYS_TIME))
        return left;
    if ((is_day(right) && is_duration(left)) || (right == TYPE_TIME && left == TYPE_DAYS_TIME))
        return right;
    return TYPE_NULL;
}

/* The type of a difference; TYPE_NULL where there is none. */
static enum type_kind difference_of(enum type_kind left, enum type_kind right)
{
    if (left == right && (left == TYPE_NUMBER || is_duration(left)))
        return left;
    if ((is_day(left) && is_day(right)) || (left == TYPE_TIME && right == TYPE_TIME))
        return TYPE_DAYS_TIME;
    if ((is_day(left) && is_duration(right)) || (left == TYPE_TIME && right == TYPE_DAYS_TIME))
        return left;
    return TYPE_NULL;
}

/* The type of a product, quotient or power; TYPE_NULL where there is none. */
static enum type_kind product_of(enum node_kind operation, enum type_kind left, enum type_kind right)
{
    if (left == TYPE_NUMBER && right == TYPE_NUMBER)
        return TYPE_NUMBER;
    if (operation == NODE_POWER)
        return TYPE_NULL;
    if (is_duration(left) && right == TYPE_NUMBER)
        return left;
    if (operation == NODE_MULTIPLY && left == TYPE_NUMBER && is_duration(right))
        return right;
    if (operation == NODE_DIVIDE && is_duration(left) && left == right)
        return TYPE_NUMBER;
    return TYPE_NULL;
}

/* The type of an arithmetic operation; TYPE_NULL where there is none. */
static enum type_kind result_of(enum node_kind operation, enum type_kind left, enum type_kind right)
{
    if (operation == NODE_ADD)
        return sum_of(left, right);
    if (operation == NODE_SUBTRACT)
        return difference_of(left, right);
    return product_of(operation, left, right);
}

/* Whether the operation has a result with some type on the other side of the known one. */
static bool may_have_result(enum node_kind operation, enum type_kind known, bool known_is_left)
{
    for (enum type_kind other = TYPE_BOOLEAN; other <= TYPE_FUNCTION; other++) {
        enum type_kind result =
            known_is_left ? result_of(operation, known, other) : result_of(operation, other, known);
        if (result != TYPE_NULL)
            return true;
    }
    return false;
}

/* How a message says that an operation is not possible. */
static const char *words_of(enum node_kind operation)
{
    switch (operation) {
    case NODE_ADD: return "`+` cannot add";
    case NODE_SUBTRACT: return "`-` cannot take from";
    case NODE_MULTIPLY: return "`*` cannot multiply";
    case NODE_DIVIDE: return "`/` cannot divide";
    default: return "`**` cannot raise";
    }
}

struct static_type check_arithmetic(struct checker *checker, const struct node *node)
{
    struct static_type left = check_node(checker, node->children[0]),
                       right = check_node(checker, node->children[1]);
    enum node_kind operation = (enum node_kind)node->kind;
    bool left_is_open = static_type_is_open(&left), right_is_open = static_type_is_open(&right);
    /* The static type of a written duration is not known: it may be one of days or one of months. */
    if (operation == NODE_MULTIPLY && (left.kind == TYPE_NUMBER) != (right.kind == TYPE_NUMBER))
        check_duration_unit(checker, node, (struct quantity){node->children[0], &left},
                            (struct quantity){node->children[1], &right});
    if (left_is_open && right_is_open)
        return STATIC_TYPE(TYPE_ANY);
    if (left_is_open || right_is_open) {
        const struct static_type *known = left_is_open ? &right : &left;
        if (may_have_result(operation, known->kind, right_is_open))
            return STATIC_TYPE(TYPE_ANY);
    } else {
        struct static_type result = STATIC_TYPE(result_of(operation, left.kind, right.kind));
        struct quantity first = {node->children[0], &left}, second = {node->children[1], &right};
        if (result.kind == TYPE_NUMBER && left.kind == TYPE_NUMBER)
            result.unit = check_arithmetic_unit(checker, node, first, second);
        if (result.kind != TYPE_NULL)
            return result;
    }
    struct text first = check_type_name(&left), second = check_type_name(&right);
    bool is_text = operation == NODE_ADD && (left.kind == TYPE_STRING || right.kind == TYPE_STRING);
    check_fail(checker, node, is_text ? TEXT("string(x) makes a text of a value") : TEXT(""),
               "%s: %.*s and %.*s", words_of(operation), TEXT_ARGUMENTS(first), TEXT_ARGUMENTS(second));
    return STATIC_TYPE(TYPE_ANY);
}

/* ---- Equality ---- */

enum { LONGEST_LIST = 250 }; /* bytes of the values that a hint shows */

/* Reports a value that is none of the type's, with the nearest one or all of them as a hint. */
static void fail_value(struct checker *checker, const struct node *node, struct text shown, struct text value,
                       const struct static_type *type)
{
    struct text best = TEXT(""), hint = TEXT("");
    size_t distance = SIZE_MAX;
    uint32_t candidates =
        diagnostics_wants_hint(checker->diagnostics, type->value_count) ? type->value_count : 0;
    for (uint32_t i = 0; i < candidates; i++)
        text_nearest(value, type->values[i], &best, &distance);
    struct text_builder list;
    text_builder_init_arena(&list, checker->arena);
    bool wants_list = diagnostics_wants_hint(checker->diagnostics, 0);
    for (uint32_t i = 0;
         wants_list && i < type->value_count && list.length + type->values[i].length < LONGEST_LIST; i++)
        text_append_format(&list, "%s\"%.*s\"", i ? ", " : "", TEXT_ARGUMENTS(type->values[i]));
    struct text all = text_builder_text(&list);
    if (best.length)
        hint = message_text(checker->arena, "did you mean \"%.*s\"?", TEXT_ARGUMENTS(best));
    else if (all.length)
        hint = message_text(checker->arena, "it can be %.*s", TEXT_ARGUMENTS(all));
    check_fail(checker, node, hint.bytes ? hint : TEXT(""), "%.*s is never \"%.*s\"", TEXT_ARGUMENTS(shown),
               TEXT_ARGUMENTS(value));
}

/* Whether two types are these, in either order. */
static bool are_types(const struct static_type *left, const struct static_type *right, enum type_kind one,
                      enum type_kind other)
{
    return (left->kind == one && right->kind == other) || (left->kind == other && right->kind == one);
}

/* Whether the node is a comparison. */
static bool is_comparison(const struct node *node)
{
    return node->kind >= NODE_EQUAL && node->kind <= NODE_GREATER_EQUAL;
}

/* What is probably meant where two values of different types are compared; empty where that is not known. */
static struct text hint_for_types(const struct node *left_node, const struct static_type *left,
                                  const struct node *right_node, const struct static_type *right)
{
    const struct node *text_node = left->kind == TYPE_STRING ? left_node : right_node;
    bool is_literal = text_node->kind == NODE_LITERAL && text_node->value.kind == VALUE_STRING;
    if (are_types(left, right, TYPE_BOOLEAN, TYPE_NUMBER) &&
        (is_comparison(left_node) || is_comparison(right_node)))
        return TEXT("write both comparisons, joined by `and`: `6 <= x and x < 36`");
    if (are_types(left, right, TYPE_BOOLEAN, TYPE_NUMBER) ||
        are_types(left, right, TYPE_BOOLEAN, TYPE_STRING))
        return TEXT("write `true` or `false`, without quotes");
    if (are_types(left, right, TYPE_DATE, TYPE_STRING) && is_literal &&
        text_node->value.as.string.length == 0)
        return TEXT("write `null` for a day that is not there");
    if (are_types(left, right, TYPE_DATE, TYPE_STRING) || are_types(left, right, TYPE_DATE, TYPE_NUMBER))
        return TEXT("write a day as `date(\"2024-01-31\")`");
    if (are_types(left, right, TYPE_NUMBER, TYPE_STRING) && is_literal)
        return TEXT("a number stands without quotes");
    return TEXT("");
}

void check_equal(struct checker *checker, const struct node *node, const struct node *left_node,
                 const struct static_type *left, const struct node *right_node,
                 const struct static_type *right)
{
    if (static_type_is_open(left) || static_type_is_open(right))
        return;
    struct text first = check_show(checker, left_node), second = check_show(checker, right_node);
    if (left->kind != right->kind) {
        struct text a = check_type_name(left), b = check_type_name(right);
        check_fail(checker, node, hint_for_types(left_node, left, right_node, right),
                   "%.*s, a %.*s, is compared with %.*s, a %.*s", TEXT_ARGUMENTS(first), TEXT_ARGUMENTS(a),
                   TEXT_ARGUMENTS(second), TEXT_ARGUMENTS(b));
        return;
    }
    bool left_is_literal = left_node->kind == NODE_LITERAL,
         right_is_literal = right_node->kind == NODE_LITERAL;
    if (static_types_share_value(checker->arena, left, right) || (left_is_literal && right_is_literal))
        return;
    if (right_is_literal)
        fail_value(checker, right_node, first, right->values[0], left);
    else if (left_is_literal)
        fail_value(checker, left_node, second, left->values[0], right);
    else
        check_fail(checker, node, TEXT(""), "%.*s and %.*s have no value in common", TEXT_ARGUMENTS(first),
                   TEXT_ARGUMENTS(second));
}

/* ---- Order ---- */

/* Reports two operands between which there is no order. */
static void check_ordered(struct checker *checker, const struct node *node, struct quantity left_side,
                          struct quantity right_side)
{
    const struct static_type *left = left_side.type, *right = right_side.type;
    bool both_known = !static_type_is_open(left) && !static_type_is_open(right);
    bool left_is_wrong = left->kind != TYPE_ANY && !static_type_is_ordered(left);
    bool right_is_wrong = right->kind != TYPE_ANY && !static_type_is_ordered(right);
    if (!left_is_wrong && !right_is_wrong && !(both_known && left->kind != right->kind))
        return;
    struct text first = check_type_name(left), second = check_type_name(right);
    check_fail(checker, node, hint_for_types(left_side.node, left, right_side.node, right),
               "there is no order between a %.*s and a %.*s", TEXT_ARGUMENTS(first), TEXT_ARGUMENTS(second));
}

/* Reports two numbers whose units do not fit. */
static void check_compared_units(struct checker *checker, const struct node *node, struct quantity left,
                                 struct quantity right)
{
    if (left.type->kind == TYPE_NUMBER && right.type->kind == TYPE_NUMBER)
        check_same_unit(checker, node, left, right, "this compares");
}

struct static_type check_comparison(struct checker *checker, const struct node *node)
{
    const struct node *left_node = node->children[0], *right_node = node->children[1];
    struct static_type left = check_node(checker, left_node), right = check_node(checker, right_node);
    if (node->kind == NODE_EQUAL || node->kind == NODE_NOT_EQUAL)
        check_equal(checker, node, left_node, &left, right_node, &right);
    else
        check_ordered(checker, node, (struct quantity){left_node, &left},
                      (struct quantity){right_node, &right});
    check_compared_units(checker, node, (struct quantity){left_node, &left},
                         (struct quantity){right_node, &right});
    return STATIC_TYPE(TYPE_BOOLEAN);
}

struct static_type check_between(struct checker *checker, const struct node *node)
{
    struct static_type value = check_node(checker, node->children[0]);
    for (uint32_t i = 1; i < 3; i++) {
        struct static_type end = check_node(checker, node->children[i]);
        check_ordered(checker, node, (struct quantity){node->children[0], &value},
                      (struct quantity){node->children[i], &end});
        check_compared_units(checker, node, (struct quantity){node->children[0], &value},
                             (struct quantity){node->children[i], &end});
    }
    return STATIC_TYPE(TYPE_BOOLEAN);
}

/* ---- Tests ---- */

/* Reports an input that can neither equal the operand nor be in it. The recursion is as deep as the
 * operand. */
static void check_membership(struct checker *checker, const struct node *node, const struct node *input_node,
                             const struct static_type *input, const struct node *operand)
{
    if (operand->kind == NODE_LIST && input->kind != TYPE_LIST) {
        for (uint32_t i = 0; i < operand->count; i++)
            check_membership(checker, operand->children[i], input_node, input, operand->children[i]);
        return;
    }
    bool is_difference = operand->kind == NODE_SUBTRACT && node == operand &&
                         operand->children[0]->kind == NODE_LITERAL &&
                         operand->children[1]->kind == NODE_LITERAL;
    if (is_difference)
        check_fail(checker, operand, TEXT("a range has `..` between its ends: `[1..10]`"),
                   "this is one number, the difference of two");
    struct static_type type = check_node(checker, operand);
    bool is_within = (type.kind == TYPE_RANGE || type.kind == TYPE_LIST) && input->kind != type.kind;
    if (!is_within) {
        check_equal(checker, node, input_node, input, operand, &type);
        check_compared_units(checker, operand, (struct quantity){input_node, input},
                             (struct quantity){operand, &type});
        return;
    }
    struct static_type element = static_type_element(&type);
    if (type.kind == TYPE_RANGE) {
        if (!static_type_is_open(&element))
            check_ordered(checker, node, (struct quantity){input_node, input},
                          (struct quantity){operand, &element});
    } else if (element.kind != TYPE_RANGE && element.kind != TYPE_LIST) {
        check_equal(checker, node, input_node, input, operand, &element);
    }
    check_compared_units(checker, operand, (struct quantity){input_node, input},
                         (struct quantity){operand, &element});
}

static void check_one_test(struct checker *checker, const struct node *input_node,
                           const struct static_type *input, const struct node *test);

/* Checks the tests below a node, from an index on. */
static void check_tests(struct checker *checker, const struct node *input_node,
                        const struct static_type *input, const struct node *node, uint32_t first)
{
    for (uint32_t i = first; i < node->count; i++)
        check_one_test(checker, input_node, input, node->children[i]);
}

/* Checks a test that compares the input with a bound. */
static void check_compared(struct checker *checker, const struct node *input_node,
                           const struct static_type *input, const struct node *test)
{
    struct static_type bound = check_node(checker, test->children[0]);
    bool is_equality = test->operation == NODE_EQUAL || test->operation == NODE_NOT_EQUAL;
    if (is_equality)
        check_equal(checker, test, input_node, input, test->children[0], &bound);
    else
        check_ordered(checker, test, (struct quantity){input_node, input},
                      (struct quantity){test->children[0], &bound});
    check_compared_units(checker, test, (struct quantity){input_node, input},
                         (struct quantity){test->children[0], &bound});
}

/* Checks one test against the type of the input. */
static void check_one_test(struct checker *checker, const struct node *input_node,
                           const struct static_type *input, const struct node *test)
{
    struct static_type type;
    switch ((enum node_kind)test->kind) {
    case NODE_TEST_ANY: return;
    case NODE_TEST_NOT: check_tests(checker, input_node, input, test, 0); return;
    case NODE_TEST_EQUAL: check_membership(checker, test, input_node, input, test->children[0]); return;
    case NODE_TEST_COMPARE: check_compared(checker, input_node, input, test); return;
    case NODE_TEST_EXPRESSION:
        type = check_node(checker, test->children[0]);
        if (static_type_is_open(&type) || type.kind == TYPE_BOOLEAN)
            return;
        check_fail(checker, test, TEXT(""), "a test over `?` must be true or false");
        return;
    default: check_node(checker, test); return;
    }
}

struct static_type check_test(struct checker *checker, const struct node *node)
{
    struct node input = {.kind = NODE_INPUT};
    check_one_test(checker, &input, &checker->input, node);
    return STATIC_TYPE(TYPE_BOOLEAN);
}

struct static_type check_in(struct checker *checker, const struct node *node)
{
    struct static_type outer = checker->input, input = check_node(checker, node->children[0]);
    checker->input = input; /* `?` in the tests is the value before `in` */
    check_tests(checker, node->children[0], &input, node, 1);
    checker->input = outer;
    return STATIC_TYPE(TYPE_BOOLEAN);
}
