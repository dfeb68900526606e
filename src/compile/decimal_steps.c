/* SPDX-License-Identifier: Apache-2.0 */
/* Writes formulas as steps for a stack of decimals, and computes them as the interpreter does. */
#include "compile/decimal_steps.h"

#include <assert.h>
#include <string.h>

/* ---- Writing ---- */

/* Appends a step. Returns false where the formula already has DECIMAL_STEPS_MOST steps. */
static bool append(struct decimal_steps *steps, struct decimal_step step)
{
    if (steps->count == DECIMAL_STEPS_MOST)
        return false;
    steps->steps[steps->count++] = step;
    return true;
}

bool decimal_steps_read(struct decimal_steps *steps, uint32_t operation, int32_t scale)
{
    uint32_t read = 0;
    while (read < steps->read_count && steps->reads[read] != operation)
        read++;
    if (read == DECIMAL_READS_MOST)
        return false;
    if (read == steps->read_count)
        steps->reads[steps->read_count++] = operation;
    return append(steps, (struct decimal_step){.code = STEP_READ, .read = (uint8_t)read, .scale = scale});
}

bool decimal_steps_constant(struct decimal_steps *steps, int64_t value, int32_t scale)
{
    struct decimal_step step = {.code = STEP_CONSTANT};
    return tuoyu_decimal_from_int64(value, scale, &step.constant) == TUOYU_OK && append(steps, step);
}

bool decimal_steps_operator(struct decimal_steps *steps, enum decimal_step_code code)
{
    return append(steps, (struct decimal_step){.code = (uint8_t)code});
}

bool decimal_steps_append(struct decimal_steps *steps, const struct decimal_steps *more)
{
    for (uint32_t i = 0; i < more->count; i++) {
        const struct decimal_step *step = &more->steps[i];
        bool is_good = step->code == STEP_READ
                           ? decimal_steps_read(steps, more->reads[step->read], step->scale)
                           : append(steps, *step);
        if (!is_good)
            return false;
    }
    return true;
}

bool decimal_steps_keep_sign(const struct decimal_steps *steps)
{
    for (uint32_t i = 0; i < steps->count; i++) {
        const struct decimal_step *step = &steps->steps[i];
        if (step->code == STEP_SUBTRACT || (step->code == STEP_CONSTANT && decimal_sign(step->constant) < 0))
            return false;
    }
    return true;
}

bool decimal_steps_are_same(const struct decimal_steps *left, const struct decimal_steps *right)
{
    if (left == right)
        return true;
    if (!left || !right || left->count != right->count || left->read_count != right->read_count ||
        memcmp(left->reads, right->reads, sizeof left->reads) != 0)
        return false;
    for (uint32_t i = 0; i < left->count; i++) {
        const struct decimal_step *first = &left->steps[i], *second = &right->steps[i];
        bool is_same = first->code == second->code && first->read == second->read &&
                       first->scale == second->scale &&
                       memcmp(&first->constant, &second->constant, sizeof first->constant) == 0;
        if (!is_same)
            return false;
    }
    return true;
}

/* ---- Computing ---- */

/* One operation on two decimals, rounded to 34 digits as the interpreter rounds. A status other than
 * TUOYU_OK: it has no result, and *out means nothing. */
static tuoyu_status combine(uint8_t code, tuoyu_decimal left, tuoyu_decimal right, tuoyu_decimal *out)
{
    switch (code) {
    case STEP_ADD: return decimal_add(left, right, out);
    case STEP_SUBTRACT: return decimal_subtract(left, right, out);
    case STEP_MULTIPLY: return decimal_multiply(left, right, out);
    case STEP_DIVIDE: return decimal_divide(left, right, out);
    case STEP_MINIMUM: *out = decimal_compare(right, left) < 0 ? right : left; return TUOYU_OK;
    default: *out = decimal_compare(right, left) > 0 ? right : left; return TUOYU_OK;
    }
}

/* Computes all steps. columns has a value for each of steps->reads. false where a step has no result, or
 * the steps do not end with exactly one value. */
static bool compute(const struct decimal_steps *steps, const int64_t *columns, tuoyu_decimal *result)
{
    tuoyu_decimal stack[DECIMAL_STEPS_MOST + 1] = {{{0, 0}}};
    uint32_t height = 0;
    for (const struct decimal_step *step = steps->steps; step < steps->steps + steps->count; step++) {
        tuoyu_status status = TUOYU_OK;
        if (step->code == STEP_READ) {
            status = tuoyu_decimal_from_int64(columns[step->read], step->scale, &stack[height++]);
        } else if (step->code == STEP_CONSTANT) {
            stack[height++] = step->constant;
        } else {
            assert(height >= 2);
            height--;
            status = combine(step->code, stack[height - 1], stack[height], &stack[height - 1]);
        }
        if (status != TUOYU_OK)
            return false;
    }
    *result = stack[0];
    return height == 1;
}

bool decimal_steps_count(const struct decimal_steps *steps, const int64_t *columns, int64_t unit,
                         int32_t scale, enum decimal_rounding mode, int64_t *count)
{
    tuoyu_decimal value, step, rounded;
    int64_t whole;
    assert(unit > 0);
    bool is_computed = compute(steps, columns, &value) &&
                       tuoyu_decimal_from_int64(unit, scale, &step) == TUOYU_OK &&
                       decimal_round_to(value, step, mode, &rounded) == TUOYU_OK &&
                       decimal_to_scaled_integer(rounded, scale, &whole);
    if (is_computed)
        *count = whole / unit;
    return is_computed;
}
