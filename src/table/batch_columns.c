/* SPDX-License-Identifier: Apache-2.0 */
/* The columns of a batch: which ones each rule has, their names and decimals, and from which output of
 * the plan each comes. */
#include <string.h>

#include "base/map.h"
#include "compile/typed_builder.h"
#include "rules/answer.h"
#include "table/batch_handle.h"
#include "value/decimal_bits.h"

enum { DECIMALS_OF_MONEY = 2, DECIMALS_UNROUNDED = 12 };

/* ---- Decimals ---- */

/* Decimals of a column of numbers that are rounded so: at least those of money. Numbers that are not
 * rounded get DECIMALS_UNROUNDED. */
static int32_t decimals_of(const struct pack_rounding *round)
{
    if (!round->is_given)
        return DECIMALS_UNROUNDED;
    int32_t exponent = decimal_strip(decimal_unpack(round->to)).exponent;
    if (exponent < -ARROW_OUTPUT_PRECISION)
        return ARROW_OUTPUT_PRECISION;
    return -exponent > DECIMALS_OF_MONEY ? -exponent : DECIMALS_OF_MONEY;
}

/* The model of the rule's pack. */
static const struct pack_model *model_of(const struct rule *rule)
{
    return rule->policy->layering->packs[rule->pack].model;
}

/* Decimals of the amount. An amount that is not written is the last step, with its rounding. */
static int32_t decimals_of_pricing(const struct rule *rule)
{
    const struct pack_model *model = model_of(rule);
    for (size_t i = 0; i < model->pricing_count; i++) {
        const struct pack_pricing *written = &model->pricing[i];
        if (!text_equals(written->rule.name, rule->name))
            continue;
        bool is_step = !written->round.is_given && !written->amount.text.bytes && written->step_count > 0;
        return decimals_of(is_step ? &written->steps[written->step_count - 1].round : &written->round);
    }
    return DECIMALS_UNROUNDED;
}

/* Decimals of the whole and the shares, which are rounded alike. Without a written rounding they are
 * whole fen. */
static int32_t decimals_of_sharing(const struct rule *rule)
{
    const struct pack_model *model = model_of(rule);
    for (size_t i = 0; i < model->cost_sharing_count; i++) {
        const struct pack_cost_sharing *written = &model->cost_sharing[i];
        if (text_equals(written->rule.name, rule->name) && written->round.is_given)
            return decimals_of(&written->round);
    }
    return DECIMALS_OF_MONEY;
}

/* ---- Columns ---- */

/* Whether the options ask for columns of this kind. */
static bool is_wanted(const struct tuoyu_batch *batch, enum batch_column_kind kind)
{
    static const int32_t GROUPS[] = {
        [BATCH_NUMBER] = TUOYU_COLUMNS_VALUES,     [BATCH_COMPLIES] = TUOYU_COLUMNS_VALUES,
        [BATCH_DECISION] = TUOYU_COLUMNS_VALUES,   [BATCH_MEMBER] = ~0,
        [BATCH_OUTCOME] = TUOYU_COLUMNS_OUTCOME,   [BATCH_MISSING] = TUOYU_COLUMNS_MISSING,
        [BATCH_STANDING] = TUOYU_COLUMNS_STANDING, [BATCH_ERROR] = TUOYU_COLUMNS_ERROR};
    return batch->options.columns == 0 || (batch->options.columns & GROUPS[kind]);
}

/* Adds a column `rule.part` (or `part` without a rule), if it is wanted. false: memory ran out. */
static bool add_column(struct tuoyu_batch *batch, const struct batch_rule *rule, enum batch_column_kind kind,
                       struct text part, struct arrow_output column)
{
    if (!is_wanted(batch, kind))
        return true;
    struct arrow_output *grown = arena_grow(&batch->arena, batch->columns, batch->column_count,
                                            &batch->column_capacity, sizeof *grown);
    struct batch_column *contents = arena_grow(&batch->arena, batch->contents, batch->column_count,
                                               &batch->content_capacity, sizeof *contents);
    if (!grown || !contents)
        return false;
    batch->columns = grown;
    batch->contents = contents;
    column.name =
        rule ? text_format(&batch->arena, "%.*s.%.*s", TEXT_ARGUMENTS(rule->name), TEXT_ARGUMENTS(part))
             : part;
    contents[batch->column_count] = (struct batch_column){.kind = kind};
    grown[batch->column_count++] = column;
    return column.name.bytes;
}

/* Adds a column of numbers; `number` says which of the rule's numbers it has. false: memory ran out. */
static bool add_number(struct tuoyu_batch *batch, const struct batch_rule *rule, struct text part,
                       int32_t decimals, uint32_t number)
{
    enum arrow_output_type type = batch->options.numbers == TUOYU_NUMBERS_TEXT      ? ARROW_OUTPUT_TEXT
                                  : batch->options.numbers == TUOYU_NUMBERS_INTEGER ? ARROW_OUTPUT_INTEGER
                                                                                    : ARROW_OUTPUT_NUMBER;
    size_t before = batch->column_count;
    if (!add_column(batch, rule, BATCH_NUMBER, part,
                    (struct arrow_output){.type = type, .scale = decimals, .unit = rule->rule->unit}))
        return false;
    if (batch->column_count > before)
        batch->contents[before].number = number;
    return true;
}

/* Adds a column of words. word_of gives the words of the constants from 1 to count. false: memory ran
 * out. */
static bool add_words(struct tuoyu_batch *batch, const struct batch_rule *rule, enum batch_column_kind kind,
                      struct text part, const char *(*word_of)(int32_t), int32_t count)
{
    const char **words = ARENA_ARRAY(&batch->arena, const char *, (size_t)count);
    if (!words)
        return false;
    for (int32_t i = 0; i < count; i++)
        words[i] = word_of(i + 1);
    return add_column(batch, rule, kind, part,
                      (struct arrow_output){.type = ARROW_OUTPUT_WORD, .words = words, .word_count = count});
}

/* Columns `amount` and `complies`. false: memory ran out. */
static bool add_pricing(struct tuoyu_batch *batch, const struct batch_rule *rule)
{
    return add_number(batch, rule, TEXT("amount"), decimals_of_pricing(rule->rule), 0) &&
           add_column(batch, rule, BATCH_COMPLIES, TEXT("complies"),
                      (struct arrow_output){.type = ARROW_OUTPUT_BOOLEAN});
}

/* Column `whole`, and `payers.ID` for each payer. false: memory ran out. */
static bool add_sharing(struct tuoyu_batch *batch, const struct batch_rule *rule)
{
    const struct tuoyu_cost_sharing *sharing = cost_sharing_of(rule->rule);
    int32_t decimals = decimals_of_sharing(rule->rule);
    bool is_good = add_number(batch, rule, TEXT("whole"), decimals, 0);
    for (size_t i = 0; i < sharing->payer_count && is_good; i++) {
        struct text member = text_format(&batch->arena, "payers.%.*s", TEXT_ARGUMENTS(sharing->payers[i].id));
        is_good = member.bytes && add_number(batch, rule, member, decimals, (uint32_t)i + 1);
    }
    return is_good;
}

/* Column `decision`. false: memory ran out. */
static bool add_eligibility(struct tuoyu_batch *batch, const struct batch_rule *rule)
{
    return add_words(batch, rule, BATCH_DECISION, TEXT("decision"), decision_name,
                     TUOYU_DECISION_NOT_APPLICABLE);
}

/* By kind of rule, adds the columns that come before those that all kinds have; NULL: it answers no rows. */
static bool (*const ADD_COLUMNS[])(struct tuoyu_batch *batch, const struct batch_rule *rule) = {
    [TUOYU_RULE_PRICING] = add_pricing,
    [TUOYU_RULE_COST_SHARING] = add_sharing,
    [TUOYU_RULE_ELIGIBILITY] = add_eligibility,
    [TUOYU_RULE_INDICATOR] = NULL,
};
static_assert(sizeof ADD_COLUMNS / sizeof *ADD_COLUMNS == RULE_KIND_COUNT,
              "each kind of rule says its columns");

/* ---- Members ---- */

bool batch_member_name(const struct batch_rule *rule, struct text name, struct text *member)
{
    size_t length = rule->name.length;
    bool is_of_rule = name.length > length + 1 && name.bytes[length] == '.' &&
                      text_equals((struct text){name.bytes, length}, rule->name);
    if (!is_of_rule)
        return false;
    *member = (struct text){name.bytes + length + 1, name.length - length - 1};
    /* A rule called like the beginning of a pack's id is not meant by `pack.id:rule.member`. */
    return !memchr(member->bytes, ':', member->length);
}

struct text batch_next_member(struct text *names)
{
    size_t begin = 0, end;
    while (begin < names->length && (names->bytes[begin] == ' ' || names->bytes[begin] == '\n'))
        begin++;
    for (end = begin; end < names->length && names->bytes[end] != ' ' && names->bytes[end] != '\n';)
        end++;
    struct text name = {names->bytes + begin, end - begin};
    *names = (struct text){names->bytes + end, names->length - end};
    return name;
}

/* The column of a member, without its name. */
static struct arrow_output member_output(const struct tuoyu_batch *batch, const struct rule *rule,
                                         const struct answer_member *member)
{
    bool is_text = batch->options.numbers == TUOYU_NUMBERS_TEXT;
    enum arrow_output_type number = is_text ? ARROW_OUTPUT_TEXT : ARROW_OUTPUT_NUMBER;
    switch (member->type) {
    case MEMBER_AMOUNT:
        return (struct arrow_output){
            .type = batch->options.numbers == TUOYU_NUMBERS_INTEGER ? ARROW_OUTPUT_INTEGER : number,
            .scale = decimals_of_sharing(rule),
            .unit = rule->unit};
    case MEMBER_NUMBER: return (struct arrow_output){.type = number, .scale = DECIMALS_UNROUNDED};
    case MEMBER_DATE: return (struct arrow_output){.type = ARROW_OUTPUT_DATE};
    case MEMBER_BOOLEAN: return (struct arrow_output){.type = ARROW_OUTPUT_BOOLEAN};
    default: return (struct arrow_output){.type = ARROW_OUTPUT_TEXT};
    }
}

/* Reports a member that the rule's answers do not have; returns TUOYU_ERROR_NOT_FOUND. */
static tuoyu_status refuse_member(struct tuoyu_batch *batch, const struct batch_rule *rule, struct text name,
                                  struct text nearest, tuoyu_diagnostics *diagnostics)
{
    struct text hint = TEXT("the JSON of an answer shows what it has");
    if (nearest.length)
        hint = message_text(&batch->arena, "did you mean `%.*s.%.*s`?", TEXT_ARGUMENTS(rule->name),
                            TEXT_ARGUMENTS(nearest));
    if (!hint.bytes)
        return TUOYU_ERROR_NO_MEMORY;
    return report(diagnostics, TUOYU_ERROR_NOT_FOUND, (struct location){.source = NULL}, hint,
                  "answers of the rule `%.*s` have no member `%.*s` that could be a column",
                  TEXT_ARGUMENTS(rule->name), TEXT_ARGUMENTS(name));
}

/* Whether the batch has a column of this name for the rule without being asked. */
static bool is_there_anyway(const struct tuoyu_batch *batch, const struct batch_rule *rule, struct text name)
{
    if (text_is(name, "outcome"))
        return is_wanted(batch, BATCH_OUTCOME);
    if (text_is(name, "missing"))
        return is_wanted(batch, BATCH_MISSING);
    if (text_is(name, "standing"))
        return is_wanted(batch, BATCH_STANDING);
    for (size_t i = rule->first_column; i < batch->column_count; i++) {
        struct text column = batch->columns[i].name;
        if (batch->contents[i].kind != BATCH_MEMBER && column.length == rule->name.length + 1 + name.length &&
            text_equals(text_slice(column, rule->name.length + 1, column.length), name))
            return true;
    }
    return false;
}

/* Adds the column of one member, unless it is one that the rule has anyway. Returns as batch_add_columns().
 */
static tuoyu_status add_member(struct tuoyu_batch *batch, const struct batch_rule *rule, struct text name,
                               tuoyu_diagnostics *diagnostics)
{
    struct answer_member member;
    struct text nearest;
    if (is_there_anyway(batch, rule, name))
        return TUOYU_OK;
    if (!answer_member_find(rule->rule, name, &batch->arena, &member, &nearest))
        return refuse_member(batch, rule, name, nearest, diagnostics);
    for (size_t i = rule->first_column; i < batch->column_count; i++)
        if (batch->contents[i].kind == BATCH_MEMBER &&
            text_equals(batch->members[batch->contents[i].number].name, name))
            return report(diagnostics, TUOYU_ERROR_DUPLICATE, (struct location){.source = NULL}, TEXT(""),
                          "the member `%.*s.%.*s` is asked for twice", TEXT_ARGUMENTS(rule->name),
                          TEXT_ARGUMENTS(name));
    struct answer_member *grown = arena_grow(&batch->arena, batch->members, batch->member_count,
                                             &batch->member_capacity, sizeof *grown);
    if (!grown)
        return TUOYU_ERROR_NO_MEMORY;
    batch->members = grown;
    grown[batch->member_count] = member;
    size_t column = batch->column_count;
    if (!add_column(batch, rule, BATCH_MEMBER, member.name, member_output(batch, rule->rule, &member)))
        return TUOYU_ERROR_NO_MEMORY;
    batch->contents[column].number = (uint32_t)batch->member_count++;
    return TUOYU_OK;
}

/* Adds the columns of the members of the rule that the options ask for. Returns as batch_add_columns(). */
static tuoyu_status add_members(struct tuoyu_batch *batch, const struct batch_rule *rule,
                                tuoyu_diagnostics *diagnostics)
{
    tuoyu_status first = TUOYU_OK;
    struct text names = text_of(batch->options.members ? batch->options.members : "", TUOYU_NUL_TERMINATED);
    for (struct text name = batch_next_member(&names); name.length; name = batch_next_member(&names)) {
        struct text member;
        if (!batch_member_name(rule, name, &member))
            continue;
        tuoyu_status status = add_member(batch, rule, member, diagnostics);
        if (status == TUOYU_ERROR_NO_MEMORY)
            return status;
        if (first == TUOYU_OK)
            first = status;
    }
    return first;
}

tuoyu_status batch_add_columns(struct tuoyu_batch *batch, struct batch_rule *rule,
                               tuoyu_diagnostics *diagnostics)
{
    rule->first_column = batch->column_count;
    if (!ADD_COLUMNS[rule->rule->kind](batch, rule))
        return TUOYU_ERROR_NO_MEMORY;
    tuoyu_status status = add_members(batch, rule, diagnostics);
    bool is_good = add_words(batch, rule, BATCH_OUTCOME, TEXT("outcome"), outcome_name, TUOYU_NOT_IN_FORCE) &&
                   add_column(batch, rule, BATCH_MISSING, TEXT("missing"),
                              (struct arrow_output){.type = ARROW_OUTPUT_TEXT}) &&
                   add_words(batch, rule, BATCH_STANDING, TEXT("standing"), standing_name, TUOYU_PROPOSED);
    rule->end_column = batch->column_count;
    return is_good ? status : TUOYU_ERROR_NO_MEMORY;
}

bool batch_add_error_column(struct tuoyu_batch *batch)
{
    size_t before = batch->column_count;
    bool is_good =
        add_column(batch, NULL, BATCH_ERROR, TEXT("error"), (struct arrow_output){.type = ARROW_OUTPUT_TEXT});
    batch->has_error_column = batch->column_count > before;
    return is_good;
}

/* ---- Where the columns' values come from ---- */

/* Sets scale and factor of a column of numbers. false: the column could not hold every number that the
 * output's interval allows, so the rule has no typed form. */
static bool fit_number(const struct tuoyu_batch *batch, const struct rule *rule, size_t index)
{
    struct batch_column *column = &batch->contents[index];
    const struct typed_operation *operation =
        &batch->plan.typed.operations[batch->plan.typed.outputs[column->output].operation];
    const struct arrow_output *output = &batch->columns[index];
    column->scale = operation->scale - (unit_is_percent(rule->unit) ? 2 : 0);
    column->factor = 1;
    if (output->type == ARROW_OUTPUT_TEXT)
        return column->scale >= 0;
    int32_t places = output->scale - column->scale;
    if (places < 0 || places > TYPED_SCALE_MOST)
        return false;
    column->factor = power_of_ten(places);
    return output->type == ARROW_OUTPUT_NUMBER ||
           (operation->low >= -INT64_MAX / column->factor && operation->high <= INT64_MAX / column->factor);
}

/* The plan's output for a column; NO_COLUMN where the rule has none. */
static uint32_t output_of(const struct column_answer *answer, const struct batch_column *column)
{
    switch (column->kind) {
    case BATCH_NUMBER: return column->number == 0 ? answer->amount : answer->lines + column->number - 1;
    case BATCH_COMPLIES: return answer->complies;
    case BATCH_DECISION: return answer->decision;
    case BATCH_STANDING: return answer->standing;
    default: return answer->outcome;
    }
}

/* Connects the columns of a rule (an index) with the plan. A rule that has a column of a member, or
 * whose numbers do not fit, is left to the interpreter. */
static void connect(struct tuoyu_batch *batch, size_t index)
{
    const struct batch_rule *rule = &batch->rules[index];
    struct column_answer *answer = &batch->plan.answers[index];
    for (size_t i = rule->first_column; i < rule->end_column && answer->is_typed; i++) {
        struct batch_column *column = &batch->contents[i];
        if (column->kind == BATCH_MEMBER) {
            answer->is_typed = false; /* a member is read from the answer to the row's case */
            break;
        }
        column->output = output_of(answer, column);
        if (column->kind == BATCH_NUMBER && !fit_number(batch, rule->rule, i))
            answer->is_typed = false;
    }
    if (!answer->is_typed)
        driver_plan_leave_group(&batch->plan.driver, index);
}

tuoyu_status batch_make_plan(struct tuoyu_batch *batch)
{
    const struct rule **rules = ARENA_ARRAY(&batch->arena, const struct rule *, batch->rule_count);
    const struct answer_plan_options options = {.as_of = batch->as_of,
                                                .block_rows = (uint32_t)batch->options.block_rows,
                                                .instructions =
                                                    (enum instruction_set)batch->options.instructions,
                                                .interprets = batch->options.interprets != 0};
    if (!rules)
        return TUOYU_ERROR_NO_MEMORY;
    for (size_t i = 0; i < batch->rule_count; i++)
        rules[i] = batch->rules[i].rule;
    tuoyu_status status =
        answer_plan_make(&batch->plan, &batch->arena, batch->policy, rules, batch->rule_count, &options);
    for (size_t i = 0; i < batch->rule_count && status == TUOYU_OK; i++)
        connect(batch, i);
    return status;
}
