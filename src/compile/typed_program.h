/* SPDX-License-Identifier: Apache-2.0 */
/* Slots of a program as typed operations over whole columns, for one as-of date. An operation reads
 * operations before it. Each result is computed once, since common parts are shared, also between rules.
 * There are no loops over data, so the cost is operations × rows. Numbers are integers with a scale. Each
 * has an interval, proven from the declared facts, so nothing can overflow and nothing but the facts needs
 * to be checked. */
#ifndef TUOYU_COMPILE_TYPED_PROGRAM_H
#define TUOYU_COMPILE_TYPED_PROGRAM_H

#include <assert.h>

#include "compile/decimal_steps.h"
#include "compile/operation_table.h"
#include "program/program.h"

enum operation_code {
#define X(name, ...) OPERATION_##name,
    OPERATION_TABLE(X)
#undef X
        OPERATION_COUNT
};

/* The words of operation_table.h, which explains them. */
enum operation_constants {
    CONSTANTS_NONE,
    CONSTANTS_VALUE,
    CONSTANTS_INSTEAD,
    CONSTANTS_DIVISOR,
    CONSTANTS_PAIR,
    CONSTANTS_FACTOR
};
enum operation_lane { LANE_BY_OPERAND, LANE_BY_RESULT, LANE_NO_KERNEL };
enum operation_known {
    KNOWN_IF_ALL,
    KNOWN_BY_ROW,    /* the row's data say so: FACT, UNKNOWN */
    KNOWN_BY_AND,    /* where both sides are, or one is known to be false */
    KNOWN_BY_OR,     /* where both sides are, or one is known to be true */
    KNOWN_BY_BRANCH, /* where the condition and the branch that it takes are known */
    KNOWN_BY_ENTRY,  /* where the index is known and its entry has a value */
    KNOWN_BY_CHECK,  /* where the operand is known and lies in the interval */
    KNOWN_OF_KNOWN,  /* always, except where only the interpreter can say whether the operand is known */
    KNOWN_OF_NONE,   /* where the fact is known or given as null */
    KNOWN_OF_ELSE    /* as KNOWN_OF_KNOWN, but the result still waits for whatever the operand waits for */
};
enum operation_result {
    RESULT_NUMBER,
    RESULT_BOOLEAN,
    RESULT_DATE,
    RESULT_CODE,
    RESULT_SAME,
    RESULT_DATE_NUMBER
};

/* The operation's row of operation_table.h. */
struct operation_traits {
    const char *text;
    uint8_t operands;
    uint8_t constants; /* enum operation_constants */
    uint8_t lane;      /* enum operation_lane */
    uint8_t known;     /* enum operation_known */
    uint8_t result;    /* enum operation_result */
};

extern const struct operation_traits OPERATIONS[OPERATION_COUNT];

#define OPERAND_NONE UINT32_MAX

enum typed_kind {
    TYPED_NUMBER, /* n × 10^-scale */
    TYPED_BOOLEAN,
    TYPED_DATE, /* days since 1970-01-01 */
    TYPED_CODE  /* an index into texts */
};

/* The width of a result in memory, in bits. */
enum typed_lane { LANE_8, LANE_32, LANE_64, LANE_COUNT };

/* State of a look-up's entry. VALUE: it has a value. UNKNOWN: it waits for an unset parameter. OPEN: it waits
 * for whatever the index waits for. NONE: it is left to the interpreter. */
enum { ENTRY_VALUE, ENTRY_UNKNOWN, ENTRY_OPEN, ENTRY_NONE };

struct typed_operation {
    uint8_t code;         /* enum operation_code */
    uint8_t kind;         /* enum typed_kind */
    uint8_t lane;         /* enum typed_lane */
    uint8_t mode;         /* DIVIDE, QUOTIENT: enum decimal_rounding */
    uint8_t immediates;   /* bit i: operand i is the constant immediate[i], not an operation (of SELECT only b
                             and c can be: bits 1 and 2) */
    bool is_nullable;     /* there can be rows in which it is not known */
    bool is_total;        /* LOOKUP: the entry has a value in every row whose index waits for nothing */
    uint32_t operands[3]; /* operations before this one; see operation_reads() */
    int64_t immediate[3]; /* immediate operands, or the constants of operation_table.h; QUOTIENT: the result
                             is rounded to a multiple of [1] × 10^-[2] */
    const struct decimal_steps
        *steps;            /* QUOTIENT: the steps for rows on an edge; their reads are operands 1 and 2 */
    int32_t scale;         /* TYPED_NUMBER: decimals */
    int64_t low, high;     /* low <= high; every value in memory lies between, also those of rows that are not
                              known or fall back */
    const int64_t *table;  /* BAND: the thresholds; LOOKUP: the entries */
    const uint8_t *states; /* LOOKUP: by entry, ENTRY_…; NULL: all have values */
    /* LOOKUP: by entry, if that is ENTRY_UNKNOWN: the slot of the unset parameter; NULL: no entry is */
    const uint32_t *waits;
    uint32_t table_count;
    const struct text *texts; /* TYPED_CODE */
    uint32_t text_count;
    uint32_t fact;         /* FACT */
    uint32_t leaf;         /* FACT, UNKNOWN: the slot that rows wait for; SLOT_NONE: none that has a name */
    struct location where; /* source that it was first made from */
};

struct typed_output {
    struct text name;
    uint32_t slot;      /* SLOT_NONE: it is made of several slots */
    uint32_t operation; /* OPERAND_NONE: it has no typed form; every row falls back */
    uint32_t where; /* an operation, a boolean: where it is false the output is null and waits for nothing.
                       OPERAND_NONE: the output is null nowhere */
};

struct typed_program {
    struct arena *arena;
    const struct program *program;
    int32_t as_of;
    struct typed_operation *operations;
    uint32_t count;
    struct typed_output *outputs;
    size_t output_count;
    uint32_t *leaves; /* slots of facts and parameters that operations can wait for, ascending */
    uint32_t leaf_count;
};

/* Describes the operation that reads a fact (an index among the facts). false where columns cannot hold
 * the fact. */
bool typed_fact(const struct program *program, uint32_t fact, struct typed_operation *out);

/* The operation's row in the table of operations. */
static inline const struct operation_traits *operation_traits(const struct typed_operation *operation)
{
    assert(operation->code < OPERATION_COUNT);
    return &OPERATIONS[operation->code];
}
/* Whether operand `index` exists and is an operation, not immediate. */
static inline bool operation_reads(const struct typed_operation *operation, uint32_t index)
{
    return index < operation_traits(operation)->operands && !(operation->immediates >> index & 1);
}

/* Writes one line for each operation: its number, name, operands, type and interval, and the source line that
 * it was made from; then one line for each output. */
void typed_program_to_text(const struct typed_program *typed, struct text_builder *builder);

#endif
