/* SPDX-License-Identifier: Apache-2.0 */
/* Computes with ratios, counts how far the interpreter may be from them, and rounds them. Why rounding
 * the exact value gives what the interpreter's rounded steps give: call an edge a tie of the modes that go
 * to the nearest, and a whole unit of the others. An exact value that is not on an edge is at least 1 / (2
 * × divisor) of a unit away from every edge. The interpreter's value is nearer to the exact one than that
 * (ratio_round() requires it of the error counted here), so it lies on the same side of each edge and
 * rounds the same. On an edge the steps decide: the interpreter's value is exact if the ratio is faithful,
 * and is computed again, step by step, if it is not. */
#include "compile/ratio.h"

/* NO_ERROR: the exponent that stands for no error at all. */
enum { DECIMAL_DIGITS_LESS_ONE = 33, NO_ERROR = -1000, SCALE_MOST = 12, DIGITS_OF_INT128 = 38 };
static const int64_t TERM_MOST = INT64_C(1000000000000000000);
static const int64_t UNIT_MOST = INT64_C(1000000000);

/* ---- Terms ---- */

/* The divisor without its factors 2 and 5. The result is 1 exactly where 1 / divisor is a decimal
 * fraction. */
static int128 without_tens(int128 divisor)
{
    while (divisor % 2 == 0)
        divisor /= 2;
    while (divisor % 5 == 0)
        divisor /= 5;
    return divisor;
}

/* The number of decimal digits, so that number < 10^result; 0 for 0. The number must not be negative. */
static int32_t digits_of(int128 number)
{
    int32_t digits = 0;
    for (; number > 0; number /= 10)
        digits++;
    return digits;
}

/* The least power of ten that the divisor's factors 2 and 5 divide: as many decimals has 1 / divisor, if
 * it has no other factors. */
static int32_t decimals_of(int128 divisor)
{
    int32_t twos = 0, fives = 0;
    for (; divisor % 2 == 0; divisor /= 2)
        twos++;
    for (; divisor % 5 == 0; divisor /= 5)
        fives++;
    return twos > fives ? twos : fives;
}

/* Divides both by their common divisor; false where one is still beyond TERM_MOST. */
static bool reduce(int128 *multiplier, int128 *divisor)
{
    assert(*multiplier >= 0 && *divisor > 0);
    int128 common = common_divisor(*multiplier, *divisor);
    *multiplier /= common;
    *divisor /= common;
    return *multiplier <= TERM_MOST && *divisor <= TERM_MOST;
}

/* The greatest absolute value in the operation's interval. */
static int128 size_of(const struct typed_operation *number)
{
    int128 low = number->low < 0 ? -(int128)number->low : number->low,
           high = number->high < 0 ? -(int128)number->high : number->high;
    return low > high ? low : high;
}

/* An exponent m such that the ratio's absolute value is always below 10^m. */
static int32_t magnitude_of(const struct typed_builder *builder, const struct ratio *ratio)
{
    const struct typed_operation *number = builder_at(builder, ratio->number);
    return digits_of(size_of(number)) + digits_of(ratio->multiplier) - (digits_of(ratio->divisor) - 1) -
           number->scale;
}

/* Whether 34 digits hold the value wherever it has finitely many decimals, so that the interpreter does
 * not round it. */
static bool fits_digits(const struct typed_builder *builder, const struct ratio *ratio)
{
    const struct typed_operation *number = builder_at(builder, ratio->number);
    return digits_of(size_of(number)) + digits_of(ratio->multiplier) + decimals_of(ratio->divisor) <=
           DECIMAL_DIGITS;
}

/* The greater of both. */
static int32_t greatest(int32_t left, int32_t right)
{
    return left > right ? left : right;
}

/* Error exponent of a result whose inputs are off by 10^first and 10^second, plus its own rounding. */
static int32_t error_of(const struct typed_builder *builder, const struct ratio *result, int32_t first,
                        int32_t second)
{
    int32_t rounding = magnitude_of(builder, result) - DECIMAL_DIGITS_LESS_ONE;
    return greatest(greatest(first, second), rounding) + 1;
}

/* ---- Exact ratios and even quotients ---- */

struct ratio ratio_of(uint32_t number)
{
    return (struct ratio){.number = number,
                          .multiplier = 1,
                          .divisor = 1,
                          .is_exact = true,
                          .is_faithful = true,
                          .error = NO_ERROR};
}

/* An exact ratio as an operation. OPERAND_NONE: the ratio is not exact, or a column cannot hold it. */
static uint32_t exact_operand(struct typed_builder *builder, struct ratio ratio)
{
    if (ratio.number == OPERAND_NONE || !ratio.is_exact)
        return OPERAND_NONE;
    if (ratio.multiplier == 1 && ratio.divisor == 1)
        return ratio.number;
    int32_t decimals = decimals_of(ratio.divisor);
    if (decimals > TYPED_SCALE_MOST)
        return OPERAND_NONE;
    int128 factor = ratio.multiplier * (power_of_ten(decimals) / ratio.divisor);
    if (!fits_int64(factor))
        return OPERAND_NONE;
    return build_arithmetic(builder, OPERATION_MULTIPLY, ratio.number,
                            build_number(builder, (int64_t)factor, decimals));
}

uint32_t ratio_operand(struct typed_builder *builder, struct ratio ratio)
{
    return ratio.number == OPERAND_NONE || ratio.is_exact ? exact_operand(builder, ratio) : ratio.even;
}

/* number ÷ (divisor × 10^-scale) in the rows where it has finitely many decimals; the other rows wait for the
 * interpreter. The factors 2 and 5 of the divisor only add decimals, so it is enough to check that the rest
 * of the divisor leaves no remainder. OPERAND_NONE if the interval does not fit. */
static uint32_t divide_evenly(struct typed_builder *builder, uint32_t number, int64_t divisor, int32_t scale)
{
    int128 rest = without_tens(divisor), tens = divisor / rest;
    int32_t decimals = decimals_of(tens);
    if (number == OPERAND_NONE || decimals > TYPED_SCALE_MOST)
        return OPERAND_NONE;
    int128 factor = power_of_ten(decimals) / tens * power_of_ten(scale);
    if (!fits_int64(factor))
        return OPERAND_NONE;
    uint32_t whole = build_arithmetic(builder, OPERATION_MULTIPLY, number,
                                      build_number(builder, (int64_t)factor, decimals));
    if (whole == OPERAND_NONE)
        return OPERAND_NONE;
    uint32_t quotient =
        build_divide(builder, whole, 1, rest, DECIMAL_DOWN, builder_at(builder, whole)->scale);
    uint32_t again =
        build_arithmetic(builder, OPERATION_MULTIPLY, quotient, build_number(builder, (int64_t)rest, 0));
    uint32_t left_over = build_arithmetic(builder, OPERATION_SUBTRACT, whole, again);
    return build_arithmetic(builder, OPERATION_ADD, quotient, build_check(builder, left_over, 0, 0));
}

/* ---- The steps of the interpreter ---- */

/* Appends the steps that compute the ratio. false where they are too many or were not kept. */
static bool append_steps(struct typed_builder *builder, struct decimal_steps *steps, struct ratio ratio)
{
    int64_t constant;
    if (!ratio.is_exact)
        return ratio.steps && decimal_steps_append(steps, ratio.steps);
    uint32_t operand = exact_operand(builder, ratio);
    if (operand == OPERAND_NONE)
        return false;
    int32_t scale = builder_at(builder, operand)->scale;
    if (builder_at(builder, operand)->code == OPERATION_UNKNOWN)
        return decimal_steps_constant(steps, 0,
                                      0); /* the result is unknown in every row, so any constant will do */
    return builder_constant(builder, operand, &constant) ? decimal_steps_constant(steps, constant, scale)
                                                         : decimal_steps_read(steps, operand, scale);
}

/* The steps of both sides followed by the operation. NULL: they are too many, or memory ran out. */
static const struct decimal_steps *write_steps(struct typed_builder *builder, enum operation_code code,
                                               struct ratio left, struct ratio right)
{
    static const uint8_t STEPS[OPERATION_COUNT] = {
        [OPERATION_ADD] = STEP_ADD,           [OPERATION_SUBTRACT] = STEP_SUBTRACT,
        [OPERATION_MULTIPLY] = STEP_MULTIPLY, [OPERATION_DIVIDE] = STEP_DIVIDE,
        [OPERATION_MINIMUM] = STEP_MINIMUM,   [OPERATION_MAXIMUM] = STEP_MAXIMUM};
    struct decimal_steps *steps = ARENA_NEW(builder->arena, struct decimal_steps);
    if (!steps)
        builder->failed = true;
    bool is_written = steps && append_steps(builder, steps, left) && append_steps(builder, steps, right) &&
                      decimal_steps_operator(steps, (enum decimal_step_code)STEPS[code]);
    return is_written ? steps : NULL;
}

/* ---- Combining ---- */

/* number × factor; OPERAND_NONE where that does not fit. */
static uint32_t scaled(struct typed_builder *builder, uint32_t number, int128 factor)
{
    if (!fits_int64(factor))
        return OPERAND_NONE;
    return build_arithmetic(builder, OPERATION_MULTIPLY, number, build_number(builder, (int64_t)factor, 0));
}

/* Whether the two sides of min or max, wherever they differ, differ by more than the error, so that the
 * interpreter chooses the same side. */
static bool is_decided(const struct typed_builder *builder, const struct ratio *difference, int32_t error)
{
    return error + digits_of(difference->divisor) + builder_at(builder, difference->number)->scale <= 0;
}

/* Sum, difference, min or max of two ratios over their common divisor. RATIO_NONE where it does not fit.
 * */
static struct ratio combine_alike(struct typed_builder *builder, enum operation_code code, struct ratio left,
                                  struct ratio right)
{
    int128 divisor = left.divisor / common_divisor(left.divisor, right.divisor) * right.divisor;
    int128 first = left.multiplier * (divisor / left.divisor),
           second = right.multiplier * (divisor / right.divisor);
    int128 common = common_divisor(first, second);
    bool is_choice = code == OPERATION_MINIMUM || code == OPERATION_MAXIMUM;
    struct ratio result = {
        .multiplier = common, .divisor = divisor, .error = greatest(left.error, right.error)};
    result.number = build_arithmetic(builder, code, scaled(builder, left.number, first / common),
                                     scaled(builder, right.number, second / common));
    if (result.number == OPERAND_NONE || !reduce(&result.multiplier, &result.divisor))
        return RATIO_NONE;
    result.is_faithful = left.is_exact != right.is_exact && left.is_faithful && right.is_faithful &&
                         fits_digits(builder, &left) && fits_digits(builder, &right) &&
                         (!is_choice || is_decided(builder, &result, result.error));
    if (!is_choice)
        result.error = error_of(builder, &result, left.error, right.error);
    return result;
}

/* A ratio times constant × 10^-scale. It stays faithful only where the constant does not cancel a factor
 * of the divisor: else the product could have finitely many decimals although the ratio has not, and the
 * interpreter has rounded the ratio. */
static struct ratio multiply_constant(struct typed_builder *builder, struct ratio ratio, int64_t constant,
                                      int32_t scale)
{
    if (constant == INT64_MIN)
        return RATIO_NONE;
    int128 size = constant < 0 ? -constant : constant;
    struct ratio result = {.number = ratio.number,
                           .multiplier = ratio.multiplier * size,
                           .divisor = ratio.divisor * power_of_ten(scale)};
    if (constant == 0)
        result.multiplier = result.divisor = 1;
    if (constant <= 0)
        result.number = constant ? build_arithmetic(builder, OPERATION_SUBTRACT, build_number(builder, 0, 0),
                                                    ratio.number)
                                 : scaled(builder, ratio.number, 0);
    if (result.number == OPERAND_NONE || !reduce(&result.multiplier, &result.divisor))
        return RATIO_NONE;
    result.is_faithful = ratio.is_faithful && fits_digits(builder, &ratio) &&
                         common_divisor(size, without_tens(ratio.divisor)) == 1;
    result.error = error_of(builder, &result, ratio.error + digits_of(size) - scale, NO_ERROR);
    return result;
}

/* The product of two ratios of which at most one is exact. It is not faithful, unless one is a constant.
 * RATIO_NONE where it does not fit. */
static struct ratio multiply(struct typed_builder *builder, struct ratio left, struct ratio right)
{
    int64_t constant;
    struct ratio exact = left.is_exact ? left : right, other = left.is_exact ? right : left;
    uint32_t operand = exact_operand(builder, exact);
    if (builder_constant(builder, operand, &constant))
        return multiply_constant(builder, other, constant, builder_at(builder, operand)->scale);
    struct ratio result = {.multiplier = left.multiplier * right.multiplier,
                           .divisor = left.divisor * right.divisor};
    result.number = build_arithmetic(builder, OPERATION_MULTIPLY, left.number, right.number);
    if (result.number == OPERAND_NONE || !reduce(&result.multiplier, &result.divisor))
        return RATIO_NONE;
    result.error = error_of(builder, &result, left.error + magnitude_of(builder, &right),
                            right.error + magnitude_of(builder, &left));
    result.error = greatest(result.error, left.error + right.error + 1);
    return result;
}

struct ratio ratio_combine(struct typed_builder *builder, enum operation_code code, struct ratio left,
                           struct ratio right)
{
    if (left.number == OPERAND_NONE || right.number == OPERAND_NONE)
        return RATIO_NONE;
    if (left.is_exact && right.is_exact)
        return ratio_of(
            build_arithmetic(builder, code, exact_operand(builder, left), exact_operand(builder, right)));
    struct ratio result = code == OPERATION_MULTIPLY ? multiply(builder, left, right)
                                                     : combine_alike(builder, code, left, right);
    if (result.number == OPERAND_NONE)
        return result;
    result.steps = write_steps(builder, code, left, right);
    result.even =
        build_arithmetic(builder, code, ratio_operand(builder, left), ratio_operand(builder, right));
    return result;
}

/* A positive constant as 1 × its value, so that it is reduced against the divisor; any other ratio is
 * returned as it is. */
static struct ratio unfold(struct typed_builder *builder, struct ratio ratio)
{
    int64_t constant;
    if (!ratio.is_exact || !builder_constant(builder, ratio.number, &constant) || constant <= 0)
        return ratio;
    struct ratio result = ratio;
    result.multiplier *= constant;
    result.divisor *= power_of_ten(builder_at(builder, ratio.number)->scale);
    result.number = build_number(builder, 1, 0);
    return reduce(&result.multiplier, &result.divisor) ? result : ratio;
}

struct ratio ratio_divide(struct typed_builder *builder, struct ratio left, struct ratio right)
{
    int64_t constant;
    uint32_t below = exact_operand(builder, right);
    if (left.number == OPERAND_NONE || !builder_constant(builder, below, &constant) || constant <= 0)
        return RATIO_NONE;
    int32_t scale = builder_at(builder, below)->scale;
    struct ratio from = unfold(builder, left);
    struct ratio result = {.number = from.number,
                           .multiplier = from.multiplier * power_of_ten(scale),
                           .divisor = from.divisor * constant};
    if (!reduce(&result.multiplier, &result.divisor))
        return RATIO_NONE;
    result.is_exact = from.is_exact && without_tens(result.divisor) == 1 && fits_digits(builder, &result);
    result.is_faithful = from.is_exact || (from.is_faithful && fits_digits(builder, &from));
    result.error = NO_ERROR;
    if (result.is_exact)
        return result;
    result.error = error_of(builder, &result, from.error - (digits_of(constant) - 1) + scale, NO_ERROR);
    result.steps = write_steps(builder, OPERATION_DIVIDE, left, right);
    result.even = divide_evenly(builder, ratio_operand(builder, left), constant, scale);
    return result;
}

/* ---- Rounding ---- */

/* Whether the mode rounds to one side, so that its edges are the whole units and not the ties. */
static bool is_directed(enum decimal_rounding mode)
{
    return mode == DECIMAL_UP || mode == DECIMAL_DOWN || mode == DECIMAL_FLOOR || mode == DECIMAL_CEILING;
}

/* Whether the steps cannot end below zero, given the intervals of the columns that they read. */
static bool is_never_below_zero(const struct typed_builder *builder, const struct decimal_steps *steps)
{
    for (uint32_t i = 0; i < steps->read_count; i++)
        if (builder_at(builder, steps->reads[i])->low < 0)
            return false;
    return decimal_steps_keep_sign(steps);
}

/* Turns a DIVIDE into a QUOTIENT, which repeats the steps for rows on an edge. There the interpreter may
 * come to the unit next to the exact one, so the interval grows by one on each side, but not below zero
 * where the value cannot be negative. OPERAND_NONE if the division is no DIVIDE. */
static uint32_t build_quotient(struct typed_builder *builder, uint32_t division,
                               const struct decimal_steps *steps, int64_t unit, int32_t scale)
{
    if (division == OPERAND_NONE)
        return OPERAND_NONE;
    struct typed_operation made = *builder_at(builder, division);
    if (made.code == OPERATION_NARROW)
        made = *builder_at(builder, made.operands[0]);
    if (made.code != OPERATION_DIVIDE)
        return OPERAND_NONE;
    made.code = OPERATION_QUOTIENT;
    made.steps = steps;
    for (uint32_t i = 0; i < DECIMAL_READS_MOST; i++)
        made.operands[i + 1] = i < steps->read_count ? steps->reads[i] : made.operands[0];
    made.immediate[1] = unit;
    made.immediate[2] = scale;
    if (made.low != 0 || !is_never_below_zero(builder, steps))
        made.low--;
    made.high++;
    return build_narrow(builder, build_operation(builder, made));
}

/* The rounded value as a number of units of unit × 10^-scale. OPERAND_NONE where the interpreter's value
 * cannot be told for sure or does not fit. */
static uint32_t count_units(struct typed_builder *builder, struct ratio ratio, int64_t unit, int32_t scale,
                            enum decimal_rounding mode)
{
    int64_t constant;
    int32_t own = builder_at(builder, ratio.number)->scale, result_scale = unit == 1 ? scale : 0;
    int128 multiplier = ratio.multiplier * power_of_ten(scale),
           divisor = ratio.divisor * power_of_ten(own) * unit;
    uint32_t division = build_divide(builder, ratio.number, multiplier, divisor, mode, result_scale);
    if (ratio.is_exact || division == OPERAND_NONE)
        return division;
    int128 common = common_divisor(multiplier, divisor);
    multiplier /= common;
    divisor /= common;
    bool is_near = ratio.error + digits_of(2 * divisor) - (digits_of(unit) - 1) + scale <= 0;
    bool has_edges = is_directed(mode) || divisor % 2 == 0;
    if (!is_near)
        return OPERAND_NONE;
    if (ratio.is_faithful || !has_edges)
        return division;
    if (!ratio.steps)
        return OPERAND_NONE;
    if (builder_at(builder, ratio.number)->code == OPERATION_CONSTANT)
        return ratio.steps->read_count == 0 &&
                       decimal_steps_count(ratio.steps, NULL, unit, scale, mode, &constant)
                   ? build_number(builder, constant, result_scale)
                   : OPERAND_NONE;
    if (divisor == 1)
        division = build_divide(builder, scaled(builder, ratio.number, multiplier * 2), 1, 2, mode,
                                result_scale); /* makes it a DIVIDE, which build_quotient() needs */
    return build_quotient(builder, division, ratio.steps, unit, scale);
}

uint32_t ratio_round(struct typed_builder *builder, struct ratio ratio, int64_t unit, int32_t scale,
                     enum decimal_rounding mode)
{
    if (ratio.number == OPERAND_NONE || unit <= 0 || unit > UNIT_MOST || scale > SCALE_MOST)
        return OPERAND_NONE;
    int32_t own = builder_at(builder, ratio.number)->scale;
    if (own > SCALE_MOST || digits_of(ratio.divisor) + own + digits_of(unit) > DIGITS_OF_INT128)
        return OPERAND_NONE;
    uint32_t count = count_units(builder, ratio, unit, scale, mode);
    return unit == 1
               ? count
               : build_arithmetic(builder, OPERATION_MULTIPLY, count, build_number(builder, unit, scale));
}
