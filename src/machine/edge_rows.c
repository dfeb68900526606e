/* SPDX-License-Identifier: Apache-2.0 */
/* Finds the rows of a QUOTIENT that lie on an edge of its rounding, and computes them again as the
 * formula is written. */
#include "machine/edge_rows.h"

#include "compile/typed_builder.h"

enum { CHUNK_ROWS = 64 }; /* rows that are searched for edges at once */

/* Whether the mode's edges are halves, and not whole numbers. */
static bool rounds_to_nearest(const struct typed_operation *quotient)
{
    return quotient->mode == DECIMAL_HALF_UP || quotient->mode == DECIMAL_HALF_DOWN ||
           quotient->mode == DECIMAL_HALF_EVEN;
}

/* Whether number ÷ divisor lies on an edge: halfway between two whole numbers for modes that round to
 * the nearest, on a whole number for the others. result: the rounded quotient. */
static inline bool is_on_edge(int64_t number, int64_t result, int64_t divisor, bool to_nearest)
{
    int64_t rest = number - result * divisor;
    return to_nearest ? rest * 2 == divisor || rest * -2 == divisor : rest == 0;
}

/* The result as the interpreter's steps give it, from the values of the two columns that they read. */
static int64_t recompute(const struct typed_operation *quotient, int64_t result, int64_t first,
                         int64_t second)
{
    const int64_t columns[DECIMAL_READS_MOST] = {first, second};
    (void)decimal_steps_count(quotient->steps, columns, quotient->immediate[1],
                              (int32_t)quotient->immediate[2], (enum decimal_rounding)quotient->mode,
                              &result);
    return result;
}

/* The value of a row of an operand's column, which is 32 or 64 bits wide. */
static int64_t edge_value(const struct typed_program *typed, const struct typed_operation *quotient,
                          const void *const *operands, uint32_t operand, size_t row)
{
    bool is_narrow = typed->operations[quotient->operands[operand]].lane == LANE_32;
    return is_narrow ? ((const int32_t *)operands[operand])[row] : ((const int64_t *)operands[operand])[row];
}

/* Recomputes the edge rows of a column. Most chunks have no edge and are passed by quickly. */
#define SETTLES(name, type)                                                                                 \
    static void name(const struct typed_program *typed, const struct typed_operation *quotient,             \
                     const void *const *operands, type *out, size_t rows)                                   \
    {                                                                                                       \
        const type *numbers = operands[0];                                                                  \
        const int64_t divisor = quotient->immediate[0];                                                     \
        const bool to_nearest = rounds_to_nearest(quotient);                                                \
        for (size_t from = 0; from < rows; from += CHUNK_ROWS) {                                            \
            const size_t end = rows - from < CHUNK_ROWS ? rows : from + CHUNK_ROWS;                         \
            bool has_edge = false;                                                                          \
            for (size_t i = from; i < end; i++)                                                             \
                has_edge |= is_on_edge(numbers[i], out[i], divisor, to_nearest);                            \
            for (size_t i = from; has_edge && i < end; i++)                                                 \
                if (is_on_edge(numbers[i], out[i], divisor, to_nearest))                                    \
                    out[i] = (type)recompute(quotient, out[i], edge_value(typed, quotient, operands, 1, i), \
                                             edge_value(typed, quotient, operands, 2, i));                  \
        }                                                                                                   \
    }

SETTLES(settle_32, int32_t)
SETTLES(settle_64, int64_t)

void settle_edge_rows(const struct typed_program *typed, const struct typed_operation *quotient,
                      const void *const *operands, void *out, size_t rows)
{
    if (quotient->lane == LANE_32)
        settle_32(typed, quotient, operands, out, rows);
    else
        settle_64(typed, quotient, operands, out, rows);
}

int64_t quotient_of_row(const struct typed_operation *quotient, int64_t number, int64_t first, int64_t second)
{
    int64_t divisor = quotient->immediate[0],
            result = divide_rounded(number, divisor, (enum decimal_rounding)quotient->mode);
    return is_on_edge(number, result, divisor, rounds_to_nearest(quotient))
               ? recompute(quotient, result, first, second)
               : result;
}
