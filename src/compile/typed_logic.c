/* SPDX-License-Identifier: Apache-2.0 */
/* Typed comparisons, three-valued logic, choices, look-ups and dates. */
#include "compile/typed_builder.h"

/* An operation with a boolean result, whose operands are still to be set. */
static struct typed_operation boolean_of(enum operation_code code)
{
    return (struct typed_operation){
        .code = (uint8_t)code, .kind = TYPED_BOOLEAN, .lane = LANE_8, .low = 0, .high = 1};
}

/* ---- Texts ---- */

/* The index of the text; OPERAND_NONE where it is not among them. */
static uint32_t find_text(const struct text *texts, uint32_t count, struct text text)
{
    for (uint32_t i = 0; i < count; i++)
        if (text_equals(texts[i], text))
            return i;
    return OPERAND_NONE;
}

/* The operand as a code over the texts of `like`, which must contain all of its own. OPERAND_NONE:
 * memory ran out. */
static uint32_t recode(struct typed_builder *builder, uint32_t operand, const struct typed_operation *like)
{
    struct typed_operation code = *builder_at(builder, operand);
    int64_t *entries = ARENA_ARRAY(builder->arena, int64_t, code.text_count);
    bool is_same = true;
    if (!entries) {
        builder->failed = true;
        return OPERAND_NONE;
    }
    for (uint32_t i = 0; i < code.text_count; i++) {
        entries[i] = find_text(like->texts, like->text_count, code.texts[i]);
        is_same &= entries[i] == i;
    }
    if (is_same && code.text_count == like->text_count)
        return operand;
    if (code.code != OPERATION_CONSTANT)
        return build_lookup(builder, operand, entries, NULL, NULL, code.text_count, like);
    code.immediate[0] = code.low = code.high = entries[code.immediate[0]];
    code.texts = like->texts;
    code.text_count = like->text_count;
    return build_operation(builder, code);
}

/* Gives both codes the union of their texts. false: memory ran out. */
static bool unify_texts(struct typed_builder *builder, uint32_t *left, uint32_t *right)
{
    const struct typed_operation first = *builder_at(builder, *left), second = *builder_at(builder, *right);
    struct text *texts =
        ARENA_ARRAY(builder->arena, struct text, (size_t)first.text_count + second.text_count);
    if (!texts) {
        builder->failed = true;
        return false;
    }
    struct typed_operation all = {.kind = TYPED_CODE, .texts = texts};
    for (uint32_t i = 0; i < first.text_count; i++)
        texts[all.text_count++] = first.texts[i];
    for (uint32_t i = 0; i < second.text_count; i++)
        if (find_text(texts, all.text_count, second.texts[i]) == OPERAND_NONE)
            texts[all.text_count++] = second.texts[i];
    *left = recode(builder, *left, &all);
    *right = recode(builder, *right, &all);
    return *left != OPERAND_NONE && *right != OPERAND_NONE;
}

bool build_alike(struct typed_builder *builder, uint32_t *left, uint32_t *right)
{
    if (*left == OPERAND_NONE || *right == OPERAND_NONE)
        return false;
    bool are_codes =
        builder_at(builder, *left)->kind == TYPED_CODE && builder_at(builder, *right)->kind == TYPED_CODE;
    return are_codes ? unify_texts(builder, left, right) : build_same_scale(builder, left, right);
}

/* ---- Comparisons ---- */

/* The comparison that holds with the operands exchanged. */
static enum operation_code mirrored(enum operation_code code)
{
    switch (code) {
    case OPERATION_LESS: return OPERATION_GREATER;
    case OPERATION_LESS_EQUAL: return OPERATION_GREATER_EQUAL;
    case OPERATION_GREATER: return OPERATION_LESS;
    case OPERATION_GREATER_EQUAL: return OPERATION_LESS_EQUAL;
    default: return code;
    }
}

/* Whether the comparison holds of two integers of the same scale. */
static bool holds(enum operation_code code, int64_t left, int64_t right)
{
    switch (code) {
    case OPERATION_EQUAL: return left == right;
    case OPERATION_NOT_EQUAL: return left != right;
    case OPERATION_LESS: return left < right;
    case OPERATION_LESS_EQUAL: return left <= right;
    case OPERATION_GREATER: return left > right;
    default: return left >= right;
    }
}

/* Rounds a constant bound that has more decimals than the bounded value to that value's scale, so that
 * the comparison stays the same. It returns the bound unchanged for = and !=. */
static uint32_t coarsen(struct typed_builder *builder, enum operation_code code, uint32_t bound,
                        int32_t scale)
{
    const struct typed_operation fine = *builder_at(builder, bound);
    bool is_upward = code == OPERATION_LESS || code == OPERATION_GREATER_EQUAL;
    if (code == OPERATION_EQUAL || code == OPERATION_NOT_EQUAL || fine.scale - scale > TYPED_SCALE_MOST)
        return bound;
    int64_t divisor = power_of_ten(fine.scale - scale);
    return build_rescale(
        builder,
        build_number(builder, divide_rounded(fine.low, divisor, is_upward ? DECIMAL_CEILING : DECIMAL_FLOOR),
                     scale),
        scale);
}

/* A boolean compared with true or false (truth), by EQUAL or NOT_EQUAL. */
static uint32_t compare_truth(struct typed_builder *builder, enum operation_code code, uint32_t operand,
                              int64_t truth)
{
    return (code == OPERATION_EQUAL) == (truth != 0) ? operand : build_not(builder, operand);
}

/* Compares an operand with a constant of the same scale, which becomes operand 1. OPERAND_NONE if memory ran
 * out. */
static uint32_t compare_constant(struct typed_builder *builder, enum operation_code code, uint32_t left,
                                 int64_t constant)
{
    struct typed_operation made = boolean_of(code);
    uint8_t lane = lane_of_interval(constant, constant);
    if (builder_at(builder, left)->kind == TYPED_BOOLEAN)
        return compare_truth(builder, code, left, constant);
    made.operands[0] = build_lane(builder, left, lane);
    made.immediates = 2;
    made.immediate[1] = constant;
    return made.operands[0] == OPERAND_NONE ? OPERAND_NONE : build_operation(builder, made);
}

uint32_t build_comparison(struct typed_builder *builder, enum operation_code code, uint32_t left,
                          uint32_t right)
{
    int64_t first, second;
    if (left == OPERAND_NONE || right == OPERAND_NONE)
        return OPERAND_NONE;
    bool has_order =
        builder_at(builder, left)->kind == TYPED_NUMBER || builder_at(builder, left)->kind == TYPED_DATE;
    if (!has_order && code != OPERATION_EQUAL && code != OPERATION_NOT_EQUAL)
        return OPERAND_NONE;
    if (builder_constant(builder, left, &first) && !builder_constant(builder, right, &second)) {
        uint32_t swap = left;
        left = right;
        right = swap;
        code = mirrored(code);
    }
    bool is_finer = builder_constant(builder, right, &second) &&
                    builder_at(builder, left)->kind == TYPED_NUMBER &&
                    builder_at(builder, right)->kind == TYPED_NUMBER &&
                    builder_at(builder, right)->scale > builder_at(builder, left)->scale;
    if (is_finer)
        right = coarsen(builder, code, right, builder_at(builder, left)->scale);
    if (!build_alike(builder, &left, &right))
        return OPERAND_NONE;
    bool has_second = builder_constant(builder, right, &second);
    if (has_second && builder_constant(builder, left, &first))
        return build_boolean(builder, holds(code, first, second));
    if (has_second)
        return compare_constant(builder, code, left, second);
    struct typed_operation made = boolean_of(code);
    uint8_t lane = builder_at(builder, left)->lane, other = builder_at(builder, right)->lane;
    made.operands[0] = build_lane(builder, left, other);
    made.operands[1] = build_lane(builder, right, lane);
    if (made.operands[0] == OPERAND_NONE || made.operands[1] == OPERAND_NONE)
        return OPERAND_NONE;
    return build_operation(builder, made);
}

uint32_t build_within(struct typed_builder *builder, uint32_t operand, uint32_t low, bool low_included,
                      uint32_t high, bool high_included)
{
    uint32_t above =
        build_comparison(builder, low_included ? OPERATION_GREATER_EQUAL : OPERATION_GREATER, operand, low);
    uint32_t below =
        build_comparison(builder, high_included ? OPERATION_LESS_EQUAL : OPERATION_LESS, operand, high);
    return build_logic(builder, OPERATION_AND, above, below);
}

/* Whether `left` and `right` are a >= low and a <= high (or > and <) of the same a, with a range that is
 * not empty; if so, *out is the one WITHIN in their place. */
static bool make_within(const struct typed_builder *builder, uint32_t left, uint32_t right,
                        struct typed_operation *out)
{
    const struct typed_operation *above = builder_at(builder, left), *below = builder_at(builder, right);
    bool is_swapped = above->code == OPERATION_LESS || above->code == OPERATION_LESS_EQUAL;
    if (is_swapped) {
        above = below;
        below = builder_at(builder, left);
    }
    bool is_pair = (above->code == OPERATION_GREATER || above->code == OPERATION_GREATER_EQUAL) &&
                   above->immediates == 2 &&
                   (below->code == OPERATION_LESS || below->code == OPERATION_LESS_EQUAL) &&
                   below->immediates == 2 && above->operands[0] == below->operands[0];
    bool has_ends = is_pair && above->immediate[1] < INT32_MAX && below->immediate[1] > INT32_MIN;
    if (!has_ends)
        return false;
    *out = boolean_of(OPERATION_WITHIN);
    out->operands[0] = above->operands[0];
    out->immediate[0] = above->immediate[1] + (above->code == OPERATION_GREATER);
    out->immediate[1] = below->immediate[1] - (below->code == OPERATION_LESS);
    return out->immediate[0] <= out->immediate[1];
}

/* ---- Logic ---- */

uint32_t build_not(struct typed_builder *builder, uint32_t operand)
{
    int64_t truth;
    if (operand == OPERAND_NONE || builder_at(builder, operand)->kind != TYPED_BOOLEAN)
        return OPERAND_NONE;
    if (builder_constant(builder, operand, &truth))
        return build_boolean(builder, !truth);
    if (builder_at(builder, operand)->code == OPERATION_NOT)
        return builder_at(builder, operand)->operands[0];
    struct typed_operation made = boolean_of(OPERATION_NOT);
    made.operands[0] = operand;
    return build_operation(builder, made);
}

uint32_t build_logic(struct typed_builder *builder, enum operation_code code, uint32_t left, uint32_t right)
{
    int64_t truth, decides = code == OPERATION_OR; /* the value of one side that decides */
    assert(code == OPERATION_AND || code == OPERATION_OR);
    if (left == OPERAND_NONE || right == OPERAND_NONE)
        return OPERAND_NONE;
    if (builder_at(builder, left)->kind != TYPED_BOOLEAN || builder_at(builder, right)->kind != TYPED_BOOLEAN)
        return OPERAND_NONE;
    if (builder_constant(builder, left, &truth))
        return truth == decides ? left : right;
    if (builder_constant(builder, right, &truth))
        return truth == decides ? right : left;
    if (left == right)
        return left;
    struct typed_operation made;
    if (code == OPERATION_AND && make_within(builder, left, right, &made))
        return build_operation(builder, made);
    made = boolean_of(code);
    made.operands[0] = left;
    made.operands[1] = right;
    return build_operation(builder, made);
}

uint32_t build_select(struct typed_builder *builder, uint32_t condition, uint32_t then, uint32_t otherwise)
{
    int64_t truth, constant;
    if (condition == OPERAND_NONE || then == OPERAND_NONE || otherwise == OPERAND_NONE)
        return OPERAND_NONE;
    if (builder_at(builder, condition)->kind != TYPED_BOOLEAN)
        return OPERAND_NONE;
    if (builder_constant(builder, condition, &truth))
        return truth ? then : otherwise;
    if (!build_alike(builder, &then, &otherwise))
        return OPERAND_NONE;
    if (then == otherwise && !builder_at(builder, condition)->is_nullable)
        return then;
    struct typed_operation first = *builder_at(builder, then), second = *builder_at(builder, otherwise),
                           made = first;
    uint8_t lane = first.lane > second.lane ? first.lane : second.lane;
    uint32_t branches[] = {build_lane(builder, then, lane), build_lane(builder, otherwise, lane)};
    made = (struct typed_operation){.code = OPERATION_SELECT,
                                    .kind = first.kind,
                                    .lane = lane,
                                    .operands = {condition},
                                    .scale = first.scale,
                                    .texts = first.texts,
                                    .text_count = first.text_count,
                                    .low = first.low < second.low ? first.low : second.low,
                                    .high = first.high > second.high ? first.high : second.high};
    for (int i = 0; i < 2; i++) {
        if (branches[i] == OPERAND_NONE)
            return OPERAND_NONE;
        if (builder_constant(builder, branches[i], &constant)) {
            made.immediates |= (uint8_t)(2 << i);
            made.immediate[i + 1] = constant;
        } else {
            made.operands[i + 1] = branches[i];
        }
    }
    return build_operation(builder, made);
}

/* ---- What is known ---- */

uint32_t build_known(struct typed_builder *builder, uint32_t operand)
{
    if (operand == OPERAND_NONE)
        return OPERAND_NONE;
    const struct typed_operation *operation = builder_at(builder, operand);
    if (operation->code == OPERATION_UNKNOWN)
        return build_boolean(builder, false);
    if (!operation->is_nullable)
        return build_boolean(builder, true);
    struct typed_operation made = boolean_of(OPERATION_KNOWN);
    made.operands[0] = operand;
    return build_operation(builder, made);
}

uint32_t build_is_none(struct typed_builder *builder, uint32_t fact)
{
    if (fact == OPERAND_NONE || builder_at(builder, fact)->code != OPERATION_FACT)
        return OPERAND_NONE;
    struct typed_operation made = boolean_of(OPERATION_NONE);
    made.operands[0] = fact;
    made.leaf = builder_at(builder, fact)->leaf;
    return build_operation(builder, made);
}

uint32_t build_or_else(struct typed_builder *builder, uint32_t operand, int64_t otherwise)
{
    if (operand == OPERAND_NONE || !builder_at(builder, operand)->is_nullable)
        return operand;
    struct typed_operation made = *builder_at(builder, operand);
    made = (struct typed_operation){.code = OPERATION_OR_ELSE,
                                    .kind = made.kind,
                                    .lane = made.lane,
                                    .operands = {operand},
                                    .immediate = {otherwise},
                                    .scale = made.scale,
                                    .low = made.low,
                                    .high = made.high,
                                    .texts = made.texts,
                                    .text_count = made.text_count};
    if (otherwise < made.low)
        made.low = otherwise;
    if (otherwise > made.high)
        made.high = otherwise;
    if (made.kind == TYPED_NUMBER && lane_of_interval(made.low, made.high) > made.lane)
        return OPERAND_NONE;
    return build_operation(builder, made);
}

/* known(a) and (a or else false): where a is unknown the left side is false, so the value that stands in
 * for it does not matter. */
uint32_t build_is_true(struct typed_builder *builder, uint32_t operand)
{
    return build_logic(builder, OPERATION_AND, build_known(builder, operand),
                       build_or_else(builder, operand, 0));
}

uint32_t build_is_false(struct typed_builder *builder, uint32_t operand)
{
    return build_logic(builder, OPERATION_AND, build_known(builder, operand),
                       build_not(builder, build_or_else(builder, operand, 1)));
}

/* ---- Tables ---- */

uint32_t build_band(struct typed_builder *builder, uint32_t operand, const int64_t *thresholds,
                    uint32_t count)
{
    if (operand == OPERAND_NONE)
        return OPERAND_NONE;
    uint8_t lane = LANE_32;
    for (uint32_t i = 0; i < count; i++)
        if (lane_of_interval(thresholds[i], thresholds[i]) == LANE_64)
            lane = LANE_64;
    return build_operation(builder, (struct typed_operation){.code = OPERATION_BAND,
                                                             .kind = TYPED_NUMBER,
                                                             .lane = LANE_32,
                                                             .operands = {build_lane(builder, operand, lane)},
                                                             .low = 0,
                                                             .high = count,
                                                             .table = thresholds,
                                                             .table_count = count});
}

/* Whether all entries are equal. */
static bool is_uniform(const int64_t *entries, uint32_t count)
{
    for (uint32_t i = 1; i < count; i++)
        if (entries[i] != entries[0])
            return false;
    return true;
}

/* An entry as a constant of the kind, scale and texts of `like`. */
static uint32_t build_entry(struct typed_builder *builder, int64_t entry, const struct typed_operation *like)
{
    uint8_t lane = like->kind == TYPED_BOOLEAN ? (uint8_t)LANE_8 : lane_of_interval(entry, entry);
    return build_operation(builder, (struct typed_operation){.code = OPERATION_CONSTANT,
                                                             .kind = like->kind,
                                                             .lane = lane,
                                                             .immediate = {entry},
                                                             .scale = like->scale,
                                                             .low = entry,
                                                             .high = entry,
                                                             .texts = like->texts,
                                                             .text_count = like->text_count});
}

uint32_t build_lookup(struct typed_builder *builder, uint32_t index, const int64_t *entries,
                      const uint8_t *states, const uint32_t *waits, uint32_t count,
                      const struct typed_operation *like)
{
    if (index == OPERAND_NONE || count == 0)
        return OPERAND_NONE;
    bool is_constant = !states && !builder_at(builder, index)->is_nullable && is_uniform(entries, count);
    if (is_constant)
        return build_entry(builder, entries[0], like);
    struct typed_operation made = {.code = OPERATION_LOOKUP,
                                   .kind = like->kind,
                                   .operands = {index},
                                   .scale = like->scale,
                                   .table = entries,
                                   .states = states,
                                   .waits = waits,
                                   .is_total = !states || like->is_total,
                                   .table_count = count,
                                   .texts = like->texts,
                                   .text_count = like->text_count,
                                   .low = entries[0],
                                   .high = entries[0]};
    for (uint32_t i = 1; i < count; i++) {
        if (entries[i] < made.low)
            made.low = entries[i];
        if (entries[i] > made.high)
            made.high = entries[i];
    }
    made.lane = like->kind == TYPED_BOOLEAN ? (uint8_t)LANE_8 : lane_of_interval(made.low, made.high);
    return build_operation(builder, made);
}

/* ---- Dates ---- */

/* Whether the operand is a date; false for OPERAND_NONE. */
static bool is_date(const struct typed_builder *builder, uint32_t operand)
{
    return operand != OPERAND_NONE && builder_at(builder, operand)->kind == TYPED_DATE;
}

/* The part of a date that the operation gives; the parts that are dates are days since 1970-01-01. */
static int64_t date_part(enum operation_code code, int64_t date)
{
    struct year_month_day civil = date_to_civil(date);
    switch (code) {
    case OPERATION_YEAR: return civil.year;
    case OPERATION_MONTH: return civil.month;
    case OPERATION_DAY: return civil.day;
    case OPERATION_START_OF_MONTH: return date - civil.day + 1;
    default: return date - civil.day + date_days_in_month(civil.year, civil.month);
    }
}

uint32_t build_date_part(struct typed_builder *builder, enum operation_code code, uint32_t date)
{
    int64_t constant;
    if (!is_date(builder, date))
        return OPERAND_NONE;
    bool is_day = code == OPERATION_START_OF_MONTH || code == OPERATION_END_OF_MONTH;
    if (builder_constant(builder, date, &constant)) {
        int64_t part = date_part(code, constant);
        return is_day ? build_date(builder, part) : build_number(builder, part, 0);
    }
    struct typed_operation made = {.code = (uint8_t)code,
                                   .kind = is_day ? TYPED_DATE : TYPED_NUMBER,
                                   .lane = LANE_32,
                                   .operands = {date},
                                   .low = 1,
                                   .high = code == OPERATION_MONTH ? 12 : 31};
    if (is_day || code == OPERATION_YEAR) {
        made.low = date_part(code, builder_at(builder, date)->low);
        made.high = date_part(code, builder_at(builder, date)->high);
    }
    return build_operation(builder, made);
}

uint32_t build_completed_months(struct typed_builder *builder, uint32_t from, uint32_t to)
{
    int64_t first, second;
    if (!is_date(builder, from) || !is_date(builder, to))
        return OPERAND_NONE;
    const struct typed_operation start = *builder_at(builder, from), end = *builder_at(builder, to);
    bool has_first = builder_constant(builder, from, &first),
         has_second = builder_constant(builder, to, &second);
    if (has_first && has_second)
        return build_number(builder, date_completed_months(first, second), 0);
    struct typed_operation made = {.code = OPERATION_COMPLETED_MONTHS,
                                   .kind = TYPED_NUMBER,
                                   .lane = LANE_32,
                                   .low = date_completed_months(start.high, end.low) - 1,
                                   .high = date_completed_months(start.low, end.high) + 1};
    if (has_first) {
        made.immediates = 1;
        made.immediate[0] = first;
    } else {
        made.operands[0] = from;
    }
    if (has_second) {
        made.immediates = 2;
        made.immediate[1] = second;
    } else {
        made.operands[1] = to;
    }
    return build_operation(builder, made);
}

/* The date, checked so that adding from `least` to `most` months stays within DATE_FIRST to DATE_LAST;
 * rows outside wait for the interpreter. */
static uint32_t days_within(struct typed_builder *builder, uint32_t date, int64_t least, int64_t most)
{
    int32_t first = DATE_FIRST, last = DATE_LAST;
    bool has_days = (least >= 0 || date_add_months(DATE_FIRST, -least, &first)) &&
                    (most <= 0 || date_add_months(DATE_LAST, -most, &last));
    return has_days ? build_check(builder, date, first, last) : OPERAND_NONE;
}

uint32_t build_add_months(struct typed_builder *builder, uint32_t date, uint32_t months)
{
    int64_t constant;
    int32_t low, high;
    if (!is_date(builder, date) || months == OPERAND_NONE)
        return OPERAND_NONE;
    const struct typed_operation count = *builder_at(builder, build_narrow(builder, months));
    if (count.kind != TYPED_NUMBER || count.scale || count.lane != LANE_32)
        return OPERAND_NONE;
    bool is_constant_date = builder_constant(builder, date, &constant);
    if (!is_constant_date)
        date = days_within(builder, date, count.low, count.high);
    if (date == OPERAND_NONE)
        return OPERAND_NONE;
    const struct typed_operation start = *builder_at(builder, date);
    if (!date_add_months((int32_t)start.low, count.low, &low) ||
        !date_add_months((int32_t)start.high, count.high, &high))
        return OPERAND_NONE;
    struct typed_operation made = {.code = OPERATION_ADD_MONTHS,
                                   .kind = TYPED_DATE,
                                   .lane = LANE_32,
                                   .operands = {date, build_narrow(builder, months)},
                                   .low = low,
                                   .high = high};
    if (builder_constant(builder, months, &constant)) {
        if (is_constant_date)
            return build_date(builder, low);
        made.immediates = 2;
        made.immediate[1] = constant;
        made.operands[1] = 0;
    }
    return build_operation(builder, made);
}

uint32_t build_add_days(struct typed_builder *builder, uint32_t date, uint32_t days)
{
    static const int64_t DAYS_THERE_ARE = DATE_LAST - DATE_FIRST;
    int64_t first, second;
    if (!is_date(builder, date) || days == OPERAND_NONE)
        return OPERAND_NONE;
    days = build_narrow(builder, days);
    const struct typed_operation count = *builder_at(builder, days);
    bool is_plain = count.kind == TYPED_NUMBER && count.scale == 0 && count.low >= -DAYS_THERE_ARE &&
                    count.high <= DAYS_THERE_ARE;
    if (!is_plain)
        return OPERAND_NONE;
    bool has_first = builder_constant(builder, date, &first),
         has_second = builder_constant(builder, days, &second);
    if (has_first && has_second)
        return build_date(builder, first + second);
    if (!has_first)
        date = build_check(builder, date, DATE_FIRST - (count.low < 0 ? count.low : 0),
                           DATE_LAST - (count.high > 0 ? count.high : 0));
    if (date == OPERAND_NONE)
        return OPERAND_NONE;
    struct typed_operation made = {.code = OPERATION_ADD,
                                   .kind = TYPED_DATE,
                                   .lane = LANE_32,
                                   .operands = {date, days},
                                   .low = builder_at(builder, date)->low + count.low,
                                   .high = builder_at(builder, date)->high + count.high};
    if (made.low < DATE_FIRST || made.high > DATE_LAST)
        return OPERAND_NONE;
    if (has_second) {
        made.immediates = 2;
        made.immediate[1] = second;
        made.operands[1] = 0;
    }
    return build_operation(builder, made);
}

uint32_t build_date_of_year(struct typed_builder *builder, uint32_t year, int32_t month, int32_t day)
{
    enum { YEAR_FIRST = 1, YEAR_LAST = 9999, COMMON_YEAR = 2001 };
    int32_t date;
    if (year == OPERAND_NONE || !date_from_civil(COMMON_YEAR, month, day, &date))
        return OPERAND_NONE;
    if (builder_at(builder, year)->kind != TYPED_NUMBER || builder_at(builder, year)->scale)
        return OPERAND_NONE;
    uint32_t later =
        build_arithmetic(builder, OPERATION_SUBTRACT, build_check(builder, year, YEAR_FIRST, YEAR_LAST),
                         build_number(builder, COMMON_YEAR, 0));
    return build_add_months(
        builder, build_date(builder, date),
        build_arithmetic(builder, OPERATION_MULTIPLY, later, build_number(builder, 12, 0)));
}
