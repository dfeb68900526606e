/* SPDX-License-Identifier: Apache-2.0 */
/* Slots of a program as typed operations over whole columns, for one as-of date. An operation reads
 * operations before it, each result is made once (common parts are shared, also between rules), and there are
 * no loops over data: cost = operations × rows. Numbers are integers with a scale; an interval, proven from
 * the declared facts, bounds each, so that nothing can overflow and nothing needs to be checked but the
 * facts. */
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

/* The words of operation_table.h. */
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
    KNOWN_BY_ROW,    /* the row says it: FACT, UNKNOWN */
    KNOWN_BY_AND,    /* also where one side is false */
    KNOWN_BY_OR,     /* also where one side is true */
    KNOWN_BY_BRANCH, /* where the condition and the branch that it takes are */
    KNOWN_BY_ENTRY,  /* where the index is and its entry has a value */
    KNOWN_BY_CHECK,  /* where the operand is and lies in the interval */
    KNOWN_OF_KNOWN,  /* unless the interpreter has to say whether the operand is known */
    KNOWN_OF_NONE,   /* where the fact is known or given as null */
    KNOWN_OF_ELSE    /* as KNOWN_OF_KNOWN; it waits for what the operand waits for all the same */
};
enum operation_result {
    RESULT_NUMBER,
    RESULT_BOOLEAN,
    RESULT_DATE,
    RESULT_CODE,
    RESULT_SAME,
    RESULT_DATE_NUMBER
};

/* A row of operation_table.h. */
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

/* How a result stands in memory. */
enum typed_lane { LANE_8, LANE_32, LANE_64, LANE_COUNT };

/* Of an entry of a look-up: it has a value; it waits for a parameter; for what the index waits for; it is for
 * the interpreter. */
enum { ENTRY_VALUE, ENTRY_UNKNOWN, ENTRY_OPEN, ENTRY_NONE };

struct typed_operation {
    uint8_t code; /* enum operation_code */
    uint8_t kind; /* enum typed_kind */
    uint8_t lane;
    uint8_t mode;       /* DIVIDE, QUOTIENT: enum decimal_rounding */
    uint8_t immediates; /* bit i: operand i is immediate[i], not an operation (SELECT: of b and c: bits 1 and
                           2) */
    bool is_nullable;   /* there can be rows where it is not known */
    bool is_total;      /* LOOKUP: its entry has a value wherever the index waits for nothing */
    uint32_t operands[3];
    int64_t immediate[3]; /* of operands, or as the operation's constants say; QUOTIENT: [1] × 10^-[2] is the
                             unit that is rounded to */
    const struct decimal_steps *steps; /* QUOTIENT: reading the operands behind the first */
    int32_t scale;
    int64_t low, high;     /* every value, also of rows that are not known or put aside, lies between */
    const int64_t *table;  /* BAND: the thresholds; LOOKUP: the entries */
    const uint8_t *states; /* LOOKUP: ENTRY_… of each; NULL: all are values */
    /* LOOKUP: by entry that is ENTRY_UNKNOWN: the slot that it waits for; NULL: there is none */
    const uint32_t *waits;
    uint32_t table_count;
    const struct text *texts; /* TYPED_CODE */
    uint32_t text_count;
    uint32_t fact; /* FACT */
    uint32_t leaf; /* FACT, UNKNOWN: the slot that is waited for; SLOT_NONE: nothing that has a name */
    struct location where; /* of what it was made from, first met */
};

struct typed_output {
    struct text name;
    uint32_t slot;      /* SLOT_NONE: it is made of several */
    uint32_t operation; /* OPERAND_NONE: it has no typed form, and is interpreted row by row */
    uint32_t where;     /* a boolean that is always known: elsewhere it is null and waits for nothing;
                           OPERAND_NONE: everywhere */
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

/* The operation that reads a fact (index among the facts); false where columns cannot hold it. */
bool typed_fact(const struct program *program, uint32_t fact, struct typed_operation *out);

static inline const struct operation_traits *operation_traits(const struct typed_operation *operation)
{
    assert(operation->code < OPERATION_COUNT);
    return &OPERATIONS[operation->code];
}
/* Whether operand index is an operation: there, and not immediate. */
static inline bool operation_reads(const struct typed_operation *operation, uint32_t index)
{
    return index < operation_traits(operation)->operands && !(operation->immediates >> index & 1);
}

/* A line an operation: number, name, operands, type, interval, and the source line that it was made from. */
void typed_program_to_text(const struct typed_program *typed, struct text_builder *builder);

#endif
