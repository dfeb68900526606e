/* SPDX-License-Identifier: Apache-2.0 */
/* Checks the units of arithmetic, durations, built-ins and declarations, and says what to write where they do
 * not go together. */
#include "program/check_units.h"

#include <string.h>

#include "feel/builtin.h"
#include "program/unit_text.h"
#include "value/duration.h"

/* ---- Literals ---- */

/* Reads a number as written, with its sign; false for any other expression. */
static bool literal_number(const struct node *node, tuoyu_decimal *number)
{
    bool is_negated = node->kind == NODE_NEGATE;
    if (is_negated)
        node = node->children[0];
    if (node->kind != NODE_LITERAL || node->value.kind != VALUE_NUMBER)
        return false;
    *number = is_negated ? decimal_negate(node->value.as.number) : node->value.as.number;
    return true;
}

/* Whether the expression is this whole number as written. */
static bool is_literal_of(const struct node *node, int64_t integer)
{
    tuoyu_decimal number;
    return literal_number(node, &number) && decimal_compare(number, decimal_from_integer(integer)) == 0;
}

/* Finds a literal above 1 where a percent is meant, as 80 where 0.8 is, also as an end of a range, an item of
 * a list and a branch of an `if`. NULL where there is none. */
static const struct node *find_whole_percent(const struct node *node)
{
    tuoyu_decimal number;
    if (literal_number(node, &number)) {
        bool is_beyond = decimal_compare(decimal_absolute(number), decimal_from_integer(1)) > 0;
        return is_beyond ? node : NULL;
    }
    if (node->kind != NODE_RANGE && node->kind != NODE_LIST && node->kind != NODE_IF)
        return NULL;
    for (uint32_t i = node->kind == NODE_IF ? 1 : 0; i < node->count; i++) {
        const struct node *found = node->children[i] ? find_whole_percent(node->children[i]) : NULL;
        if (found)
            return found;
    }
    return NULL;
}

/* Reports such a literal. other: the percent that it stands beside. */
static void fail_whole_percent(struct checker *checker, const struct node *node, struct text other)
{
    char digits[TUOYU_DECIMAL_TEXT_SIZE] = "0.8", percent[TUOYU_DECIMAL_TEXT_SIZE] = "80";
    tuoyu_decimal number = decimal_from_integer(80), scaled;
    literal_number(node, &number);
    decimal_format(number, percent);
    if (decimal_scale(number, -2, &scaled) == TUOYU_OK)
        decimal_format(scaled, digits);
    struct text hint = message_text(
        checker->arena, "declare a parameter with unit percent and value %s, or write %s", percent, digits);
    check_fail(checker, node, hint.bytes ? hint : TEXT(""),
               "%.*s is a percent, which is a hundredth in an expression: %s would be %s times the whole",
               TEXT_ARGUMENTS(other), percent, percent);
}

/* ---- Two that must go together ---- */

/* The first slot in an expression that has a unit, or NULL. */
static const struct slot *find_origin(const struct checker *checker, const struct node *node)
{
    if (node->kind == NODE_SYMBOL) {
        const struct slot *slot = program_slot(checker->program, node->slot);
        bool has_unit = slot->type.kind == TYPE_NUMBER && slot->type.unit && !slot->type.unit->is_plain;
        return has_unit ? slot : NULL;
    }
    for (uint32_t i = 0; i < node->count; i++) {
        const struct slot *slot = node->children[i] ? find_origin(checker, node->children[i]) : NULL;
        if (slot)
            return slot;
    }
    return NULL;
}

/* A unit in the language of the messages. */
static struct text show_unit(const struct checker *checker, const struct unit *unit)
{
    return unit_show(checker->arena, unit, diagnostics_language(checker->diagnostics));
}

/* Notes where the unit of an expression comes from. */
static void note_origin(struct checker *checker, const struct node *node)
{
    const struct slot *slot = find_origin(checker, node);
    if (!slot || !slot->where.source)
        return;
    struct text unit = show_unit(checker, slot->type.unit);
    report_note(checker->diagnostics, slot->where, "`%.*s` is in %.*s", TEXT_ARGUMENTS(slot->name),
                TEXT_ARGUMENTS(unit));
}

/* Warns where two units that do not fit are no certain error, because a 12 may be a number of months or a
 * plain number may count something. Returns whether it did. */
static bool warn_instead(struct checker *checker, const struct node *node, const struct unit *first,
                         const struct unit *second)
{
    struct location where = expression_location(checker->expression, node);
    if (unit_fits_by_twelves(first, second)) {
        report_warning(checker->diagnostics, TUOYU_ERROR_TYPE, where,
                       TEXT("declare a parameter with unit month/year and value 12"),
                       "12 stands for the months of a year here, without saying so");
        return true;
    }
    bool is_backward = (first->twelves || second->twelves) && unit_differs_by_years(first, second);
    if (is_backward || (!first->is_loose && !second->is_loose))
        return false;
    struct text left = show_unit(checker, first), right = show_unit(checker, second);
    report_warning(checker->diagnostics, TUOYU_ERROR_TYPE, where,
                   TEXT("declare the unit of each fact and parameter in it, and make its numbers parameters"),
                   "%.*s stands where %.*s is needed, as far as units are declared", TEXT_ARGUMENTS(left),
                   TEXT_ARGUMENTS(right));
    return true;
}

/* Whether a name is in one unit and not in the other. */
static bool has_only(const struct unit *unit, const struct unit *other, struct text name)
{
    for (uint32_t i = 0; i < other->count; i++)
        if (text_equals(other->atoms[i].name, name))
            return false;
    for (uint32_t i = 0; i < unit->count; i++)
        if (text_equals(unit->atoms[i].name, name))
            return true;
    return false;
}

/* The hint where two units do not fit; otherwise: the hint where nothing more is known. */
static struct text advice_on(const struct unit *first, const struct unit *second, struct text otherwise)
{
    if (unit_differs_by_years(first, second)) {
        if (first->twelves || second->twelves)
            return TEXT("times 12 makes months of years, and a year's amount of a month's; divided by 12 it "
                        "is the other way round");
        return TEXT("a year is 12 months: multiply or divide one of them by a parameter with unit month/year "
                    "and value 12");
    }
    if (unit_mixes_days_and_months(first, second))
        return TEXT("no number of days is a month or a year: count both in one of them, or declare a "
                    "parameter such as day/month");
    bool counts_people = has_only(first, second, TEXT("person")) || has_only(second, first, TEXT("person"));
    bool counts_children = has_only(first, second, TEXT("child")) || has_only(second, first, TEXT("child"));
    if (counts_people && counts_children)
        return TEXT("person (人) and child (儿童) are two units: write one of them everywhere");
    return otherwise;
}

bool check_same_unit(struct checker *checker, const struct node *node, struct quantity left,
                     struct quantity right, const char *does)
{
    const struct unit *first = left.type->unit, *second = right.type->unit;
    if (!first || !second)
        return true;
    struct text shown = check_show(checker, left.node), other = check_show(checker, right.node);
    const struct node *whole = first->is_percent    ? find_whole_percent(right.node)
                               : second->is_percent ? find_whole_percent(left.node)
                                                    : NULL;
    if (whole) {
        fail_whole_percent(checker, whole, first->is_percent ? shown : other);
        return false;
    }
    if (unit_fits(first, second) || warn_instead(checker, node, first, second))
        return true;
    struct text left_unit = show_unit(checker, first), right_unit = show_unit(checker, second);
    struct text advice =
        advice_on(first, second, TEXT("multiply or divide one of them, so that both are in the same unit"));
    check_fail(checker, node, advice, "%s %.*s, which is in %.*s, and %.*s, which is in %.*s", does,
               TEXT_ARGUMENTS(shown), TEXT_ARGUMENTS(left_unit), TEXT_ARGUMENTS(other),
               TEXT_ARGUMENTS(right_unit));
    note_origin(checker, left.node);
    note_origin(checker, right.node);
    return false;
}

void warn_of_branches(struct checker *checker, const struct node *node, struct quantity then,
                      struct quantity otherwise)
{
    const struct unit *first = then.type->unit, *second = otherwise.type->unit;
    if (unit_fits(first, second))
        return;
    struct text left = show_unit(checker, first), right = show_unit(checker, second);
    report_warning(checker->diagnostics, TUOYU_ERROR_TYPE, expression_location(checker->expression, node),
                   advice_on(first, second, TEXT("give both branches in the same unit")),
                   "`if` gives a number in %.*s, or one in %.*s", TEXT_ARGUMENTS(left),
                   TEXT_ARGUMENTS(right));
    note_origin(checker, then.node);
    note_origin(checker, otherwise.node);
}

/* ---- Arithmetic ---- */

/* The unit of a sum or difference. A percent plus a literal, as in 1 + rate, is a factor and no longer a
 * percent. NULL if it is not known, or if both sides differ, which is reported. */
static const struct unit *sum_unit(struct checker *checker, const struct node *node, struct quantity left,
                                   struct quantity right)
{
    static const struct unit RATIO = {.count = 0};
    const char *does = node->kind == NODE_ADD ? "`+` adds" : "`-` is between";
    if (!check_same_unit(checker, node, left, right, does))
        return NULL;
    tuoyu_decimal ignored;
    bool has_literal = literal_number(left.node, &ignored) || literal_number(right.node, &ignored);
    const struct unit *joined = unit_join(left.type->unit, right.type->unit);
    return joined && joined->is_percent && has_literal ? &RATIO : joined;
}

/* The unit of a product or quotient. A plain number in it makes the result doubtful. */
static const struct unit *product_unit(struct checker *checker, const struct node *node, struct quantity left,
                                       struct quantity right)
{
    const struct unit *first = left.type->unit, *second = right.type->unit;
    int sign = node->kind == NODE_MULTIPLY ? 1 : -1;
    bool left_is_plain = first && first->is_plain, right_is_plain = second && second->is_plain;
    bool is_loose = left_is_plain != right_is_plain;
    if (is_loose && (unit_is_ratio(first) || unit_is_ratio(second)))
        return &UNIT_PLAIN; /* a share of a plain number is a plain number */
    const struct unit *product = unit_product(checker->arena, first, second, sign);
    int twelves = is_literal_of(right.node, 12) ? sign : is_literal_of(left.node, 12) ? 1 : 0;
    struct unit flags = {.twelves = (int8_t)(unit_has_calendar(product) ? twelves : 0), .is_loose = is_loose};
    return is_loose ? unit_with_flags(checker->arena, product, &flags) : product;
}

/* The unit of a power; NULL where the exponent is not a literal of moderate size. */
static const struct unit *power_unit(struct checker *checker, struct quantity left, struct quantity right)
{
    tuoyu_decimal number;
    int64_t power;
    const struct unit *unit = left.type->unit;
    if (!unit || unit->count == 0)
        return unit;
    bool is_known = literal_number(right.node, &number) && decimal_to_integer(number, &power) &&
                    power > -100 && power < 100;
    return is_known ? unit_power(checker->arena, unit, (int32_t)power) : NULL;
}

const struct unit *check_arithmetic_unit(struct checker *checker, const struct node *node,
                                         struct quantity left, struct quantity right)
{
    switch ((enum node_kind)node->kind) {
    case NODE_ADD:
    case NODE_SUBTRACT: return sum_unit(checker, node, left, right);
    case NODE_MULTIPLY:
    case NODE_DIVIDE: return product_unit(checker, node, left, right);
    default: return power_unit(checker, left, right);
    }
}

/* ---- Durations ---- */

/* Reads a duration that is written as a literal or as duration("…"); false for any other expression. kind
 * says whether *months or *duration is set. */
static bool written_duration(const struct node *node, enum duration_kind *kind, int64_t *months,
                             struct duration *duration)
{
    *kind = node->kind == NODE_LITERAL && node->value.kind == VALUE_YEARS_MONTHS ? DURATION_YEARS_MONTHS
                                                                                 : DURATION_DAYS_TIME;
    if (node->kind == NODE_LITERAL) {
        if (*kind == DURATION_YEARS_MONTHS)
            *months = node->value.as.months;
        else
            *duration = node->value.as.duration;
        return *kind == DURATION_YEARS_MONTHS || node->value.kind == VALUE_DAYS_TIME;
    }
    bool is_call = node_calls(node, FEEL_DURATION) && node->count == 1;
    const struct node *text = is_call ? node->children[0] : NULL;
    return text && text->kind == NODE_LITERAL && text->value.kind == VALUE_STRING &&
           duration_parse(text->value.as.string, kind, months, duration) == TUOYU_OK;
}

/* The unit of which a written duration is exactly one, or NULL. */
static const char *unit_of_duration(const struct node *node)
{
    static const struct {
        int64_t months, seconds;
        const char *unit;
    } ONES[] = {{1, 0, "month"},   {3, 0, "quarter"}, {12, 0, "year"},    {0, 60, "minute"},
                {0, 3600, "hour"}, {0, 86400, "day"}, {0, 604800, "week"}};
    enum duration_kind kind;
    int64_t months = 0;
    struct duration duration = {0};
    if (!written_duration(node, &kind, &months, &duration) || duration.nanoseconds != 0)
        return NULL;
    for (size_t i = 0; i < sizeof ONES / sizeof *ONES; i++)
        if (ONES[i].months == months && ONES[i].seconds == duration.seconds)
            return ONES[i].unit;
    return NULL;
}

/* Whether the unit is a length of time to the power 1 and nothing else. */
static bool is_one_time(const struct unit *unit)
{
    return unit && !unit->is_loose && unit->count == 1 && unit->atoms[0].power == 1 &&
           unit_is_time(unit->atoms[0].name);
}

void check_duration_unit(struct checker *checker, const struct node *node, struct quantity left,
                         struct quantity right)
{
    struct quantity number = left.type->kind == TYPE_NUMBER ? left : right,
                    duration = left.type->kind == TYPE_NUMBER ? right : left;
    const char *wanted = unit_of_duration(duration.node);
    if (!wanted || !is_one_time(number.type->unit) ||
        unit_fits(number.type->unit, unit_of_name(checker->arena, wanted)))
        return;
    struct text shown = check_show(checker, number.node), is = show_unit(checker, number.type->unit);
    check_fail(checker, node,
               TEXT("multiply a duration of the number's own unit, such as duration(\"P1M\") of a month"),
               "a duration of one %s is multiplied by %.*s, which is in %.*s", wanted, TEXT_ARGUMENTS(shown),
               TEXT_ARGUMENTS(is));
    note_origin(checker, number.node);
}

/* ---- Built-in functions ---- */

/* The type that counts for a list of numbers: a list that is the only argument stands for its items. */
static struct static_type quantity_type(const struct node *call, const struct static_type *argument)
{
    bool is_items = argument->kind == TYPE_LIST && call->count == 1;
    return is_items ? static_type_element(argument) : *argument;
}

/* Reports a list that was written with numbers in units that do not fit. */
static void fail_mixed(struct checker *checker, const struct node *node, const struct node *list)
{
    check_fail(checker, node, TEXT("multiply or divide some of them, so that all are in the same unit"),
               "%s() takes together numbers in different units", node->builtin->name);
    for (uint32_t i = 0; i < list->count; i++)
        if (list->children[i])
            note_origin(checker, list->children[i]);
}

/* The common unit of all arguments, or NULL; reports those that do not fit. */
static const struct unit *equal_units(struct checker *checker, const struct node *node,
                                      const struct static_type *arguments)
{
    struct text does = message_text(checker->arena, "%s() takes together", node->builtin->name);
    if (node->count == 1 && arguments[0].has_mixed_units)
        fail_mixed(checker, node, node->children[0]);
    struct static_type first = node->count ? quantity_type(node, &arguments[0]) : STATIC_TYPE(TYPE_ANY);
    const struct node *blamed = node->count ? node->children[0] : node;
    for (uint32_t i = 1; i < node->count; i++) {
        struct static_type next = arguments[i];
        if (next.kind != TYPE_NUMBER || first.kind != TYPE_NUMBER)
            return NULL;
        struct quantity left = {blamed, &first}, right = {node->children[i], &next};
        if (!check_same_unit(checker, node, left, right, does.bytes ? does.bytes : "this takes together"))
            return NULL;
        if (first.unit && first.unit->is_plain && next.unit && !next.unit->is_plain)
            blamed = node->children[i];
        first.unit = unit_join(first.unit, next.unit);
    }
    return first.kind == TYPE_NUMBER ? first.unit : NULL;
}

/* The hint where the n of add months() or add years() is in another unit. */
static struct text advice_on_added(const struct unit *unit, const char *wanted)
{
    bool is_years = text_equals(unit->atoms[0].name, TEXT("year")),
         is_months = text_equals(unit->atoms[0].name, TEXT("month"));
    if (unit->count != 1 || unit->atoms[0].power != 1)
        return TEXT("");
    if (is_years && strcmp(wanted, "month") == 0)
        return TEXT("add years() adds years");
    if (is_months && strcmp(wanted, "year") == 0)
        return TEXT("add months() adds months");
    if (text_equals(unit->atoms[0].name, TEXT("day")))
        return TEXT("a date + duration(\"P1D\") * n adds days");
    return TEXT("");
}

/* Reports an n of add months(date, n) that is not in months, or of add years(date, n) that is not in
 * years. */
static void check_added(struct checker *checker, const struct node *node, const struct static_type *arguments)
{
    const char *name = node->builtin->name, *wanted = builtin_traits(node->builtin)->adds;
    if (!wanted || node->count != 2)
        return;
    const struct unit *unit = arguments[1].unit, *added = unit_of_name(checker->arena, wanted);
    if (unit_fits(unit, added) || unit_is_ratio(unit) || unit_fits_by_twelves(unit, added))
        return;
    struct text shown = check_show(checker, node->children[1]), is = show_unit(checker, unit);
    check_fail(checker, node->children[1], advice_on_added(unit, wanted),
               "%s() adds %ss, and %.*s is in %.*s", name, wanted, TEXT_ARGUMENTS(shown), TEXT_ARGUMENTS(is));
    note_origin(checker, node->children[1]);
}

const struct unit *check_builtin_unit(struct checker *checker, const struct node *node,
                                      const struct static_type *arguments)
{
    const struct builtin_traits *traits = builtin_traits(node->builtin);
    check_added(checker, node, arguments);
    switch (traits->units) {
    case UNITS_EQUAL: return equal_units(checker, node, arguments);
    case UNITS_FIRST: return node->count && arguments[0].kind == TYPE_NUMBER ? arguments[0].unit : NULL;
    case UNITS_COUNT: return &UNIT_PLAIN;
    case UNITS_GIVEN: return unit_of_name(checker->arena, traits->unit);
    default: return NULL;
    }
}

/* ---- What is declared ---- */

struct static_type check_declared_unit(struct checker *checker, const struct node *node,
                                       struct static_type type, struct text declared, struct text what)
{
    if (type.kind != TYPE_NUMBER || declared.length == 0)
        return type;
    const struct unit *unit = unit_of_text(checker->arena, declared);
    if (!type.unit || !unit || unit_may_be_declared(type.unit, unit)) {
        const struct node *whole =
            unit && unit->is_percent && type.unit && type.unit->is_plain ? find_whole_percent(node) : NULL;
        if (whole)
            fail_whole_percent(checker, whole, what);
        type.unit = unit;
        return type;
    }
    bool is_told = checker->misdeclared == declared.bytes;
    if (!is_told && !warn_instead(checker, node, type.unit, unit)) {
        checker->misdeclared = declared.bytes;
        struct text is = show_unit(checker, type.unit), should_be = show_unit(checker, unit);
        check_fail(checker, node,
                   advice_on(type.unit, unit, TEXT("change the declared unit, or the formula")),
                   "%.*s is declared in %.*s, but this gives %.*s", TEXT_ARGUMENTS(what),
                   TEXT_ARGUMENTS(should_be), TEXT_ARGUMENTS(is));
        note_origin(checker, node);
    }
    type.unit = unit;
    return type;
}
