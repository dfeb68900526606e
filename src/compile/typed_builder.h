/* SPDX-License-Identifier: Apache-2.0 */
/* Makes typed operations: folds constants, shares what is the same, derives intervals and lanes. An operand
 * is the number of an operation; OPERAND_NONE stands for what cannot be typed (or memory that ran out:
 * builder->failed), and every function here gives it back for it. */
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
    uint32_t *buckets;     /* operation + 1, by hash of what it does */
    uint32_t bucket_count; /* a power of two */
    struct location where; /* of what is being lowered */
    bool failed;           /* memory was refused */
};

bool builder_init(struct typed_builder *builder, struct arena *arena);
static inline const struct typed_operation *builder_at(const struct typed_builder *builder, uint32_t operand)
{
    assert(operand < builder->count);
    return &builder->operations[operand];
}
/* The number of an operation that does the same, or of a new one. */
uint32_t build_operation(struct typed_builder *builder, struct typed_operation operation);
bool builder_constant(const struct typed_builder *builder, uint32_t operand, int64_t *value);
/* 10^power, power from 0 to 18. */
int64_t power_of_ten(int32_t power);
bool fits_int64(int128 value);
/* The greatest; of two numbers of 0 or more. */
int128 common_divisor(int128 left, int128 right);
/* LANE_32 where both fit. */
uint8_t lane_of_interval(int64_t low, int64_t high);
/* The operand in that lane, or one as wide. */
uint32_t build_lane(struct typed_builder *builder, uint32_t operand, uint8_t lane);
/* The operand in 32 bits, where its interval allows that. */
uint32_t build_narrow(struct typed_builder *builder, uint32_t operand);
/* number ÷ divisor, rounded; divisor above 0. */
int64_t divide_rounded(int64_t number, int64_t divisor, enum decimal_rounding mode);

/* ---- Constants ---- */
uint32_t build_number(struct typed_builder *builder, int64_t value, int32_t scale);
uint32_t build_decimal(struct typed_builder *builder, tuoyu_decimal number);
uint32_t build_boolean(struct typed_builder *builder, bool boolean);
uint32_t build_date(struct typed_builder *builder, int64_t date);
uint32_t build_text(struct typed_builder *builder, struct text text);
/* In no row known, waiting for the slot of a parameter; SLOT_NONE: for nothing. */
uint32_t build_unknown(struct typed_builder *builder, enum typed_kind kind, uint32_t leaf);

/* ---- Numbers ---- */
/* The same number with more decimals. */
uint32_t build_rescale(struct typed_builder *builder, uint32_t operand, int32_t scale);
/* ADD, SUBTRACT, MULTIPLY; MINIMUM and MAXIMUM also of dates. */
uint32_t build_arithmetic(struct typed_builder *builder, enum operation_code code, uint32_t left,
                          uint32_t right);
uint32_t build_absolute(struct typed_builder *builder, uint32_t operand);
/* number × multiplier ÷ divisor, rounded to a whole number of 10^-scale; divisor above 0. */
uint32_t build_divide(struct typed_builder *builder, uint32_t number, int128 multiplier, int128 divisor,
                      enum decimal_rounding mode, int32_t scale);
/* A row outside [low, high] waits for the interpreter. */
uint32_t build_check(struct typed_builder *builder, uint32_t operand, int64_t low, int64_t high);

/* ---- Logic ---- */
/* EQUAL … GREATER_EQUAL of two of one kind. */
uint32_t build_comparison(struct typed_builder *builder, enum operation_code code, uint32_t left,
                          uint32_t right);
/* low <= operand <= high, ends included or not. */
uint32_t build_within(struct typed_builder *builder, uint32_t operand, uint32_t low, bool low_included,
                      uint32_t high, bool high_included);
/* AND, OR */
uint32_t build_logic(struct typed_builder *builder, enum operation_code code, uint32_t left, uint32_t right);
uint32_t build_not(struct typed_builder *builder, uint32_t operand);
uint32_t build_select(struct typed_builder *builder, uint32_t condition, uint32_t then, uint32_t otherwise);
/* Whether the operand is known; whether it is known to be true, or to be false. */
uint32_t build_known(struct typed_builder *builder, uint32_t operand);
uint32_t build_is_true(struct typed_builder *builder, uint32_t operand);
uint32_t build_is_false(struct typed_builder *builder, uint32_t operand);
/* Whether a fact is given as null; only of a FACT. */
uint32_t build_is_none(struct typed_builder *builder, uint32_t fact);
/* OR_ELSE, with a constant of the operand's scale. */
uint32_t build_or_else(struct typed_builder *builder, uint32_t operand, int64_t otherwise);

/* ---- Tables ---- */
uint32_t build_band(struct typed_builder *builder, uint32_t operand, const int64_t *thresholds,
                    uint32_t count);
/* like: kind, scale and texts of the entries, and is_total. states and waits as in typed_operation, or NULL.
 */
uint32_t build_lookup(struct typed_builder *builder, uint32_t index, const int64_t *entries,
                      const uint8_t *states, const uint32_t *waits, uint32_t count,
                      const struct typed_operation *like);
/* Two of one kind with the same scale, or the same texts; false where there is none. */
bool build_alike(struct typed_builder *builder, uint32_t *left, uint32_t *right);

/* ---- Dates ---- */
/* YEAR, MONTH, DAY, START_OF_MONTH, END_OF_MONTH */
uint32_t build_date_part(struct typed_builder *builder, enum operation_code code, uint32_t date);
uint32_t build_completed_months(struct typed_builder *builder, uint32_t from, uint32_t to);
uint32_t build_add_months(struct typed_builder *builder, uint32_t date, uint32_t months);
/* days: a whole number */
uint32_t build_add_days(struct typed_builder *builder, uint32_t date, uint32_t days);
/* That day of each year; month and day: of a common year, so not the 29th of February. */
uint32_t build_date_of_year(struct typed_builder *builder, uint32_t year, int32_t month, int32_t day);

#endif
