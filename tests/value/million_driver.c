/* SPDX-License-Identifier: Apache-2.0 */
/* Judges the lines of oracle_million.py; fields are parted by tabs, operands are numbers of the pool, and a
 * result is a decimal in any form, or INFINITE (too large), or ZERO (division by it).
 *
 *     n COUNT                                  a new pool: a number on each of the next lines
 *     a LEFT RIGHT SUM DIFFERENCE PRODUCT QUOTIENT ORDER
 *     p BASE EXPONENT POWER
 *     r NUMBER SCALE MODE ROUNDED
 *     t TEXT CANONICAL                         from text and to text */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "value/decimal.h"

enum { POOL_SIZE = 4096, LINE_SIZE = 16384, FIELDS = 8, SHOWN_FAILURES = 20 };

struct judge {
    tuoyu_decimal pool[POOL_SIZE];
    char *fields[FIELDS];
    long agree, differ;
};

static void split(struct judge *judge, char *line)
{
    static char empty[] = "";
    size_t count = 0;
    line[strcspn(line, "\n")] = '\0';
    for (char *field = line; count < FIELDS; count++) {
        judge->fields[count] = field ? field : empty;
        char *tab = field ? strchr(field, '\t') : NULL;
        if (tab)
            *tab++ = '\0';
        field = tab;
    }
}

static long integer(const struct judge *judge, int field)
{
    return strtol(judge->fields[field], NULL, 10);
}

static tuoyu_decimal operand(const struct judge *judge, int field)
{
    long index = integer(judge, field);
    return judge->pool[index >= 0 && index < POOL_SIZE ? index : 0];
}

static void count(struct judge *judge, bool holds, const char *what, const char *wanted)
{
    *(holds ? &judge->agree : &judge->differ) += 1;
    if (holds || judge->differ > SHOWN_FAILURES)
        return;
    char first[TUOYU_DECIMAL_TEXT_SIZE], second[TUOYU_DECIMAL_TEXT_SIZE];
    decimal_format(operand(judge, 1), first);
    decimal_format(operand(judge, 2), second);
    printf("%s of %s (%s; %s) is not %s\n", what, judge->fields[1], first, second, wanted);
}

static void result(struct judge *judge, const char *what, tuoyu_status status, tuoyu_decimal number,
                   int field)
{
    const char *wanted = judge->fields[field];
    tuoyu_decimal expected;
    bool holds;
    if (strcmp(wanted, "ZERO") == 0)
        holds = status == TUOYU_ERROR_DIVISION_BY_ZERO;
    else if (strstr(wanted, "INFINITE"))
        holds = status == TUOYU_ERROR_OVERFLOW;
    else
        holds = status == TUOYU_OK &&
                decimal_parse(text_of(wanted, TUOYU_NUL_TERMINATED), &expected) == TUOYU_OK &&
                decimal_compare(number, expected) == 0;
    count(judge, holds, what, wanted);
}

static void judge_arithmetic(struct judge *judge)
{
    static const struct {
        const char *name;
        tuoyu_status (*operation)(tuoyu_decimal, tuoyu_decimal, tuoyu_decimal *);
    } OPERATIONS[] = {{"sum", decimal_add},
                      {"difference", decimal_subtract},
                      {"product", decimal_multiply},
                      {"quotient", decimal_divide}};
    tuoyu_decimal left = operand(judge, 1), right = operand(judge, 2), number = left;
    for (int i = 0; i < 4; i++) {
        tuoyu_status status = OPERATIONS[i].operation(left, right, &number);
        result(judge, OPERATIONS[i].name, status, number, i + 3);
    }
    count(judge, decimal_compare(left, right) == integer(judge, 7), "order", judge->fields[7]);
}

static void judge_text(struct judge *judge)
{
    tuoyu_decimal number;
    char text[TUOYU_DECIMAL_TEXT_SIZE] = "";
    bool is_read = decimal_parse(text_of(judge->fields[1], TUOYU_NUL_TERMINATED), &number) == TUOYU_OK;
    count(judge, is_read, "reading", "read");
    if (is_read)
        decimal_format(number, text);
    count(judge, strcmp(text, judge->fields[2]) == 0, "text", judge->fields[2]);
}

static bool read_pool(struct judge *judge, char *line)
{
    long size = integer(judge, 1);
    for (long i = 0; i < size; i++) {
        if (i >= POOL_SIZE || !fgets(line, LINE_SIZE, stdin))
            return false;
        line[strcspn(line, "\n")] = '\0';
        if (decimal_parse(text_of(line, TUOYU_NUL_TERMINATED), &judge->pool[i]) != TUOYU_OK)
            return printf("cannot read %s\n", line), false;
    }
    return true;
}

int main(void)
{
    static struct judge judge;
    static char line[LINE_SIZE];
    while (fgets(line, sizeof line, stdin)) {
        tuoyu_decimal number = {{0, 0}};
        tuoyu_status status;
        split(&judge, line);
        switch (judge.fields[0][0]) {
        case 'n':
            if (!read_pool(&judge, line))
                return 1;
            break;
        case 'a': judge_arithmetic(&judge); break;
        case 'p':
            status = decimal_power(operand(&judge, 1), decimal_from_integer(integer(&judge, 2)), &number);
            result(&judge, "power", status, number, 3);
            break;
        case 'r':
            status = decimal_round(operand(&judge, 1), (int32_t)integer(&judge, 2),
                                   (enum decimal_rounding)integer(&judge, 3), &number);
            result(&judge, "rounding", status, number, 4);
            break;
        default: judge_text(&judge); break;
        }
    }
    printf("%ld operations agree, %ld differ\n", judge.agree, judge.differ);
    return judge.differ == 0 && judge.agree > 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
