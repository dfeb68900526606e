/* SPDX-License-Identifier: Apache-2.0 */
/* Makes typed operations: folds constants, shares operations that do the same, derives intervals and
 * lanes. An operand is the number of an operation. OPERAND_NONE stands for what has no typed form, or for
 * memory that ran out (then builder->failed is set); each function here returns it if an operand is
 * OPERAND_NONE. */
#ifndef TUOYU_COMPILE_TYPED_BUILDER_H
#define TUOYU_COMPILE_TYPED_BUILDER_H

#include "compile/typed_program.h"
#include "value/decimal_bits.h"

__extension__ typedef __int128 int128;

enum { TYPED_SCALE_MOST = 18, TYPED_OPERATIONS_MOST = 64000 };

struct typed_builder {
    struct arena *arena;
    struct typed_operation *operations;
    uint32_t count;
    size_t capacity;
    uint32_t *buckets;     /* operation + 1, by hash; 0: empty */
    uint32_t bucket_count; /* a power of two */
    struct location where; /* source of the operations that are being made */
    bool failed;           /* memory ran out: nothing can be made any more */
};

/* Makes a builder without operations, whose memory is the arena's. Returns false if memory ran out. */
bool builder_init(struct typed_builder *builder, struct arena *arena);
/* Gives a program, whose outputs speak of operations of the builder, what these need, and renumbers operands
 * and outputs to match. keeps_facts: all facts stay, needed or not, so that two programs have the same ones.
 * false: memory ran out. */
bool builder_give(const struct typed_builder *builder, struct typed_program *typed, bool keeps_facts);
/* The operation with this number; the pointer is good until the next operation is made. */
static inline const struct typed_operation *builder_at(const struct typed_builder *builder, uint32_t operand)
{
    assert(operand < builder->count);
    return &builder->operations[operand];
}

/* Adds an operation, or finds one that does the same; returns its number. Sets where and is_nullable.
 * OPERAND_NONE if memory ran out or there are TYPED_OPERATIONS_MOST operations. */
uint32_t build_operation(struct typed_builder *builder, struct typed_operation operation);
/* Whether the operand is a CONSTANT; if so *value is its value, unscaled. false for OPERAND_NONE. */
bool builder_constant(const struct typed_builder *builder, uint32_t operand, int64_t *value);
/* 10^power, power from 0 to 18. */
int64_t power_of_ten(int32_t power);
/* True if the value lies within INT64_MIN to INT64_MAX. */
bool fits_int64(int128 value);
/* The greatest common divisor; neither may be negative. */
int128 common_divisor(int128 left, int128 right);
/* LANE_32 where both ends fit in 32 bits, else LANE_64. */
uint8_t lane_of_interval(int64_t low, int64_t high);
/* The operand widened to the lane; one that is as wide or wider stays. */
uint32_t build_lane(struct typed_builder *builder, uint32_t operand, uint8_t lane);
/* The operand in LANE_32 if its interval allows that, else the operand itself. */
uint32_t build_narrow(struct typed_builder *builder, uint32_t operand);
/* number ÷ divisor, rounded to a whole number; divisor must be above 0. */
int64_t divide_rounded(int64_t number, int64_t divisor, enum decimal_rounding mode);

/* ---- Constants ---- */
/* value × 10^-scale, without trailing zeros. */
uint32_t build_number(struct typed_builder *builder, int64_t value, int32_t scale);
/* The constant number. OPERAND_NONE where it does not fit in 64 bits with at most TYPED_SCALE_MOST
 * decimals. */
uint32_t build_decimal(struct typed_builder *builder, tuoyu_decimal number);
/* The constant true or false. */
uint32_t build_boolean(struct typed_builder *builder, bool boolean);
/* The constant date. OPERAND_NONE outside DATE_FIRST to DATE_LAST. */
uint32_t build_date(struct typed_builder *builder, int64_t date);
/* The constant text, of kind TYPED_CODE; the bytes are kept by reference. OPERAND_NONE if memory ran out. */
uint32_t build_text(struct typed_builder *builder, struct text text);
/* A value that is known in no row, because the parameter with slot `leaf` is unset; SLOT_NONE: it waits for
 * nothing. Not for TYPED_CODE. That one gives OPERAND_NONE. */
uint32_t build_unknown(struct typed_builder *builder, enum typed_kind kind, uint32_t leaf);

/* ---- Numbers ---- */
/* The same number with `scale` decimals, which must not be fewer than it has. OPERAND_NONE if the interval
 * does not fit in 64 bits. */
uint32_t build_rescale(struct typed_builder *builder, uint32_t operand, int32_t scale);
/* code is ADD, SUBTRACT, MULTIPLY, MINIMUM or MAXIMUM; the last two are also for dates. OPERAND_NONE where
 * the interval does not fit in 64 bits. */
uint32_t build_arithmetic(struct typed_builder *builder, enum operation_code code, uint32_t left,
                          uint32_t right);
/* The number without its sign. OPERAND_NONE if the interval holds INT64_MIN. */
uint32_t build_absolute(struct typed_builder *builder, uint32_t operand);
/* The number's integer (without its scale) × multiplier ÷ divisor, rounded by the mode; the result is an
 * integer with `scale` decimals. divisor must be above 0. OPERAND_NONE if the interval does not fit in 64
 * bits. */
uint32_t build_divide(struct typed_builder *builder, uint32_t number, int128 multiplier, int128 divisor,
                      enum decimal_rounding mode, int32_t scale);
/* The operand where it lies in [low, high]; other rows wait for the interpreter. OPERAND_NONE where no row
 * can lie there. */
uint32_t build_check(struct typed_builder *builder, uint32_t operand, int64_t low, int64_t high);

/* ---- Logic ---- */
/* code is one of EQUAL to GREATER_EQUAL. Operands of different kinds give OPERAND_NONE, and so does an order
 * of booleans or codes. */
uint32_t build_comparison(struct typed_builder *builder, enum operation_code code, uint32_t left,
                          uint32_t right);
/* Whether the operand lies between low and high, each end included or not. */
uint32_t build_within(struct typed_builder *builder, uint32_t operand, uint32_t low, bool low_included,
                      uint32_t high, bool high_included);
/* code is AND or OR; both operands must be booleans. OPERAND_NONE if one is not. */
uint32_t build_logic(struct typed_builder *builder, enum operation_code code, uint32_t left, uint32_t right);
/* `not` of a boolean; OPERAND_NONE for an operand of another kind. */
uint32_t build_not(struct typed_builder *builder, uint32_t operand);
/* `then` where the condition is true, `otherwise` where it is false; both must be of one kind. OPERAND_NONE
 * if they are not, or cannot be brought to one scale. */
uint32_t build_select(struct typed_builder *builder, uint32_t condition, uint32_t then, uint32_t otherwise);
/* build_known: whether the operand is known. build_is_true, build_is_false: whether it is known and true, or
 * known and false. The results are always known. */
uint32_t build_known(struct typed_builder *builder, uint32_t operand);
uint32_t build_is_true(struct typed_builder *builder, uint32_t operand);
/* Whether the operand is known and false; always known itself. */
uint32_t build_is_false(struct typed_builder *builder, uint32_t operand);
/* Whether a fact is given as null; the operand must be a FACT. OPERAND_NONE for anything else. */
uint32_t build_is_none(struct typed_builder *builder, uint32_t fact);
/* The operand where it is known, else the constant, which has the operand's scale. OPERAND_NONE if a number's
 * interval would then need a wider lane. */
uint32_t build_or_else(struct typed_builder *builder, uint32_t operand, int64_t otherwise);

/* ---- Tables ---- */
/* How many of the thresholds (ascending, in the operand's scale, kept by reference) the operand has reached.
 */
uint32_t build_band(struct typed_builder *builder, uint32_t operand, const int64_t *thresholds,
                    uint32_t count);
/* The entry at the index. like: gives kind, scale, texts and is_total. states and waits are as in
 * typed_operation; NULL: all entries have values. The tables are kept by reference. OPERAND_NONE if there are
 * no entries. */
uint32_t build_lookup(struct typed_builder *builder, uint32_t index, const int64_t *entries,
                      const uint8_t *states, const uint32_t *waits, uint32_t count,
                      const struct typed_operation *like);
/* Brings two operands of one kind to the same scale. false where that is not possible, and for codes. */
bool build_same_scale(struct typed_builder *builder, uint32_t *left, uint32_t *right);
/* Brings two operands of one kind to the same scale, or to the same texts. false where that is not possible.
 */
bool build_alike(struct typed_builder *builder, uint32_t *left, uint32_t *right);

/* ---- Dates ---- */
/* code is YEAR, MONTH, DAY, START_OF_MONTH or END_OF_MONTH. OPERAND_NONE if the operand is no date. */
uint32_t build_date_part(struct typed_builder *builder, enum operation_code code, uint32_t date);
/* Completed months from one date to another; negative where `to` is earlier. OPERAND_NONE if an operand is no
 * date. */
uint32_t build_completed_months(struct typed_builder *builder, uint32_t from, uint32_t to);
/* The date so many months later, a whole number. Rows that would leave DATE_FIRST to DATE_LAST fall back.
 * OPERAND_NONE if no row can stay within, or an operand is of another kind. */
uint32_t build_add_months(struct typed_builder *builder, uint32_t date, uint32_t months);
/* The date so many days later, a whole number. Rows that would leave DATE_FIRST to DATE_LAST fall back.
 * OPERAND_NONE if no row can stay within, or an operand is of another kind. */
uint32_t build_add_days(struct typed_builder *builder, uint32_t date, uint32_t days);
/* The given day of each year. The day must exist in a common year, so the 29th of February gives
 * OPERAND_NONE. */
uint32_t build_date_of_year(struct typed_builder *builder, uint32_t year, int32_t month, int32_t day);

#endif
