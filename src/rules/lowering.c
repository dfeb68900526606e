/* SPDX-License-Identifier: Apache-2.0 */
/* What the lowering of all kinds of rule shares: adding a rule's expressions to the program, citing them,
 * building formulas as trees, and searching what a slot reads. */
#include "rules/lowering.h"

#include <string.h>

#include "program/unsourced_number.h"

tuoyu_status lowering_fail(struct lowering *lowering, tuoyu_status status)
{
    if (lowering->status == TUOYU_OK)
        lowering->status = status;
    return status;
}

/* False, with TUOYU_ERROR_NO_MEMORY noted in the lowering, if the pointer is NULL. */
static bool has_memory(struct lowering *lowering, const void *pointer)
{
    if (!pointer)
        lowering_fail(lowering, TUOYU_ERROR_NO_MEMORY);
    return pointer;
}

struct scope *lower_scope(struct lowering *lowering, const struct scope *outer)
{
    struct scope *scope = ARENA_NEW(lowering->arena, struct scope);
    if (has_memory(lowering, scope))
        scope_init(scope, lowering->arena, outer);
    return scope;
}

struct citation lower_citation(struct lowering *lowering, const struct pack_cite *cite,
                               pack_standing standing, struct location where)
{
    struct citation citation = {.standing = 0, .where = where};
    if ((!cite || !cite->source.bytes) && !standing)
        return citation;
    static const struct pack_cite NONE = {.source = {NULL, 0}};
    lowering_fail(lowering, layering_cite(lowering->layering, lowering->pack, cite ? cite : &NONE, standing,
                                          NULL, where, &citation, lowering->diagnostics));
    return citation;
}

void name_rule(struct lowering *lowering, int32_t kind, struct rule *rule, const struct pack_rule *written,
               struct text unit)
{
    const struct pack_model *model = lowering->layering->packs[lowering->pack].model;
    const struct pack_period *whole = &model->in_force;
    bool has_objection = written->objection.zh.bytes || written->objection.en.bytes;
    const struct pack_period *in_force = written->in_force.is_given ? &written->in_force : whole;
    *rule = (struct rule){.policy = lowering->policy,
                          .kind = kind,
                          .name = written->name,
                          .title = written->title,
                          .objection = has_objection ? written->objection : model->objection,
                          .pack = lowering->pack,
                          .first_day = in_force->first,
                          .last_day = in_force->last,
                          .where = written->where,
                          .when = SLOT_NONE,
                          .unit = unit,
                          .next_version = rule->next_version};
    rule->full_name = layering_full_name(lowering->layering, lowering->pack, written->name, TEXT(""));
    has_memory(lowering, rule->full_name.bytes);
}

bool lower_rule(struct lowering *lowering, int32_t kind, struct rule *rule, const struct pack_rule *written,
                struct text unit)
{
    lowering->rule = rule;
    lowering->scope = lower_scope(lowering, &lowering->layering->packs[lowering->pack].scope);
    name_rule(lowering, kind, rule, written, unit);
    if (!lowering->scope || !rule->full_name.bytes)
        return false;
    lowering_fail(lowering,
                  layering_cite(lowering->layering, lowering->pack, &written->cite, written->standing,
                                &written->note, written->where, &rule->citation, lowering->diagnostics));
    rule->when = lower_optional(lowering, lowering->scope, "when", &written->when, TEXT(""), TYPE_BOOLEAN);
    return lowering->status != TUOYU_ERROR_NO_MEMORY;
}

/* Keeps the citation of a rounding with the rule, apart from the citation of the formula that is rounded. */
static void keep_rounding(struct lowering *lowering, const struct lowered *lowered, struct text name,
                          uint32_t slot)
{
    struct rule *rule = lowering->rule;
    struct rule_rounding *grown = arena_grow(lowering->arena, rule->roundings, rule->rounding_count,
                                             &rule->rounding_capacity, sizeof *grown);
    if (!has_memory(lowering, grown))
        return;
    rule->roundings = grown;
    grown[rule->rounding_count++] = (struct rule_rounding){
        .slot = slot,
        .name = name,
        .citation = lower_citation(lowering, &lowered->round->cite, 0, lowered->round->where)};
}

uint32_t lower_expression(struct lowering *lowering, const struct scope *scope, const struct lowered *lowered)
{
    struct formula formula = {.name = lowered->part,
                              .unit = lowered->unit,
                              .tree = lowered->tree,
                              .type = lowered->type,
                              .money = lowered->money,
                              .pack = lowering->pack,
                              .where = lowered->where};
    formula.full_name =
        layering_full_name(lowering->layering, lowering->pack, lowering->rule->name, lowered->part);
    if (!has_memory(lowering, formula.full_name.bytes))
        return SLOT_NONE;
    if (lowered->label)
        formula.label = *lowered->label;
    if (lowered->written)
        formula.written = *lowered->written;
    else
        formula.written.where = lowered->where;
    if (lowered->round)
        formula.round = rounding_of_pack(lowered->round);
    if (lowered->cited)
        formula.citation = *lowered->cited;
    else
        formula.citation = lower_citation(lowering, lowered->cite, lowered->standing, lowered->where);
    uint32_t slot = SLOT_NONE;
    tuoyu_status status =
        program_add_formula(&lowering->layering->program, scope, &formula, &slot, lowering->diagnostics);
    lowering_fail(lowering, status);
    bool cites_rounding = lowered->round && lowered->round->cite.source.bytes;
    if (slot != SLOT_NONE && cites_rounding)
        keep_rounding(lowering, lowered, formula.name, slot);
    return slot;
}

#define LABEL(chinese, english)                                                    \
    {                                                                              \
        .zh = {chinese, sizeof chinese - 1}, .en = { english, sizeof english - 1 } \
    }

const struct localised *label_of_part(struct text part)
{
    static const struct {
        const char *part;
        struct localised label;
    } PARTS[] = {{"when", LABEL("适用条件", "applies when")},
                 {"amount", LABEL("金额", "amount")},
                 {"formula", LABEL("限额前的金额", "amount before bounds")},
                 {"benchmark", LABEL("基准价", "benchmark")},
                 {"entitled", LABEL("应享金额", "entitled to")},
                 {"paid", LABEL("已付金额", "paid already")},
                 {"claw_back", LABEL("应追回金额", "to be clawed back")},
                 {"payable", LABEL("现应付金额", "payable now")},
                 {"kept", LABEL("未丧失的金额", "not forfeited")},
                 {"reached", LABEL("已到期", "payable by now")},
                 {"due", LABEL("应付日期", "due on")},
                 {"after", LABEL("应付条件", "payable after")},
                 {"forfeit_when", LABEL("丧失条件", "forfeited when")},
                 {"share", LABEL("比例", "share")},
                 {"decision", LABEL("结论", "decision")},
                 {"valid_until", LABEL("有效期至", "valid until")},
                 {"score", LABEL("得分", "score")},
                 {"grade", LABEL("等级", "grade")},
                 {"points", LABEL("分值", "points")},
                 {"counts", LABEL("计分条件", "counts if")},
                 {"state", LABEL("状态", "state")},
                 {"done", LABEL("完成", "done")},
                 {"from", LABEL("起始日", "from")},
                 {"only_if", LABEL("适用条件", "applies if")},
                 {"all_done", LABEL("全部完成", "all done")},
                 {"none_overdue", LABEL("无逾期", "none overdue")},
                 {"within", LABEL("限额内的金额", "amount within the bound")},
                 {"charged", LABEL("实际收费", "fee charged")},
                 {"at_most", LABEL("上限", "at most")},
                 {"at_least", LABEL("下限", "at least")},
                 {"rate", LABEL("比例", "rate")},
                 {"used", LABEL("已用额度", "used already")},
                 {"overspent", LABEL("超支金额", "overspent")},
                 {"budget", LABEL("可用预算", "left of the budget")},
                 {"of", LABEL("预算总额", "the budget")},
                 {"order", LABEL("排序依据", "put in order by")},
                 {"target", LABEL("目标", "target")},
                 {"per", LABEL("每", "per")},
                 {"whole", LABEL("总额", "the whole")},
                 {"remaining", LABEL("其余", "what remains")}};
    for (size_t i = part.length; i > 0; i--) {
        if (part.bytes[i - 1] != '.')
            continue;
        part = text_slice(part, i, part.length);
        break;
    }
    for (size_t i = 0; i < sizeof PARTS / sizeof *PARTS; i++)
        if (text_equals(part, text_of(PARTS[i].part, TUOYU_NUL_TERMINATED)))
            return &PARTS[i].label;
    return NULL;
}

bool is_bare_part(const struct slot *slot)
{
    const struct node *root = slot->kind == SLOT_STEP ? slot->formula.root : NULL;
    if (!root || (root->kind != NODE_SYMBOL && root->kind != NODE_LITERAL))
        return false;
    const struct localised *label = label_of_part(slot->name);
    return label && label->zh.bytes == slot->label.zh.bytes;
}

uint32_t lower_optional(struct lowering *lowering, const struct scope *scope, const char *part,
                        const struct expression_text *written, struct text unit, enum type_kind type)
{
    if (!written->text.bytes)
        return SLOT_NONE;
    struct text name = text_of(part, TUOYU_NUL_TERMINATED);
    return lower_expression(lowering, scope,
                            &(struct lowered){.part = name,
                                              .label = label_of_part(name),
                                              .unit = unit,
                                              .written = written,
                                              .type = type,
                                              .where = written->where});
}

uint32_t lower_optional_money(struct lowering *lowering, const struct scope *scope, const char *part,
                              const struct expression_text *written, struct text unit,
                              struct money_check money)
{
    if (!written->text.bytes)
        return SLOT_NONE;
    struct text name = text_of(part, TUOYU_NUL_TERMINATED);
    return lower_expression(lowering, scope,
                            &(struct lowered){.part = name,
                                              .label = label_of_part(name),
                                              .unit = unit,
                                              .written = written,
                                              .money = money,
                                              .type = TYPE_NUMBER,
                                              .where = written->where});
}

void lower_steps(struct lowering *lowering, const struct pack_step *steps, size_t count)
{
    struct rule *rule = lowering->rule;
    rule->steps = ARENA_ARRAY(lowering->arena, struct rule_step, count);
    if (!has_memory(lowering, rule->steps))
        return;
    for (size_t i = 0; i < count; i++) {
        const struct pack_step *step = &steps[i];
        uint32_t slot = lower_expression(lowering, lowering->scope,
                                         &(struct lowered){.part = step->id,
                                                           .label = &step->label,
                                                           .unit = step->unit,
                                                           .written = &step->formula,
                                                           .round = &step->round,
                                                           .cite = &step->cite,
                                                           .standing = step->standing,
                                                           .type = step->unit.length ? TYPE_NUMBER : TYPE_ANY,
                                                           .where = step->where});
        if (slot == SLOT_NONE || !scope_declare(lowering->scope, step->id, slot)) {
            lowering_fail(lowering, TUOYU_ERROR_NO_MEMORY);
            return;
        }
        const struct slot *made = program_slot(&lowering->layering->program, slot);
        bool is_cited = made->citation.standing || rule->citation.text.length;
        if (made->formula.root && !is_cited)
            warn_of_unsourced_number(&made->formula, step->id, lowering->diagnostics);
        rule->steps[i] =
            (struct rule_step){.id = step->id, .label = step->label, .unit = step->unit, .slot = slot};
        rule->step_count = i + 1;
    }
}

/* ---- Trees ---- */

const struct node *tree_slot(struct lowering *lowering, uint32_t slot)
{
    const struct node *node = slot == SLOT_NONE ? NULL : node_symbol(lowering->arena, slot);
    return has_memory(lowering, node) ? node : NULL;
}

/* A constant as a tree; NULL when memory is refused. */
static const struct node *literal(struct lowering *lowering, struct value value)
{
    const struct node *node = node_literal(lowering->arena, value);
    return has_memory(lowering, node) ? node : NULL;
}

const struct node *tree_boolean(struct lowering *lowering, bool boolean)
{
    return literal(lowering, value_boolean(boolean));
}

const struct node *tree_null(struct lowering *lowering)
{
    return literal(lowering, VALUE_NOTHING);
}

const struct node *tree_date(struct lowering *lowering, int32_t date)
{
    return literal(lowering, value_date(date));
}

const struct node *tree_number(struct lowering *lowering, int64_t number)
{
    return literal(lowering, value_integer(number));
}

const struct node *tree_string(struct lowering *lowering, struct text text)
{
    return literal(lowering, value_string(text));
}

const struct node *tree_pair(struct lowering *lowering, enum node_kind kind, const struct node *left,
                             const struct node *right)
{
    const struct node *children[] = {left, right};
    const struct node *node = left && right ? node_of(lowering->arena, kind, 2, children) : NULL;
    return has_memory(lowering, node) ? node : NULL;
}

const struct node *tree_if(struct lowering *lowering, const struct node *condition, const struct node *then,
                           const struct node *otherwise)
{
    const struct node *children[] = {condition, then, otherwise};
    const struct node *node =
        condition && then && otherwise ? node_of(lowering->arena, NODE_IF, 3, children) : NULL;
    return has_memory(lowering, node) ? node : NULL;
}

const struct node *tree_call(struct lowering *lowering, enum builtin_id id, const struct node *first,
                             const struct node *second)
{
    const struct node *arguments[] = {first, second};
    const struct node *node = first && second ? node_call(lowering->arena, id, 2, arguments) : NULL;
    return has_memory(lowering, node) ? node : NULL;
}

/* ---- What a slot can read ---- */

/* Begins a search with a new serial number, and makes room for all slots, which become more while rules
 * are lowered. Returns false when memory is refused. */
static bool begin_search(struct lowering *lowering)
{
    struct slots_met *met = &lowering->met;
    size_t slots = lowering->layering->program.slot_count;
    met->serial++;
    if (slots <= met->capacity)
        return true;
    size_t capacity = 2 * slots;
    uint32_t *serials = ARENA_ARRAY(lowering->arena, uint32_t, capacity),
             *queue = ARENA_ARRAY(lowering->arena, uint32_t, capacity);
    if (!has_memory(lowering, serials) || !has_memory(lowering, queue))
        return false;
    *met = (struct slots_met){.serials = serials, .queue = queue, .serial = 1, .capacity = capacity};
    return true;
}

bool lowering_reaches(struct lowering *lowering, uint32_t slot,
                      bool (*accept)(const struct slot *slot, const void *context), const void *context,
                      const struct slot **found)
{
    const struct program *program = &lowering->layering->program;
    struct slots_met *met = &lowering->met;
    if (slot == SLOT_NONE || !begin_search(lowering))
        return false;
    size_t count = 0;
    met->queue[count++] = slot;
    met->serials[slot] = met->serial;
    for (size_t next = 0; next < count; next++) {
        const struct slot *reader = program_slot(program, met->queue[next]);
        if (!arena_charge(lowering->arena, 1 + reader->dependency_count))
            return false;
        if (accept(reader, context)) {
            *found = reader;
            return true;
        }
        for (uint32_t i = 0; i < reader->dependency_count; i++) {
            uint32_t dependency = reader->dependencies[i];
            if (met->serials[dependency] == met->serial)
                continue;
            met->serials[dependency] = met->serial;
            met->queue[count++] = dependency;
        }
    }
    return false;
}

/* For lowering_reaches(): true for a fact of another entity than the one in `context`. */
static bool is_foreign_fact(const struct slot *slot, const void *context)
{
    const struct text *entity = context;
    return slot->kind == SLOT_FACT && !text_equals(slot_fact(slot)->entity, *entity);
}

const struct slot *lowering_find_foreign_fact(struct lowering *lowering, uint32_t slot, struct text entity)
{
    const struct slot *found = NULL;
    return lowering_reaches(lowering, slot, is_foreign_fact, &entity, &found) ? found : NULL;
}
