/* SPDX-License-Identifier: Apache-2.0 */
/* The one table of typed operations: what a program is made of, how its text names them, and what each
 * machine must compute.
 *
 * X(name, text, operands, constants, lane, known, result, meaning)
 *
 * operands: how many there are; the meaning calls them a, b, c.
 *
 * constants: what `immediate` holds beside immediate operands. NONE: nothing. VALUE: [0] is the value itself.
 * INSTEAD: [0] is the value where the operand is not known. DIVISOR: [0], above 0. PAIR: [0] and [1], the
 * lower and the upper one. FACTOR: [1].
 *
 * lane: which lane chooses the kernel. BY_OPERAND: that of the first operand that is not immediate.
 * BY_RESULT: that of the result. NO_KERNEL: the machines do the operation themselves.
 *
 * known: in which rows the result is known. IF_ALL: where all operands are; enum operation_known explains the
 * others. Where a result is not known, it *waits for* facts and parameters: all that its operands wait for.
 * Where an operation cannot decide, it waits for the interpreter, and the row falls back.
 *
 * result: the kind of the result. NUMBER, BOOLEAN, DATE, CODE; SAME: the kind of what it chooses among or
 * adds to; DATE_NUMBER: a number computed from dates. */
#ifndef TUOYU_COMPILE_OPERATION_TABLE_H
#define TUOYU_COMPILE_OPERATION_TABLE_H

#define OPERATION_TABLE(X)                                                                                  \
    X(FACT, "fact", 0, NONE, NO_KERNEL, BY_ROW, SAME,                                                       \
      "a fact of the row; outside its domain the row falls back")                                           \
    X(CONSTANT, "constant", 0, VALUE, BY_RESULT, IF_ALL, SAME, "the same in all rows")                      \
    X(UNKNOWN, "unknown", 0, NONE, NO_KERNEL, BY_ROW, SAME, "in no row known: a parameter that is unset")   \
    X(WIDEN, "widen", 1, NONE, BY_OPERAND, IF_ALL, SAME, "from 32 to 64 bits")                              \
    X(NARROW, "narrow", 1, NONE, BY_OPERAND, IF_ALL, SAME, "from 64 to 32 bits, which the interval allows") \
    X(ADD, "add", 2, NONE, BY_OPERAND, IF_ALL, SAME, "a + b; of a date and days, the date")                 \
    X(SUBTRACT, "subtract", 2, NONE, BY_OPERAND, IF_ALL, NUMBER, "a - b")                                   \
    X(SUBTRACT_FROM, "subtract from", 2, NONE, BY_OPERAND, IF_ALL, NUMBER, "b - a")                         \
    X(MULTIPLY, "multiply", 2, NONE, BY_OPERAND, IF_ALL, NUMBER, "a × b")                                   \
    X(MINIMUM, "min", 2, NONE, BY_OPERAND, IF_ALL, SAME, "the least")                                       \
    X(MAXIMUM, "max", 2, NONE, BY_OPERAND, IF_ALL, SAME, "the greatest")                                    \
    X(CLAMP, "clamp", 1, PAIR, BY_OPERAND, IF_ALL, SAME,                                                    \
      "a, not below the first constant, not above the second")                                              \
    X(ABSOLUTE, "absolute", 1, NONE, BY_OPERAND, IF_ALL, NUMBER, "|a|")                                     \
    X(DIVIDE, "divide and round", 1, DIVISOR, BY_OPERAND, IF_ALL, NUMBER,                                   \
      "a ÷ a constant, rounded to a whole number by the mode")                                              \
    X(QUOTIENT, "quotient", 3, DIVISOR, BY_OPERAND, IF_ALL, NUMBER,                                         \
      "a ÷ a constant, rounded; on an edge of the rounding as the interpreter's steps over b "             \
      "and c come out")                                                                                     \
    X(EQUAL, "=", 2, NONE, BY_OPERAND, IF_ALL, BOOLEAN, "a = b")                                            \
    X(NOT_EQUAL, "!=", 2, NONE, BY_OPERAND, IF_ALL, BOOLEAN, "a ≠ b")                                       \
    X(LESS, "<", 2, NONE, BY_OPERAND, IF_ALL, BOOLEAN, "a < b")                                             \
    X(LESS_EQUAL, "<=", 2, NONE, BY_OPERAND, IF_ALL, BOOLEAN, "a ≤ b")                                      \
    X(GREATER, ">", 2, NONE, BY_OPERAND, IF_ALL, BOOLEAN, "a > b")                                          \
    X(GREATER_EQUAL, ">=", 2, NONE, BY_OPERAND, IF_ALL, BOOLEAN, "a ≥ b")                                   \
    X(WITHIN, "within", 1, PAIR, BY_OPERAND, IF_ALL, BOOLEAN,                                               \
      "a from the first constant to the second, both included")                                             \
    X(AND, "and", 2, NONE, BY_OPERAND, BY_AND, BOOLEAN, "three-valued: known also where one side is false") \
    X(OR, "or", 2, NONE, BY_OPERAND, BY_OR, BOOLEAN, "three-valued: known also where one side is true")     \
    X(NOT, "not", 1, NONE, BY_OPERAND, IF_ALL, BOOLEAN, "not a")                                            \
    X(SELECT, "select", 3, NONE, BY_RESULT, BY_BRANCH, SAME,                                                \
      "b where a, else c; known where a and the one that it takes are")                                     \
    X(BAND, "band", 1, NONE, BY_OPERAND, IF_ALL, NUMBER,                                                    \
      "how many of the ascending thresholds a has reached")                                                 \
    X(LOOKUP, "look up", 1, NONE, BY_RESULT, BY_ENTRY, SAME,                                                \
      "the entry at a; one that is not known waits for a parameter, for what a waits for, "                 \
      "or, where there is no entry, for the interpreter")                                                   \
    X(CHECK, "check", 1, PAIR, BY_OPERAND, BY_CHECK, SAME,                                                  \
      "a; where it is outside the interval, it waits for the interpreter")                                  \
    X(KNOWN, "known", 1, NONE, NO_KERNEL, OF_KNOWN, BOOLEAN,                                                \
      "whether a is known; always known, unless that is for the interpreter to say")                        \
    X(NONE, "is none", 1, NONE, NO_KERNEL, OF_NONE, BOOLEAN,                                                \
      "whether a fact is given as null; known where it is given. The fact itself is not known "             \
      "there, and waits for the interpreter")                                                               \
    X(OR_ELSE, "or else", 1, INSTEAD, BY_RESULT, OF_ELSE, SAME,                                             \
      "a where it is known, else the constant: always known, unless that is for the "                       \
      "interpreter to say, and yet it waits for what a waits for, so that a look-up can "                   \
      "say whether it matters")                                                                             \
    X(YEAR, "year", 1, NONE, BY_OPERAND, IF_ALL, DATE_NUMBER, "of a date")                                  \
    X(MONTH, "month", 1, NONE, BY_OPERAND, IF_ALL, DATE_NUMBER, "of a date, 1 to 12")                       \
    X(DAY, "day", 1, NONE, BY_OPERAND, IF_ALL, DATE_NUMBER, "of a date, 1 to 31")                           \
    X(START_OF_MONTH, "start of month", 1, NONE, BY_OPERAND, IF_ALL, DATE, "the first of a date's month")   \
    X(END_OF_MONTH, "end of month", 1, NONE, BY_OPERAND, IF_ALL, DATE, "the last of a date's month")        \
    X(COMPLETED_MONTHS, "completed months", 2, NONE, BY_OPERAND, IF_ALL, DATE_NUMBER,                       \
      "whole months from a to b")                                                                           \
    X(ADD_MONTHS, "add months", 2, NONE, BY_OPERAND, IF_ALL, DATE,                                          \
      "b months after a, on the month's last day where it has no such day")                                 \
    /* only in complete programs (compile/complete_program.h) */                                            \
    X(MULTIPLY_ADD, "multiply and add", 2, FACTOR, BY_OPERAND, IF_ALL, SAME, "a × the constant + b")        \
    X(STEPS, "steps", 1, NONE, BY_OPERAND, IF_ALL, SAME,                                                    \
      "the first entry, and for each threshold that a has reached, its step")                               \
    X(STEPS_ADD, "steps and add", 2, FACTOR, BY_OPERAND, IF_ALL, SAME, "the steps of a + b × the constant") \
    X(PIECEWISE, "piecewise", 1, NONE, BY_OPERAND, IF_ALL, NUMBER,                                          \
      "a × slope + offset, and for each knot, what it changes × the greater of a "                        \
      "and the knot")                                                                                       \
    X(EQUAL_AND, "= and", 3, NONE, BY_OPERAND, IF_ALL, BOOLEAN, "a = b, and c")                             \
    X(NOT_EQUAL_AND, "!= and", 3, NONE, BY_OPERAND, IF_ALL, BOOLEAN, "a ≠ b, and c")                        \
    X(LESS_AND, "< and", 3, NONE, BY_OPERAND, IF_ALL, BOOLEAN, "a < b, and c")                              \
    X(LESS_EQUAL_AND, "<= and", 3, NONE, BY_OPERAND, IF_ALL, BOOLEAN, "a ≤ b, and c")                       \
    X(GREATER_AND, "> and", 3, NONE, BY_OPERAND, IF_ALL, BOOLEAN, "a > b, and c")                           \
    X(GREATER_EQUAL_AND, ">= and", 3, NONE, BY_OPERAND, IF_ALL, BOOLEAN, "a ≥ b, and c")                    \
    X(EQUAL_OR, "= or", 3, NONE, BY_OPERAND, IF_ALL, BOOLEAN, "a = b, or c")                                \
    X(NOT_EQUAL_OR, "!= or", 3, NONE, BY_OPERAND, IF_ALL, BOOLEAN, "a ≠ b, or c")                           \
    X(LESS_OR, "< or", 3, NONE, BY_OPERAND, IF_ALL, BOOLEAN, "a < b, or c")                                 \
    X(LESS_EQUAL_OR, "<= or", 3, NONE, BY_OPERAND, IF_ALL, BOOLEAN, "a ≤ b, or c")                          \
    X(GREATER_OR, "> or", 3, NONE, BY_OPERAND, IF_ALL, BOOLEAN, "a > b, or c")                              \
    X(GREATER_EQUAL_OR, ">= or", 3, NONE, BY_OPERAND, IF_ALL, BOOLEAN, "a ≥ b, or c")

#endif
