# SPDX-License-Identifier: Apache-2.0
"""A built-in with a unit rule, words and a typed form: excess over(amount, limit)."""

TITLE = "A built-in function of FEEL"
MOST = 3


def apply(tree):
    tree.insert_before("src/feel/builtin_table.inc", "\n#undef OVER_LIST\n", r'''
BUILTIN(EXCESS_OVER, "excess over", .units = UNITS_EQUAL, .whole = WHOLE_AS_ARGUMENTS, .zh = "超出额",
        .en = "the excess of ", .columns = COLUMNS_TYPED)
EXTENSION(EXCESS_OVER, NUMBER, excess_over, 2, 2, "By how much the amount is above the limit; 0 where it is not.",
          "excess over(120, 100) = 20", NEEDS("amount", NUMBER), NEEDS("limit", NUMBER))
''')
    tree.insert_before("src/feel/builtin_extensions.c", "struct value builtin_round_to(", r'''
struct value builtin_excess_over(const struct builtin_call *call)
{
    tuoyu_decimal excess;
    tuoyu_status status =
        decimal_subtract(call->arguments[0].as.number, call->arguments[1].as.number, &excess);
    if (status == TUOYU_OK && decimal_sign(excess) < 0)
        excess = decimal_from_integer(0);
    return builtin_number(call, status, excess);
}

'''.lstrip("\n"))
    tree.insert_before("src/compile/lower_call.c", "/* ---- The table of functions ---- */\n", r'''
/* excess over(amount, limit): what is left of the amount above the limit, 0 at the least. */
static uint32_t lower_excess_over(struct typed_lowering *lowering, const struct node *node)
{
    struct typed_builder *builder = &lowering->builder;
    uint32_t amount = argument(lowering, node, 0), limit = argument(lowering, node, 1);
    if (!is_number_operand(lowering, amount) || !is_number_operand(lowering, limit))
        return OPERAND_NONE;
    return build_arithmetic(builder, OPERATION_MAXIMUM,
                            build_arithmetic(builder, OPERATION_SUBTRACT, amount, limit),
                            build_number(builder, 0, 0));
}

'''.lstrip("\n"))
    tree.insert_after("src/compile/lower_call.c", "    [FEEL_CLAMP] = {.lower = lower_clamp, .count = 3},\n",
                      "    [FEEL_EXCESS_OVER] = {.lower = lower_excess_over, .count = 2},\n")
    tree.insert_after("tests/feel/reference_tables.h", '    {"clamp", "clamp(1, 3, 2)"},\n',
                      '    {"excess over", "excess over(9.9E6144, -9.9E6144)"},\n')


PRICING = """
  excess:
    title: {zh: 超出基准的收费, en: What is charged above the benchmark}
    unit: CNY/month
    amount: excess over(fee.charged, fee.benchmark)
"""
REFUSED = """
  excess_of_units:
    title: {zh: 单位不同, en: Units that differ}
    unit: CNY/month
    amount: excess over(fee.charged, fee.months)
"""


def use(built):
    built.expect_value("excess", {"charged": "1800.5", "benchmark": "1500"}, "300.5")
    built.expect_value("excess", {"charged": "1400", "benchmark": "1500"}, "0")
    built.expect_typed("excess")
    built.expect_columns("excess.amount", ["300.5", "0", "250"])
    built.expect_explained("excess", "zh", "超出额")
    built.expect_explained("excess", "en", "the excess of")
    built.expect_refused(REFUSED, "excess over", "month")
    built.expect_page("tests/feel/reference_page", "src/feel/README.md", "excess over")
