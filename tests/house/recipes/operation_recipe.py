# SPDX-License-Identifier: Apache-2.0
"""An operation of columns: the distance of two numbers, to which abs(a - b) is lowered."""

TITLE = "An operation of columns"
MOST = 4


def apply(tree):
    tree.insert_before("src/compile/operation_table.h", '    X(CLAMP, "clamp",',
                       '    X(DISTANCE, "distance", 2, NONE, BY_OPERAND, IF_ALL, NUMBER, "|a - b|") \\\n')
    tree.replace("src/machine/formulas.h", "    X(MAXIMUM, maximum, left > right ? left : right, __VA_ARGS__)\n",
                 "    X(MAXIMUM, maximum, left > right ? left : right, __VA_ARGS__) \\\n"
                 "    X(DISTANCE, distance, left > right ? left - right : right - left, __VA_ARGS__)\n")
    tree.insert_before("src/compile/typed_arithmetic.c", "/* The interval of ADD, SUBTRACT, MULTIPLY, MINIMUM", r'''
/* The interval of |left - right|: from the gap between the intervals, 0 where they overlap. */
static struct interval distance(struct interval left, struct interval right)
{
    int128 below = left.low - right.high, above = left.high - right.low;
    return (struct interval){.low = most(0, most(below, -above)), .high = most(above, -below)};
}

'''.lstrip("\n"))
    tree.insert_after("src/compile/typed_arithmetic.c", "    case OPERATION_MULTIPLY: return product(left, right);\n",
                      "    case OPERATION_DISTANCE: return distance(left, right);\n")
    tree.replace("src/compile/lower_call.c", "    uint32_t operand = argument(lowering, node, 0);\n    return is_number", r'''
    const struct node *inner = node->children[0];
    if (node->count == 1 && inner->kind == NODE_SUBTRACT) {
        uint32_t left = lower_node(lowering, inner->children[0]), right = lower_node(lowering, inner->children[1]);
        if (is_number_operand(lowering, left) && is_number_operand(lowering, right))
            return build_arithmetic(&lowering->builder, OPERATION_DISTANCE, left, right);
    }
    uint32_t operand = argument(lowering, node, 0);
    return is_number'''.lstrip("\n"))


PRICING = """
  difference:
    title: {zh: 与基准相差, en: Difference from the benchmark}
    unit: CNY/month
    amount: abs(fee.charged - fee.benchmark)
  difference_from_number:
    title: {zh: 与定数相差, en: Difference from a number}
    unit: CNY/month
    amount: abs(1500 - fee.charged)
"""


def use(built):
    built.expect_value("difference", {"charged": "1400.25", "benchmark": "1500"}, "99.75")
    for rule in ("difference", "difference_from_number"):
        built.expect_typed(rule, "distance")
    built.expect_columns("difference.amount", ["300.5", "100", "250"])
    built.expect_columns("difference_from_number.amount", ["300.5", "100", "500"])
