/* SPDX-License-Identifier: Apache-2.0 */
/* Reads cases from an oracle on standard input: operation, operands and what must come out, with tabs
 * between. Where two results are given, whatever lies between them is right (or one of both, for statuses).
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "value/value.h"

enum { FIELDS = 8, LINE_SIZE = 16384, RESULT_SIZE = 256 };

struct oracle_case {
    char *fields[FIELDS];
    int count;
};

static struct text argument(const struct oracle_case *item, int index)
{
    return text_of(item->fields[index], TUOYU_NUL_TERMINATED);
}

static int64_t integer_argument(const struct oracle_case *item, int index)
{
    return strtoll(item->fields[index], NULL, 10);
}

static tuoyu_decimal decimal_argument(const struct oracle_case *item, int index)
{
    tuoyu_decimal number = {{0, 0}};
    if (decimal_parse(argument(item, index), &number) != TUOYU_OK) {
        printf("cannot read operand %s\n", item->fields[index]);
        exit(2);
    }
    return number;
}

static const char *status_text(tuoyu_status status)
{
    switch (status) {
    case TUOYU_ERROR_OVERFLOW: return "OVERFLOW";
    case TUOYU_ERROR_SYNTAX: return "SYNTAX";
    case TUOYU_ERROR_EVALUATION: return "EVALUATION";
    case TUOYU_ERROR_DIVISION_BY_ZERO: return "DIVISION_BY_ZERO";
    case TUOYU_ERROR_DATE: return "DATE";
    default: return "other status";
    }
}

/* ---- Decimals ---- */

static void show_decimal(tuoyu_status status, tuoyu_decimal number, char result[RESULT_SIZE])
{
    if (status != TUOYU_OK) {
        strcpy(result, status_text(status));
    } else if (!decimal_is_finite(number) || decimal_format(number, result) != strlen(result)) {
        strcpy(result, "not finite");
    }
}

typedef tuoyu_status (*unary_operation)(tuoyu_decimal, tuoyu_decimal *);
typedef tuoyu_status (*binary_operation)(tuoyu_decimal, tuoyu_decimal, tuoyu_decimal *);

static unary_operation find_unary(const char *name)
{
    return strcmp(name, "square_root") == 0   ? decimal_square_root
           : strcmp(name, "logarithm") == 0   ? decimal_logarithm
           : strcmp(name, "exponential") == 0 ? decimal_exponential
                                              : NULL;
}

static binary_operation find_binary(const char *name)
{
    static const struct {
        const char *name;
        binary_operation operation;
    } OPERATIONS[] = {
        {"add", decimal_add},       {"subtract", decimal_subtract}, {"multiply", decimal_multiply},
        {"divide", decimal_divide}, {"modulo", decimal_modulo},     {"power", decimal_power},
    };
    for (size_t i = 0; i < sizeof OPERATIONS / sizeof OPERATIONS[0]; i++) {
        if (strcmp(OPERATIONS[i].name, name) == 0) {
            return OPERATIONS[i].operation;
        }
    }
    return NULL;
}

/* Returns how many fields are not results, or 0 if the operation is another's. */
static int run_decimal(const struct oracle_case *item, char result[RESULT_SIZE])
{
    const char *name = item->fields[0];
    tuoyu_decimal number = {{0, 0}};
    int64_t integer = 0;
    if (strcmp(name, "text") == 0) {
        show_decimal(decimal_parse(argument(item, 1), &number), number, result);
        return 2;
    }
    if (find_unary(name) != NULL) {
        show_decimal(find_unary(name)(decimal_argument(item, 1), &number), number, result);
        return 2;
    }
    if (find_binary(name) != NULL) {
        show_decimal(find_binary(name)(decimal_argument(item, 1), decimal_argument(item, 2), &number), number,
                     result);
        return 3;
    }
    if (strcmp(name, "compare") == 0) {
        sprintf(result, "%d", decimal_compare(decimal_argument(item, 1), decimal_argument(item, 2)));
        return 3;
    }
    if (strcmp(name, "integer") == 0) {
        bool fits = decimal_to_scaled_integer(decimal_argument(item, 1), (int32_t)integer_argument(item, 2),
                                              &integer);
        sprintf(result, fits ? "%lld" : "OVERFLOW", (long long)integer);
        return 3;
    }
    if (strcmp(name, "round") == 0 || strcmp(name, "round_to") == 0) {
        enum decimal_rounding mode = (enum decimal_rounding)integer_argument(item, 3);
        tuoyu_decimal value = decimal_argument(item, 1);
        show_decimal(name[5] == '\0' ? decimal_round(value, (int32_t)integer_argument(item, 2), mode, &number)
                                     : decimal_round_to(value, decimal_argument(item, 2), mode, &number),
                     number, result);
        return 4;
    }
    return 0;
}

/* ---- Dates and durations ---- */

static int64_t date_argument(const struct oracle_case *item, int index)
{
    int64_t date = 0;
    if (date_parse_wide(argument(item, index), &date) != TUOYU_OK) {
        printf("cannot read date %s\n", item->fields[index]);
        exit(2);
    }
    return date;
}

/* Everything that is known of one day. */
static void describe_date(int64_t date, char result[RESULT_SIZE])
{
    struct year_month_day civil = date_to_civil(date);
    char text[DATE_WIDE_TEXT_SIZE];
    date_format_wide(date, text);
    sprintf(result, "%s %lld %d %d %d %d %d %d %d", text, (long long)date, (int)civil.year, (int)civil.month,
            (int)civil.day, (int)date_day_of_week(date), (int)date_day_of_year(date),
            (int)date_week_of_year(date), (int)date_days_in_month(civil.year, civil.month));
}

static void show_duration(struct text text, char result[RESULT_SIZE])
{
    enum duration_kind kind = DURATION_DAYS_TIME;
    int64_t months = 0;
    struct duration duration = {0, 0};
    tuoyu_status status = duration_parse(text, &kind, &months, &duration);
    if (status != TUOYU_OK) {
        strcpy(result, status_text(status));
        return;
    }
    struct text_builder builder;
    text_builder_init(&builder, NULL);
    if (kind == DURATION_YEARS_MONTHS) {
        months_format(&builder, months);
    } else {
        duration_format(&builder, duration);
    }
    strcpy(result, builder.bytes);
    text_builder_free(&builder);
}

static void show_date_time(const struct oracle_case *item, char result[RESULT_SIZE])
{
    struct date_time date_time;
    tuoyu_status status = date_time_parse(argument(item, 1), &date_time);
    if (status == TUOYU_OK) {
        struct duration duration = {integer_argument(item, 2), (int32_t)integer_argument(item, 3)};
        status = date_time_add_duration(&date_time, duration, &date_time);
    }
    if (status != TUOYU_OK) {
        strcpy(result, status_text(status));
        return;
    }
    struct text_builder builder;
    text_builder_init(&builder, NULL);
    date_time_format(&builder, &date_time);
    strcpy(result, builder.bytes);
    text_builder_free(&builder);
}

static int run_temporal(const struct oracle_case *item, char result[RESULT_SIZE])
{
    const char *name = item->fields[0];
    int64_t date = 0;
    if (strcmp(name, "date") == 0) {
        tuoyu_status status = date_parse_wide(argument(item, 1), &date);
        status == TUOYU_OK ? describe_date(date, result) : (void)strcpy(result, status_text(status));
        return 2;
    }
    if (strcmp(name, "add_months") == 0) {
        bool exists = date_add_months_wide(date_argument(item, 1), integer_argument(item, 2), &date);
        exists ? (void)date_format_wide(date, result) : (void)strcpy(result, "OVERFLOW");
        return 3;
    }
    if (strcmp(name, "months") == 0) {
        int64_t from = date_argument(item, 1), to = date_argument(item, 2);
        sprintf(result, "%lld %lld", (long long)date_completed_months(from, to),
                (long long)date_months_between(from, to));
        return 3;
    }
    if (strcmp(name, "duration") == 0) {
        show_duration(argument(item, 1), result);
        return 2;
    }
    if (strcmp(name, "date_time") == 0) {
        show_date_time(item, result);
        return 4;
    }
    return 0;
}

/* ---- Judging ---- */

static bool is_between(const char *result, const char *low, const char *high)
{
    tuoyu_decimal number, first, last;
    return decimal_parse(text_of(result, TUOYU_NUL_TERMINATED), &number) == TUOYU_OK &&
           decimal_parse(text_of(low, TUOYU_NUL_TERMINATED), &first) == TUOYU_OK &&
           decimal_parse(text_of(high, TUOYU_NUL_TERMINATED), &last) == TUOYU_OK &&
           decimal_compare(first, number) <= 0 && decimal_compare(number, last) <= 0;
}

static bool is_right(const struct oracle_case *item, int first, const char *result)
{
    for (int i = first; i < item->count; i++) {
        if (strcmp(item->fields[i], result) == 0) {
            return true;
        }
    }
    return item->count == first + 2 && is_between(result, item->fields[first], item->fields[first + 1]);
}

static void split(char *line, struct oracle_case *item)
{
    item->count = 0;
    line[strcspn(line, "\n")] = '\0';
    for (char *field = line; field != NULL && item->count < FIELDS;) {
        char *tab = strchr(field, '\t');
        item->fields[item->count++] = field;
        if (tab != NULL) {
            *tab++ = '\0';
        }
        field = tab;
    }
}

int main(void)
{
    static char line[LINE_SIZE];
    long passed = 0, failed = 0;
    while (fgets(line, sizeof line, stdin) != NULL) {
        struct oracle_case item;
        char result[RESULT_SIZE] = "";
        split(line, &item);
        int first = run_decimal(&item, result);
        first = first == 0 ? run_temporal(&item, result) : first;
        if (first > 0 && first < item.count && is_right(&item, first, result)) {
            passed++;
            continue;
        }
        if (failed++ < 20) {
            for (int i = 0; i < item.count; i++) {
                printf("%s ", item.fields[i]);
            }
            printf("-- got %s\n", result);
        }
    }
    /* One test however many operations: the count of tests stays one of things that were thought of. */
    printf("%ld operations agree, %ld differ\n", passed, failed);
    return failed == 0 && passed > 0 ? 0 : 1;
}
