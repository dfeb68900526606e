/* SPDX-License-Identifier: Apache-2.0 */
/* Searches a formula for the first number that needs a source. */
#include "program/unsourced_number.h"

#include <string.h>

#include "feel/builtin.h"

/* Whether the number carries no policy of its own. */
static bool speaks_for_itself(tuoyu_decimal number)
{
    static const int64_t PLAIN[] = {0, 1, 12, 100};
    for (size_t i = 0; i < sizeof PLAIN / sizeof *PLAIN; i++)
        if (decimal_compare(number, decimal_from_integer(PLAIN[i])) == 0)
            return true;
    return false;
}

/* The first number that needs a source, or NULL. The recursion is as deep as the tree, which the parser
 * limits. */
static const struct node *find_number(const struct node *node)
{
    if (node->kind == NODE_LITERAL)
        return node->value.kind == VALUE_NUMBER && !speaks_for_itself(node->value.as.number) ? node : NULL;
    bool is_how = node->kind == NODE_CALL_BUILTIN && builtin_traits(node->builtin)->says_how;
    for (uint32_t i = 0; i < node->count; i++) {
        const struct node *child = node->children[i];
        bool is_position = (is_how || node->kind == NODE_FILTER) && child && child->kind == NODE_LITERAL;
        const struct node *found = child && !is_position ? find_number(child) : NULL;
        if (found)
            return found;
    }
    return NULL;
}

void warn_of_unsourced_number(const struct expression *formula, struct text name,
                              tuoyu_diagnostics *diagnostics)
{
    const struct node *number = find_number(formula->root);
    if (!number)
        return;
    char digits[TUOYU_DECIMAL_TEXT_SIZE];
    decimal_format(number->value.as.number, digits);
    report_warning(diagnostics, TUOYU_ERROR_PACK, expression_location(formula, number),
                   TEXT("make it a parameter with a `cite`, or cite the formula"),
                   "%s in `%.*s` has no source", digits, TEXT_ARGUMENTS(name));
}
