/* SPDX-License-Identifier: Apache-2.0 */
/* Arithmetic of typed numbers. The interval of each result is computed before the operation is made; a
 * result that 64 bits could not hold has no typed form (OPERAND_NONE). */
#include "compile/typed_builder.h"

/* ---- Two operands ---- */

struct interval {
    int128 low, high;
};

/* The interval of the operation's integers, without their scale. */
static struct interval interval_of(const struct typed_operation *operation)
{
    return (struct interval){.low = operation->low, .high = operation->high};
}

/* The interval of the product; its ends are among the products of the operands' ends. */
static struct interval product(struct interval left, struct interval right)
{
    const int128 corners[] = {left.low * right.low, left.low * right.high, left.high * right.low,
                              left.high * right.high};
    struct interval result = {.low = corners[0], .high = corners[0]};
    for (int i = 1; i < 4; i++) {
        if (corners[i] < result.low)
            result.low = corners[i];
        if (corners[i] > result.high)
            result.high = corners[i];
    }
    return result;
}

/* The lesser of both. */
static int128 least(int128 left, int128 right)
{
    return left < right ? left : right;
}

/* The greater of both. */
static int128 most(int128 left, int128 right)
{
    return left > right ? left : right;
}

/* The interval of ADD, SUBTRACT, MULTIPLY, MINIMUM or MAXIMUM (any other code) of two values from these
 * intervals. For two constants it is the value itself. */
static struct interval combine(enum operation_code code, struct interval left, struct interval right)
{
    switch (code) {
    case OPERATION_ADD: return (struct interval){.low = left.low + right.low, .high = left.high + right.high};
    case OPERATION_SUBTRACT:
        return (struct interval){.low = left.low - right.high, .high = left.high - right.low};
    case OPERATION_MULTIPLY: return product(left, right);
    case OPERATION_MINIMUM:
        return (struct interval){.low = least(left.low, right.low), .high = least(left.high, right.high)};
    default: return (struct interval){.low = most(left.low, right.low), .high = most(left.high, right.high)};
    }
}

/* Whether combining the operation's value with the constant always gives the value itself. */
static bool changes_nothing(enum operation_code code, const struct typed_operation *operation,
                            int64_t constant)
{
    switch (code) {
    case OPERATION_ADD:
    case OPERATION_SUBTRACT: return constant == 0;
    case OPERATION_MULTIPLY: return constant == 1;
    case OPERATION_MINIMUM: return constant >= operation->high;
    case OPERATION_MAXIMUM: return constant <= operation->low;
    default: return false;
    }
}

/* Whether `made` is min(max(a, low), high) or max(min(a, high), low) with low <= high; if so, *out is
 * the one CLAMP in its place. */
static bool is_clamp(const struct typed_builder *builder, const struct typed_operation *made,
                     struct typed_operation *out)
{
    if (!(made->immediates & 2))
        return false;
    const struct typed_operation *inner = builder_at(builder, made->operands[0]);
    bool is_pair = (made->code == OPERATION_MINIMUM && inner->code == OPERATION_MAXIMUM) ||
                   (made->code == OPERATION_MAXIMUM && inner->code == OPERATION_MINIMUM);
    if (!is_pair || !(inner->immediates & 2) || inner->lane != made->lane)
        return false;
    bool is_minimum = made->code == OPERATION_MINIMUM;
    int64_t low = is_minimum ? inner->immediate[1] : made->immediate[1];
    int64_t high = is_minimum ? made->immediate[1] : inner->immediate[1];
    if (low > high)
        return false;
    *out = *made;
    out->code = OPERATION_CLAMP;
    out->operands[0] = inner->operands[0];
    out->immediates = 0;
    out->immediate[0] = low;
    out->immediate[1] = high;
    return true;
}

/* Makes the operation of `left` with `right`, or, if has_constant, with the constant as operand 1.
 * Chooses the lane that holds the result and both operands. OPERAND_NONE where an operand cannot be
 * widened, or memory ran out. */
static uint32_t emit(struct typed_builder *builder, struct typed_operation made, uint32_t left,
                     uint32_t right, int64_t constant, bool has_constant)
{
    made.lane = lane_of_interval(made.low, made.high);
    uint8_t lanes[] = {builder_at(builder, left)->lane, has_constant ? lane_of_interval(constant, constant)
                                                                     : builder_at(builder, right)->lane};
    for (int i = 0; i < 2; i++)
        if (lanes[i] > made.lane)
            made.lane = lanes[i];
    made.operands[0] = build_lane(builder, left, made.lane);
    if (has_constant) {
        made.immediates = 2;
        made.immediate[1] = constant;
    } else {
        made.operands[1] = build_lane(builder, right, made.lane);
    }
    if (made.operands[0] == OPERAND_NONE || made.operands[1] == OPERAND_NONE)
        return OPERAND_NONE;
    struct typed_operation clamp;
    if (is_clamp(builder, &made, &clamp))
        made = clamp;
    uint32_t result = build_operation(builder, made);
    bool is_choice =
        made.code == OPERATION_MINIMUM || made.code == OPERATION_MAXIMUM || made.code == OPERATION_CLAMP;
    return is_choice ? build_narrow(builder, result) : result;
}

bool build_same_scale(struct typed_builder *builder, uint32_t *left, uint32_t *right)
{
    if (*left == OPERAND_NONE || *right == OPERAND_NONE)
        return false;
    const struct typed_operation *first = builder_at(builder, *left), *second = builder_at(builder, *right);
    if (first->kind != second->kind || first->kind == TYPED_CODE)
        return false;
    if (first->kind != TYPED_NUMBER)
        return true;
    int32_t scale = first->scale > second->scale ? first->scale : second->scale;
    *left = build_rescale(builder, *left, scale);
    *right = build_rescale(builder, *right, scale);
    return *left != OPERAND_NONE && *right != OPERAND_NONE;
}

uint32_t build_arithmetic(struct typed_builder *builder, enum operation_code code, uint32_t left,
                          uint32_t right)
{
    bool is_product = code == OPERATION_MULTIPLY;
    if (left == OPERAND_NONE || right == OPERAND_NONE)
        return OPERAND_NONE;
    if (!is_product && !build_same_scale(builder, &left, &right))
        return OPERAND_NONE;
    const struct typed_operation first = *builder_at(builder, left), second = *builder_at(builder, right);
    struct interval interval = combine(code, interval_of(&first), interval_of(&second));
    assert(interval.low <= interval.high);
    int32_t scale = is_product ? first.scale + second.scale : first.scale;
    if (!fits_int64(interval.low) || !fits_int64(interval.high) || scale > TYPED_SCALE_MOST)
        return OPERAND_NONE;
    bool is_choice = code == OPERATION_MINIMUM || code == OPERATION_MAXIMUM;
    struct typed_operation made = {.code = (uint8_t)code,
                                   .kind = is_choice ? first.kind : (uint8_t)TYPED_NUMBER,
                                   .scale = scale,
                                   .low = (int64_t)interval.low,
                                   .high = (int64_t)interval.high};
    bool is_left_constant = first.code == OPERATION_CONSTANT,
         is_right_constant = second.code == OPERATION_CONSTANT;
    if (is_left_constant && is_right_constant) {
        if (made.kind == TYPED_DATE)
            return build_date(builder, made.low);
        return build_number(builder, made.low, scale);
    }
    if (is_right_constant) {
        bool is_same_scale = !is_product || second.scale == 0;
        if (is_same_scale && made.kind == first.kind && changes_nothing(code, &first, second.low))
            return left;
        return emit(builder, made, left, right, second.low, true);
    }
    /* Of two intervals that do not overlap the same operand is always chosen. */
    if (is_choice && !first.is_nullable && !second.is_nullable) {
        if (code == OPERATION_MAXIMUM ? first.low >= second.high : first.high <= second.low)
            return left;
        if (code == OPERATION_MAXIMUM ? second.low >= first.high : second.high <= first.low)
            return right;
    }
    if (!is_left_constant)
        return emit(builder, made, left, right, 0, false);
    if (code == OPERATION_SUBTRACT)
        made.code = OPERATION_SUBTRACT_FROM;
    else if ((!is_product || first.scale == 0) && made.kind == second.kind &&
             changes_nothing(code, &second, first.low))
        return right;
    return emit(builder, made, right, left, first.low, true);
}

/* ---- One operand ---- */

uint32_t build_rescale(struct typed_builder *builder, uint32_t operand, int32_t scale)
{
    if (operand == OPERAND_NONE || builder_at(builder, operand)->scale == scale)
        return operand;
    const struct typed_operation number = *builder_at(builder, operand);
    if (scale > TYPED_SCALE_MOST || scale < number.scale)
        return OPERAND_NONE;
    int64_t factor = power_of_ten(scale - number.scale);
    struct interval interval = {.low = (int128)number.low * factor, .high = (int128)number.high * factor};
    if (!fits_int64(interval.low) || !fits_int64(interval.high))
        return OPERAND_NONE;
    struct typed_operation made = {.code = OPERATION_MULTIPLY,
                                   .kind = TYPED_NUMBER,
                                   .scale = scale,
                                   .low = (int64_t)interval.low,
                                   .high = (int64_t)interval.high};
    if (number.code == OPERATION_UNKNOWN) { /* it has no value, so only the scale changes */
        made = number;
        made.scale = scale;
        return build_operation(builder, made);
    }
    if (number.code != OPERATION_CONSTANT)
        return emit(builder, made, operand, operand, factor, true);
    made.code = OPERATION_CONSTANT;
    made.lane = lane_of_interval(made.low, made.low);
    made.immediate[0] = made.low;
    return build_operation(builder, made);
}

uint32_t build_absolute(struct typed_builder *builder, uint32_t operand)
{
    if (operand == OPERAND_NONE || builder_at(builder, operand)->low >= 0)
        return operand;
    const struct typed_operation number = *builder_at(builder, operand);
    if (number.low == INT64_MIN)
        return OPERAND_NONE;
    int64_t high = number.high > -number.low ? number.high : -number.low;
    if (number.code == OPERATION_CONSTANT)
        return build_number(builder, high, number.scale);
    uint8_t lane = lane_of_interval(0, high) > number.lane ? LANE_64 : number.lane;
    return build_operation(builder, (struct typed_operation){.code = OPERATION_ABSOLUTE,
                                                             .kind = TYPED_NUMBER,
                                                             .lane = lane,
                                                             .operands = {build_lane(builder, operand, lane)},
                                                             .scale = number.scale,
                                                             .low = 0,
                                                             .high = high});
}

uint32_t build_check(struct typed_builder *builder, uint32_t operand, int64_t low, int64_t high)
{
    if (operand == OPERAND_NONE)
        return OPERAND_NONE;
    struct typed_operation made = *builder_at(builder, operand);
    if (made.low >= low && made.high <= high)
        return operand;
    if (made.high < low || made.low > high || made.code == OPERATION_CONSTANT)
        return OPERAND_NONE;
    if (low < made.low)
        low = made.low;
    if (high > made.high)
        high = made.high;
    return build_narrow(builder, build_operation(builder, (struct typed_operation){.code = OPERATION_CHECK,
                                                                                   .kind = made.kind,
                                                                                   .lane = made.lane,
                                                                                   .operands = {operand},
                                                                                   .immediate = {low, high},
                                                                                   .scale = made.scale,
                                                                                   .low = low,
                                                                                   .high = high}));
}

/* ---- Division ---- */

int64_t divide_rounded(int64_t number, int64_t divisor, enum decimal_rounding mode)
{
    assert(divisor > 0);
    int64_t quotient = number / divisor, rest = number % divisor;
    int64_t away = rest < 0 ? -1 : rest > 0 ? 1 : 0, size = rest < 0 ? -rest : rest;
    int order = size > divisor - size    ? 1
                : size == divisor - size ? 0
                                         : -1; /* of the remainder against a half */
    switch (mode) {
    case DECIMAL_HALF_UP: return order >= 0 ? quotient + away : quotient;
    case DECIMAL_HALF_DOWN: return order > 0 ? quotient + away : quotient;
    case DECIMAL_HALF_EVEN:
        return order > 0 || (order == 0 && quotient % 2 != 0) ? quotient + away : quotient;
    case DECIMAL_UP: return quotient + away;
    case DECIMAL_FLOOR: return away < 0 ? quotient - 1 : quotient;
    case DECIMAL_CEILING: return away > 0 ? quotient + 1 : quotient;
    default: return quotient;
    }
}

int128 common_divisor(int128 left, int128 right)
{
    while (right) {
        int128 rest = left % right;
        left = right;
        right = rest;
    }
    return left;
}

uint32_t build_divide(struct typed_builder *builder, uint32_t number, int128 multiplier, int128 divisor,
                      enum decimal_rounding mode, int32_t scale)
{
    if (number == OPERAND_NONE)
        return OPERAND_NONE;
    int128 common = common_divisor(multiplier, divisor);
    multiplier /= common;
    divisor /= common;
    if (multiplier > power_of_ten(TYPED_SCALE_MOST))
        return OPERAND_NONE;
    struct typed_operation operand = *builder_at(builder, number);
    struct interval scaled = {.low = operand.low * multiplier, .high = operand.high * multiplier};
    int128 room = INT64_MAX - divisor; /* rounding may add up to one divisor */
    if (divisor > INT64_MAX / 2 || scaled.low < -room || scaled.high > room)
        return OPERAND_NONE;
    int64_t low = divide_rounded((int64_t)scaled.low, (int64_t)divisor, mode);
    int64_t high = divide_rounded((int64_t)scaled.high, (int64_t)divisor, mode);
    if (operand.code == OPERATION_CONSTANT)
        return build_number(builder, low, scale);
    struct typed_operation made = {.code = OPERATION_MULTIPLY,
                                   .kind = TYPED_NUMBER,
                                   .scale = scale,
                                   .low = (int64_t)scaled.low,
                                   .high = (int64_t)scaled.high};
    if (multiplier != 1)
        number = emit(builder, made, number, number, (int64_t)multiplier, true);
    if (number == OPERAND_NONE)
        return OPERAND_NONE;
    made = *builder_at(builder, number);
    if (divisor == 1)
        return made.scale == scale ? number : OPERAND_NONE;
    uint8_t lane = lane_of_interval(made.low - (int64_t)divisor, made.high + (int64_t)divisor);
    if (made.lane > lane)
        lane = made.lane;
    return build_narrow(builder, build_operation(builder, (struct typed_operation){
                                                              .code = OPERATION_DIVIDE,
                                                              .kind = TYPED_NUMBER,
                                                              .lane = lane,
                                                              .mode = (uint8_t)mode,
                                                              .operands = {build_lane(builder, number, lane)},
                                                              .immediate = {(int64_t)divisor},
                                                              .scale = scale,
                                                              .low = low,
                                                              .high = high}));
}
