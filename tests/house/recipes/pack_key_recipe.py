# SPDX-License-Identifier: Apache-2.0
"""A key of packs: `waived` of a pricing rule, a condition under which nothing may be charged."""

TITLE = "A key of packs"
MOST = 5


def apply(tree):
    tree.insert_after("src/pack/schema_rules.c", '''    {"round", &SCHEMA_ROUNDING, OPTIONAL, "how the amount is rounded"},
''', '''    {"waived", &SCHEMA_EXPRESSION, OPTIONAL, "if true, nothing may be charged"},
''')
    tree.replace("src/pack/model.h", "    struct pack_rounding round;\n    struct expression_text charged, at_most, at_least;\n",
                 "    struct pack_rounding round;\n    struct expression_text waived, charged, at_most, at_least;\n")
    tree.insert_before("src/pack/reader_rules.c", '    pricing->charged = reader_expression(node, "charged");\n',
                       '    pricing->waived = reader_expression(node, "waived");\n')
    tree.replace("src/rules/pricing.c",
                 "    bool is_bounded = written->bound_count > 0 || written->float_band.is_given;\n",
                 "    bool is_waivable = written->waived.text.bytes;\n"
                 "    bool is_bounded = written->bound_count > 0 || written->float_band.is_given || is_waivable;\n")
    tree.insert_after("src/rules/pricing.c", "    const struct node *tree = lower_bounds(lowering, written, pricing);\n",
                      r'''    if (is_waivable) {
        uint32_t waived = lower_optional(lowering, lowering->scope, "waived", &written->waived, TEXT(""),
                                         TYPE_BOOLEAN);
        tree = tree_if(lowering, tree_slot(lowering, waived), tree_number(lowering, 0), tree);
    }
''')


PRICING = """
  family_fee:
    title: {zh: 家庭缴费, en: The family's fee}
    unit: CNY/month
    amount: fee.charged
    waived: fee.is_waived
"""
REFUSED = """
  waived_by_a_number:
    title: {zh: 类型不对, en: A wrong type}
    unit: CNY/month
    amount: fee.charged
    waived: fee.months
"""


def use(built):
    built.expect_value("family_fee", {"charged": "1800.5", "is_waived": "false"}, "1800.5")
    built.expect_value("family_fee", {"charged": "1800.5", "is_waived": "true"}, "0")
    built.expect_columns("family_fee.amount", ["1800.5", "0", "2000"])
    built.expect_refused(REFUSED, "waived", "boolean")
    built.expect_output(["schema"], '"waived"')
    built.expect_page("tests/pack/test_schema", "src/pack/README.md", "`waived`")
