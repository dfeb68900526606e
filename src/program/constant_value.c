/* SPDX-License-Identifier: Apache-2.0 */
/* Tells expressions that are constant from others, and computes them before any case is there. */
#include "program/constant_value.h"

#include <assert.h>

#include "feel/builtin.h"
#include "feel/interpreter.h"

/* Charged for computing a constant, which allocates little. */
enum { STEPS_A_CONSTANT = 8 };

/* Whether the expression is made of literals only. The recursion is as deep as the tree, which the parser
 * limits. */
static bool is_constant(const struct node *node)
{
    switch ((enum node_kind)node->kind) {
    case NODE_LITERAL: return true;
    case NODE_CALL_BUILTIN:
        if (!builtin_traits(node->builtin)->makes_constants)
            return false; /* what others give is not computed, because it may take long */
        break;
    case NODE_NEGATE:
    case NODE_ADD:
    case NODE_SUBTRACT:
    case NODE_MULTIPLY:
    case NODE_DIVIDE:
    case NODE_LIST:
    case NODE_RANGE: break;
    default: return false;
    }
    for (uint32_t i = 0; i < node->count; i++)
        if (node->children[i] && !is_constant(node->children[i]))
            return false;
    return true;
}

bool constant_value(struct arena *arena, const struct expression *expression, const struct node *node,
                    struct value *value)
{
    assert(node);
    if (!is_constant(node) || !arena_charge(arena, STEPS_A_CONSTANT))
        return false;
    struct environment environment;
    environment_init(&environment, arena);
    environment.mode = EVALUATE_PACK;
    environment_allow_steps(&environment, EVALUATION_STEPS);
    *value = expression_evaluate_node(expression, node, &environment);
    return !value_cause(*value);
}
