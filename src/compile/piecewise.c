/* SPDX-License-Identifier: Apache-2.0 */
/* Composes piecewise linear functions of one operation and folds chains of linear operations into
 * PIECEWISE. */
#include "compile/piecewise.h"

/* Coefficients beyond this are refused before they are added or multiplied, so int128 never overflows. */
static const int64_t COEFFICIENT_MOST = INT64_C(1) << 62;

/* Whether the coefficient is within COEFFICIENT_MOST, so that it also fits in int64. */
static bool is_small(int128 coefficient)
{
    return coefficient > -COEFFICIENT_MOST && coefficient < COEFFICIENT_MOST;
}

/* The identity function of the root. */
static struct piecewise itself(uint32_t root)
{
    return (struct piecewise){.root = root, .slope = 1};
}

bool piecewise_is_root(const struct piecewise *function)
{
    return function->slope == 1 && function->offset == 0 && function->count == 0;
}

/* ---- Composition: each changes the function, or returns false and leaves it of no use ---- */

/* function × factor; false where a coefficient grows too large. */
static bool scale(struct piecewise *function, int64_t factor)
{
    bool fits = is_small(function->slope) && is_small(function->offset);
    for (uint32_t i = 0; i < function->count; i++)
        fits &= is_small(function->changes[i]);
    if (!fits || !is_small(factor))
        return false;
    function->slope *= factor;
    function->offset *= factor;
    fits = is_small(function->slope) && is_small(function->offset);
    for (uint32_t i = 0; i < function->count; i++) {
        function->changes[i] *= factor;
        fits &= is_small(function->changes[i]);
    }
    return fits;
}

/* Adds change × max(a, knot) and keeps the knots ascending and distinct. false: there are KNOTS_MOST
 * knots already, or the coefficient grows too large. */
static bool add_knot(struct piecewise *function, int64_t knot, int128 change)
{
    uint32_t at = 0;
    while (at < function->count && function->knots[at] < knot)
        at++;
    bool is_there = at < function->count && function->knots[at] == knot;
    if (is_there) {
        function->changes[at] += change;
        return is_small(function->changes[at]);
    }
    if (function->count == KNOTS_MOST)
        return false;
    for (uint32_t i = function->count++; i > at; i--) {
        function->knots[i] = function->knots[i - 1];
        function->changes[i] = function->changes[i - 1];
    }
    function->knots[at] = knot;
    function->changes[at] = change;
    return true;
}

/* function + other; false where they have different roots or the sum does not fit. */
static bool add_function(struct piecewise *function, const struct piecewise *other)
{
    if (function->root != other->root)
        return false;
    function->slope += other->slope;
    function->offset += other->offset;
    for (uint32_t i = 0; i < other->count; i++)
        if (!add_knot(function, other->knots[i], other->changes[i]))
            return false;
    return is_small(function->slope) && is_small(function->offset);
}

/* max(f, constant). false unless f is a + offset: only then is the knot, constant - offset, a whole
 * number for sure. */
static bool raise_to(struct piecewise *function, int64_t constant)
{
    int128 knot = constant - function->offset;
    if (function->slope != 1 || function->count || !fits_int64(knot))
        return false;
    function->slope = 0;
    return add_knot(function, (int64_t)knot, 1);
}

/* min(f, constant) = f + constant - max(f, constant). Returns false, with the function of no use, if there is
 * no room or a number does not fit. */
static bool lower_to(struct piecewise *function, int64_t constant)
{
    struct piecewise raised = *function;
    if (!raise_to(&raised, constant) || !scale(&raised, -1) || !add_function(function, &raised))
        return false;
    function->offset += constant;
    return is_small(function->offset);
}

/* clamp(f, low, high) = max(f, low) + high - max(f, high), since low is not above high. Returns false, with
 * the function of no use, if there is no room or a number does not fit. */
static bool clamp_to(struct piecewise *function, int64_t low, int64_t high)
{
    struct piecewise raised = *function;
    assert(low <= high);
    if (!raise_to(&raised, high) || !raise_to(function, low) || !scale(&raised, -1) ||
        !add_function(function, &raised))
        return false;
    function->offset += high;
    return is_small(function->offset);
}

/* Applies an operation on one number with constants to the function; false: it is not linear, or does
 * not fit. */
static bool apply(struct piecewise *function, const struct typed_operation *operation)
{
    int64_t constant = operation->immediate[1];
    switch (operation->code) {
    case OPERATION_ADD: function->offset += constant; return is_small(function->offset);
    case OPERATION_SUBTRACT: function->offset -= constant; return is_small(function->offset);
    case OPERATION_SUBTRACT_FROM:
        if (!scale(function, -1))
            return false;
        function->offset += constant;
        return is_small(function->offset);
    case OPERATION_MULTIPLY: return scale(function, constant);
    case OPERATION_MAXIMUM: return raise_to(function, constant);
    case OPERATION_MINIMUM: return lower_to(function, constant);
    case OPERATION_CLAMP: return clamp_to(function, operation->immediate[0], operation->immediate[1]);
    default: return false;
    }
}

/* ---- Operations ---- */

/* Whether the operation has one operand that is not immediate, operand 0. */
static bool is_unary(const struct typed_operation *operation)
{
    return operation->code == OPERATION_CLAMP || operation->immediates == 2;
}

/* The function of a PIECEWISE operation. Its table has the slope, the offset, and pairs of a knot and a
 * change. */
static struct piecewise read_table(const struct typed_operation *operation)
{
    struct piecewise function = {
        .root = operation->operands[0], .slope = operation->table[0], .offset = operation->table[1]};
    assert(operation->table_count >= 2 && operation->table_count <= 2 + 2 * KNOTS_MOST);
    for (uint32_t i = 2; i < operation->table_count; i += 2) {
        function.knots[function.count] = operation->table[i];
        function.changes[function.count++] = operation->table[i + 1];
    }
    return function;
}

struct piecewise piecewise_of(const struct typed_builder *builder, uint32_t operand)
{
    const struct typed_operation *operation = builder_at(builder, operand);
    if (operation->code == OPERATION_PIECEWISE)
        return read_table(operation);
    if (operation->code == OPERATION_WIDEN || operation->code == OPERATION_NARROW)
        return piecewise_of(builder, operation->operands[0]);
    struct piecewise function = itself(operand);
    if (is_unary(operation)) {
        function = itself(operation->operands[0]);
        if (!apply(&function, operation))
            function = itself(operand);
    }
    return function;
}

/* Removes knots outside the root's interval: beyond them max(a, knot) is always a or always the knot,
 * which goes into slope or offset. */
static void drop_knots(struct piecewise *function, const struct typed_operation *root)
{
    uint32_t kept = 0;
    for (uint32_t i = 0; i < function->count; i++) {
        int64_t knot = function->knots[i];
        int128 change = function->changes[i];
        if (change == 0)
            continue;
        if (knot <= root->low) {
            function->slope += change;
        } else if (knot >= root->high) {
            function->offset += change * knot;
        } else {
            function->knots[kept] = knot;
            function->changes[kept++] = change;
        }
    }
    function->count = kept;
}

/* The function as a PIECEWISE operation in place of `operation`, with the same interval. OPERAND_NONE:
 * the root does not fit in the operation's lane, a coefficient is too large, or memory ran out. */
static uint32_t emit(struct typed_builder *builder, struct piecewise function,
                     const struct typed_operation *operation)
{
    const struct typed_operation root = *builder_at(builder, function.root);
    if (root.lane > operation->lane || operation->lane == LANE_8)
        return OPERAND_NONE;
    drop_knots(&function, &root);
    if (!is_small(function.slope) || !is_small(function.offset))
        return OPERAND_NONE;
    int64_t *table = ARENA_ARRAY(builder->arena, int64_t, 2 + 2 * (size_t)function.count);
    if (!table) {
        builder->failed = true;
        return OPERAND_NONE;
    }
    table[0] = (int64_t)function.slope;
    table[1] = (int64_t)function.offset;
    for (uint32_t i = 0; i < function.count; i++) {
        table[2 + 2 * i] = function.knots[i];
        table[3 + 2 * i] = (int64_t)function.changes[i];
    }
    struct typed_operation made = *operation;
    made.code = OPERATION_PIECEWISE;
    made.immediates = 0;
    made.operands[0] = build_lane(builder, function.root, operation->lane);
    made.operands[1] = made.operands[2] = 0;
    for (int i = 0; i < 3; i++)
        made.immediate[i] = 0;
    made.table = table;
    made.table_count = 2 + 2 * function.count;
    return build_operation(builder, made);
}

uint32_t build_piecewise(struct typed_builder *builder, const struct typed_operation *operation)
{
    if (operation->kind != TYPED_NUMBER)
        return OPERAND_NONE;
    if (is_unary(operation)) {
        struct piecewise function = piecewise_of(builder, operation->operands[0]);
        bool is_first = piecewise_is_root(&function);
        return is_first || !apply(&function, operation) ? OPERAND_NONE : emit(builder, function, operation);
    }
    bool is_sum = (operation->code == OPERATION_ADD || operation->code == OPERATION_SUBTRACT) &&
                  operation->immediates == 0;
    if (!is_sum)
        return OPERAND_NONE;
    struct piecewise left = piecewise_of(builder, operation->operands[0]),
                     right = piecewise_of(builder, operation->operands[1]);
    if (operation->code == OPERATION_SUBTRACT && !scale(&right, -1))
        return OPERAND_NONE;
    return add_function(&left, &right) ? emit(builder, left, operation) : OPERAND_NONE;
}
