/* SPDX-License-Identifier: Apache-2.0 */
/* Lowers eligibility rules and decides a case: its criteria and exceptions, and beside them the scorecard,
 * the checklist, the end of validity, and what would settle an open decision. */
#include "rules/admission.h"
#include "rules/case_facts.h"
#include "rules/checklist.h"
#include "rules/decision_sets.h"
#include "rules/rule_kind.h"
#include "rules/scorecard.h"

/* The criteria of a rule in one array, which is filled in the order written while they are lowered. */
struct criteria {
    struct lowering *lowering;
    struct criterion *items;
    size_t count;
};

/* The number of criteria below a group. Groups nest no deeper than the YAML that they are written in,
 * which the reader bounds. */
static size_t count_criteria(const struct pack_criterion *group)
{
    size_t count = group->child_count;
    for (size_t i = 0; i < group->child_count; i++)
        count += count_criteria(&group->children[i]);
    return count;
}

/* The formula `node = false`. */
static const struct node *negated(struct lowering *lowering, const struct node *node)
{
    return tree_pair(lowering, NODE_EQUAL, node, tree_boolean(lowering, false));
}

/* The formula of a member as its group counts it. A member that does not apply counts as met; in a `none`
 * group, where being met is held against the case, it counts as not met. */
static const struct node *member_tree(struct lowering *lowering, const struct criterion *member,
                                      enum criterion_kind group)
{
    const struct node *holds = tree_slot(lowering, member->holds);
    if (member->applies == SLOT_NONE)
        return group == CRITERION_NONE ? negated(lowering, holds) : holds;
    const struct node *exempt = negated(lowering, tree_slot(lowering, member->applies));
    if (group == CRITERION_NONE)
        holds = negated(lowering, holds);
    return tree_pair(lowering, NODE_OR, exempt, holds);
}

/* The formula of whether at least `count` members are true. */
static const struct node *at_least_tree(struct lowering *lowering, int64_t count, const struct node **members,
                                        size_t member_count)
{
    const struct node *list = node_of(lowering->arena, NODE_LIST, (uint32_t)member_count, members);
    if (!list)
        lowering_fail(lowering, TUOYU_ERROR_NO_MEMORY);
    return tree_call(lowering, FEEL_AT_LEAST, tree_number(lowering, count), list);
}

/* Joins members as a balanced tree, so that many of them make no deep one. */
static const struct node *join(struct lowering *lowering, enum node_kind kind, const struct node **members,
                               size_t count)
{
    if (count == 1)
        return members[0];
    size_t half = count / 2;
    return tree_pair(lowering, kind, join(lowering, kind, members, half),
                     join(lowering, kind, members + half, count - half));
}

/* Joins the members of a group as its kind says; NULL if one of them could not be lowered. */
static const struct node *group_tree(struct lowering *lowering, enum criterion_kind kind, int64_t count,
                                     const struct node **members, size_t member_count)
{
    for (size_t i = 0; i < member_count; i++)
        if (!members[i])
            return NULL;
    switch (kind) {
    case CRITERION_ANY: return join(lowering, NODE_OR, members, member_count);
    case CRITERION_AT_LEAST: return at_least_tree(lowering, count, members, member_count);
    default: return join(lowering, NODE_AND, members, member_count);
    }
}

/* Lowers the members of a group and joins them. Returns the slot of the group, SLOT_NONE when memory is
 * refused. */
static uint32_t lower_group(struct criteria *criteria, const struct pack_criterion *group, uint32_t depth);

/* Lowers a leaf, or a group with its members, into the next place of the array. Returns false when memory
 * is refused. */
static bool lower_criterion(struct criteria *criteria, const struct pack_criterion *written, uint32_t depth)
{
    struct lowering *lowering = criteria->lowering;
    struct criterion *criterion = &criteria->items[criteria->count++];
    *criterion = (struct criterion){.kind = written->kind,
                                    .id = written->id,
                                    .because = written->because,
                                    .depth = depth,
                                    .count = written->count,
                                    .applies = SLOT_NONE};
    criterion->citation = lower_citation(lowering, &written->cite, written->standing, written->where);
    if (written->only_if.text.bytes) {
        struct text part = text_format(lowering->arena, "%.*s.only_if", TEXT_ARGUMENTS(written->id));
        if (!part.bytes)
            return false;
        criterion->applies =
            lower_optional(lowering, lowering->scope, part.bytes, &written->only_if, TEXT(""), TYPE_BOOLEAN);
        if (criterion->applies == SLOT_NONE)
            return false;
    }
    if (written->kind == CRITERION_LEAF)
        criterion->holds = lower_expression(lowering, lowering->scope,
                                            &(struct lowered){.part = written->id,
                                                              .label = &written->because,
                                                              .written = &written->when,
                                                              .cite = &written->cite,
                                                              .standing = written->standing,
                                                              .type = TYPE_BOOLEAN,
                                                              .where = written->where});
    else
        criterion->holds = lower_group(criteria, written, depth + 1);
    criterion->end = (uint32_t)criteria->count;
    return criterion->holds != SLOT_NONE;
}

/* Lowers a group's criteria, and then the group to one formula over them. Returns its slot; SLOT_NONE after
 * an error. */
static uint32_t lower_group(struct criteria *criteria, const struct pack_criterion *group, uint32_t depth)
{
    struct lowering *lowering = criteria->lowering;
    const struct node **members = ARENA_ARRAY(lowering->arena, const struct node *, group->child_count);
    if (!members)
        return SLOT_NONE;
    for (size_t i = 0; i < group->child_count; i++) {
        const struct criterion *member = &criteria->items[criteria->count];
        if (!lower_criterion(criteria, &group->children[i], depth))
            return SLOT_NONE;
        members[i] = member_tree(lowering, member, group->kind);
    }
    const struct node *tree = group_tree(lowering, group->kind, group->count, members, group->child_count);
    if (!tree)
        return SLOT_NONE;
    struct text part = group->id.bytes ? group->id : TEXT("decision");
    return lower_expression(lowering, lowering->scope,
                            &(struct lowered){.part = part,
                                              .label = &group->because,
                                              .tree = tree,
                                              .cite = group->id.bytes ? &group->cite : NULL,
                                              .standing = group->id.bytes ? group->standing : 0,
                                              .type = TYPE_BOOLEAN,
                                              .where = group->where});
}

/* Lowers the condition of an exception. Returns its slot, SLOT_NONE when memory is refused. */
static uint32_t lower_exception(struct criteria *criteria, const struct pack_exception *written)
{
    struct lowering *lowering = criteria->lowering;
    struct criterion *criterion = &criteria->items[criteria->count++];
    *criterion = (struct criterion){.kind = CRITERION_LEAF,
                                    .id = written->id,
                                    .because = written->because,
                                    .depth = 1,
                                    .overrides = written->is_waiver ? TUOYU_ELIGIBLE : TUOYU_INELIGIBLE,
                                    .applies = SLOT_NONE,
                                    .end = (uint32_t)criteria->count};
    criterion->citation = lower_citation(lowering, &written->cite, written->standing, written->where);
    criterion->holds = lower_expression(lowering, lowering->scope,
                                        &(struct lowered){.part = written->id,
                                                          .label = &written->because,
                                                          .written = &written->when,
                                                          .cite = &written->cite,
                                                          .standing = written->standing,
                                                          .type = TYPE_BOOLEAN,
                                                          .where = written->where});
    return criterion->holds;
}

/* Puts the exceptions before the criteria and returns the slot of the decision. It is three-valued: an
 * exception that is not known decides nothing unless what comes after it decides the same. Each exception
 * gets a slot of its own, which keeps the trees small. SLOT_NONE when memory is refused. */
static uint32_t lower_exceptions(struct criteria *criteria, const struct pack_eligibility *written,
                                 uint32_t holds)
{
    struct lowering *lowering = criteria->lowering;
    size_t first = criteria->count;
    for (size_t i = 0; i < written->exception_count; i++)
        if (lower_exception(criteria, &written->exceptions[i]) == SLOT_NONE)
            return SLOT_NONE;
    for (size_t i = written->exception_count; i > 0 && holds != SLOT_NONE; i--) {
        const struct pack_exception *exception = &written->exceptions[i - 1];
        const struct node *met = tree_slot(lowering, criteria->items[first + i - 1].holds),
                          *rest = tree_slot(lowering, holds);
        const struct node *tree = exception->is_waiver
                                      ? tree_pair(lowering, NODE_OR, met, rest)
                                      : tree_pair(lowering, NODE_AND, negated(lowering, met), rest);
        struct text part = text_format(lowering->arena, "decision_%.*s", TEXT_ARGUMENTS(exception->id));
        if (!tree || !part.bytes)
            return SLOT_NONE;
        holds = lower_expression(lowering, lowering->scope,
                                 &(struct lowered){.part = part,
                                                   .label = label_of_part(TEXT("decision")),
                                                   .tree = tree,
                                                   .type = TYPE_BOOLEAN,
                                                   .where = exception->where});
    }
    return holds;
}

/* Lowers what criteria can name (the score, the checklist, the end of validity) and the admission keys.
 * Returns false when memory is refused. */
static bool lower_parts(struct lowering *lowering, const struct pack_eligibility *written,
                        struct tuoyu_eligibility *eligibility)
{
    static const struct text VALID_UNTIL = {"valid_until", 11};
    if (!lower_scorecard(lowering, &written->score, &eligibility->scorecard))
        return false;
    if (!lower_checklist(lowering, written, eligibility))
        return false;
    if (!lower_admission(lowering, written, eligibility))
        return false;
    eligibility->valid_until = lower_optional(lowering, lowering->scope, VALID_UNTIL.bytes,
                                              &written->valid_until, TEXT(""), TYPE_DATE);
    if (!written->valid_until.text.bytes)
        return true;
    return eligibility->valid_until != SLOT_NONE &&
           scope_declare(lowering->scope, VALID_UNTIL, eligibility->valid_until);
}

/* Lowers a whole rule; failures are noted in the lowering. */
static void lower_eligibility(struct lowering *lowering, const struct pack_eligibility *written,
                              struct tuoyu_eligibility *eligibility)
{
    if (!lower_rule(lowering, TUOYU_RULE_ELIGIBILITY, &eligibility->rule, &written->rule, TEXT("")))
        return;
    if (!lower_parts(lowering, written, eligibility)) {
        lowering_fail(lowering, TUOYU_ERROR_NO_MEMORY);
        return;
    }
    struct criteria criteria = {.lowering = lowering};
    criteria.items = ARENA_ARRAY(lowering->arena, struct criterion,
                                 count_criteria(&written->criterion) + written->exception_count);
    eligibility->kind = written->criterion.kind;
    eligibility->count = written->criterion.count;
    eligibility->criteria = criteria.items;
    eligibility->holds = criteria.items ? lower_group(&criteria, &written->criterion, 1) : SLOT_NONE;
    if (eligibility->holds != SLOT_NONE)
        eligibility->holds = lower_exceptions(&criteria, written, eligibility->holds);
    eligibility->exception_count = written->exception_count;
    eligibility->criterion_count = criteria.count;
    if (eligibility->holds == SLOT_NONE)
        lowering_fail(lowering, TUOYU_ERROR_NO_MEMORY);
}

/* ---- The answer ---- */

/* One verdict while it is made. */
struct verdict_run {
    const struct tuoyu_eligibility *rule;
    struct tuoyu_verdict *verdict;
    struct evaluation *evaluation;
    struct roots roots;
    tuoyu_diagnostics *diagnostics;
};

/* The decision for a condition's value; undetermined if it is no boolean. */
static int32_t decision_of(struct value value)
{
    if (value.kind != VALUE_BOOLEAN)
        return TUOYU_DECISION_UNDETERMINED;
    return value.boolean ? TUOYU_ELIGIBLE : TUOYU_INELIGIBLE;
}

/* verdict_ask() in this run. Returns TUOYU_OK or the status of the first error. */
static tuoyu_status ask_part(struct verdict_run *run, uint32_t slot, struct value *value)
{
    return verdict_ask(run->evaluation, &run->roots, slot, value, run->diagnostics);
}

/* Notes the decision of the criterion at *index and moves *index on. If the criterion does not apply, its
 * members are skipped too, as not applicable. Returns TUOYU_OK or the status of the first error. */
static tuoyu_status ask_criterion(struct verdict_run *run, size_t *index)
{
    const struct criterion *criterion = &run->rule->criteria[*index];
    struct value applies = value_boolean(true), holds;
    tuoyu_status status = TUOYU_OK;
    if (criterion->applies != SLOT_NONE)
        status = ask_part(run, criterion->applies, &applies);
    if (status != TUOYU_OK)
        return status;
    if (value_is_false(applies)) {
        for (; *index < criterion->end; ++*index)
            run->verdict->reasons[*index] = TUOYU_DECISION_NOT_APPLICABLE;
        return TUOYU_OK;
    }
    status = ask_part(run, criterion->holds, &holds);
    run->verdict->reasons[(*index)++] =
        value_is_true(applies) ? decision_of(holds) : TUOYU_DECISION_UNDETERMINED;
    return status;
}

/* Asks the decision of the rule, and then each criterion for its reason. Returns TUOYU_OK or the status of
 * the first error. */
static tuoyu_status ask_criteria(struct verdict_run *run)
{
    struct value holds;
    tuoyu_status status = rule_need(run->evaluation, &run->roots, run->rule->holds, &holds, run->diagnostics);
    if (status != TUOYU_OK)
        return status;
    run->verdict->decision = decision_of(holds);
    if (holds.kind == VALUE_NULL)
        run->verdict->answer.outcome = TUOYU_UNDETERMINED;
    for (size_t i = 0; i < run->rule->criterion_count && status == TUOYU_OK;)
        status = ask_criterion(run, &i);
    return status;
}

/* Asks what the verdict has beside the decision: the score, the checklist, the end of validity. Returns
 * TUOYU_OK or the status of the first error. */
static tuoyu_status ask_parts(struct verdict_run *run)
{
    const struct tuoyu_eligibility *rule = run->rule;
    tuoyu_status status =
        scorecard_answer(&rule->scorecard, run->evaluation, &run->roots, run->verdict, run->diagnostics);
    if (status == TUOYU_OK)
        status = checklist_answer(rule, run->evaluation, &run->roots, run->verdict, run->diagnostics);
    if (status != TUOYU_OK || rule->valid_until == SLOT_NONE)
        return status;
    struct value end = evaluation_value(run->evaluation, rule->valid_until);
    run->verdict->has_valid_until = end.kind == VALUE_DATE;
    if (run->verdict->has_valid_until)
        run->verdict->valid_until = (int32_t)end.date;
    return TUOYU_OK;
}

/* Asks the decision and all that stands beside it. Returns TUOYU_OK or the status of the first error. */
static tuoyu_status ask_all(struct verdict_run *run)
{
    tuoyu_status status = ask_criteria(run);
    return status == TUOYU_OK ? ask_parts(run) : status;
}

/* Lists what is missing for the decision only; a criterion that cannot change the decision asks for
 * nothing. Returns false when memory is refused. */
static bool list_missing(struct verdict_run *run)
{
    uint32_t undecided[2];
    struct roots missing = {.slots = undecided};
    const struct rule *rule = &run->rule->rule;
    if (rule->when != SLOT_NONE)
        undecided[missing.count++] = rule->when;
    if (evaluation_is_done(run->evaluation, run->rule->holds))
        undecided[missing.count++] = run->rule->holds;
    return answer_list_missing(&run->verdict->answer, run->evaluation, &missing);
}

/* ---- What would settle it ---- */

/* Notes the missing facts that a value waits for, as bits by their index in the answer. If it waits for
 * anything else, such as a parameter, it cannot be known by facts. Returns false when memory is refused. */
static bool note_facts(struct verdict_run *run, struct value value, struct condition_state *state)
{
    const struct tuoyu_answer *answer = &run->verdict->answer;
    const struct cause **leaves = NULL;
    size_t count = 0;
    if (!evaluation_missing(run->evaluation, &value, 1, &leaves, &count))
        return false;
    state->can_be_known = count > 0 && !cause_first_error(value_cause(value));
    for (size_t i = 0; i < count; i++) {
        size_t index = 0;
        while (index < answer->missing_count && !text_equals(answer->missing[index].name, leaves[i]->name))
            index++;
        bool is_fact = leaves[i]->code == TUOYU_ERROR_FACT_MISSING && index < answer->missing_count &&
                       index < MOST_SET_MEMBERS;
        if (is_fact)
            state->facts |= (uint64_t)1 << index;
        else
            state->can_be_known = false;
    }
    return true;
}

/* Notes what is known of a condition; SLOT_NONE counts as true, and a slot that was not computed as not
 * known. Returns false when memory is refused. */
static bool note_state(struct verdict_run *run, uint32_t slot, struct condition_state *state)
{
    *state = (struct condition_state){.is_known = slot == SLOT_NONE, .is_true = slot == SLOT_NONE};
    if (slot == SLOT_NONE || !evaluation_is_done(run->evaluation, slot))
        return true;
    struct value value = evaluation_value(run->evaluation, slot);
    state->is_true = value_is_true(value);
    state->is_known = state->is_true || value_is_false(value);
    return state->is_known || note_facts(run, value, state);
}

/* Copies the sets that were found into the answer, but for the empty one. Returns false when memory is
 * refused. */
static bool keep_sets(struct verdict_run *run, const struct set_list *found, struct verdict_sets *out)
{
    out->sets = ARENA_ARRAY(&run->verdict->answer.arena, uint64_t, found->count);
    if (!out->sets)
        return false;
    for (size_t i = 0; i < found->count; i++)
        if (found->sets[i])
            out->sets[out->count++] = found->sets[i];
    return true;
}

/* Searches what would settle an undetermined verdict, or what would have to change in an ineligible one.
 * Returns false when memory is refused. */
static bool search_sets(struct verdict_run *run)
{
    struct arena *arena = &run->evaluation->arena;
    size_t count = run->rule->criterion_count;
    struct condition_state *applies = ARENA_ARRAY(arena, struct condition_state, count);
    struct condition_state *holds = ARENA_ARRAY(arena, struct condition_state, count);
    struct set_list eligible, ineligible;
    if (!applies || !holds)
        return false;
    for (size_t i = 0; i < count; i++)
        if (!note_state(run, run->rule->criteria[i].applies, &applies[i]) ||
            !note_state(run, run->rule->criteria[i].holds, &holds[i]))
            return false;
    struct decision_search search = {.rule = run->rule,
                                     .arena = arena,
                                     .applies = applies,
                                     .holds = holds,
                                     .is_by_criteria = run->verdict->decision == TUOYU_INELIGIBLE};
    if (!decision_sets(&search, &eligible, &ineligible))
        return false;
    if (search.is_by_criteria)
        return keep_sets(run, &eligible, &run->verdict->to_become_eligible);
    set_list_join(&search, &eligible, &ineligible);
    return keep_sets(run, &eligible, &run->verdict->deciding);
}

/* For a rule of which it is not known whether it applies: the only set that settles it first is what its
 * `when` waits for. Returns false when memory is refused. */
static bool settle_when(struct verdict_run *run)
{
    struct condition_state state;
    if (!note_state(run, run->rule->rule.when, &state))
        return false;
    struct set_list found = {.count = state.can_be_known ? 1 : 0};
    found.sets[0] = state.facts;
    return keep_sets(run, &found, &run->verdict->deciding);
}

/* Notes the first exception that is met as the one that decided, if the verdict is decided. */
static void note_exception(struct verdict_run *run)
{
    const struct tuoyu_eligibility *rule = run->rule;
    struct tuoyu_verdict *verdict = run->verdict;
    bool is_decided = verdict->decision == TUOYU_ELIGIBLE || verdict->decision == TUOYU_INELIGIBLE;
    for (size_t i = rule->criterion_count - rule->exception_count; is_decided && i < rule->criterion_count;
         i++) {
        if (verdict->reasons[i] != TUOYU_ELIGIBLE)
            continue;
        verdict->exception = &rule->criteria[i];
        return;
    }
}

/* Finds what decided, or what would. Returns false when memory is refused. */
static bool settle(struct verdict_run *run)
{
    const struct tuoyu_answer *answer = &run->verdict->answer;
    if (answer_is_silent(answer))
        return true;
    note_exception(run);
    if (answer->outcome == TUOYU_UNDETERMINED && !evaluation_is_done(run->evaluation, run->rule->holds))
        return settle_when(run);
    return run->verdict->decision == TUOYU_ELIGIBLE || search_sets(run);
}

/* Fills in the verdict that the run has begun. TUOYU_OK, the error of the case, or TUOYU_ERROR_NO_MEMORY. */
static tuoyu_status verdict_run(struct verdict_run *run)
{
    struct tuoyu_answer *answer = &run->verdict->answer;
    tuoyu_status status =
        rule_begin(&run->rule->rule, run->evaluation, &run->roots, &answer->outcome, run->diagnostics);
    run->verdict->decision =
        answer_is_silent(answer) ? TUOYU_DECISION_NOT_APPLICABLE : TUOYU_DECISION_UNDETERMINED;
    for (size_t i = 0; i < run->rule->criterion_count; i++)
        run->verdict->reasons[i] = run->verdict->decision;
    if (status == TUOYU_OK && answer->outcome == TUOYU_DETERMINED)
        status = ask_all(run);
    if (status != TUOYU_OK)
        return status;
    bool is_shown = answer_rest_on(answer, run->evaluation, &run->roots);
    if (is_shown && answer->outcome == TUOYU_UNDETERMINED)
        is_shown = list_missing(run);
    if (is_shown)
        is_shown = settle(run);
    return is_shown ? TUOYU_OK : TUOYU_ERROR_NO_MEMORY;
}

tuoyu_status eligibility_verdict(const struct tuoyu_eligibility *eligibility, const struct tuoyu_case *facts,
                                 int32_t as_of, struct tuoyu_verdict **out, tuoyu_diagnostics *diagnostics)
{
    eligibility = eligibility_of(rule_on(&eligibility->rule, as_of));
    struct verdict_run run = {.rule = eligibility, .diagnostics = diagnostics};
    *out = NULL;
    run.verdict = answer_new(sizeof *run.verdict, &eligibility->rule, as_of);
    if (!run.verdict)
        return report_no_memory(diagnostics);
    struct tuoyu_answer *answer = &run.verdict->answer;
    run.verdict->reasons = ARENA_ARRAY(&answer->arena, int32_t, eligibility->criterion_count);
    run.evaluation = case_begin(facts, as_of);
    bool has_memory = run.evaluation && run.verdict->reasons;
    tuoyu_status status = has_memory ? verdict_run(&run) : TUOYU_ERROR_NO_MEMORY;
    case_end(facts, run.evaluation);
    return answer_finish(answer, status, out, diagnostics);
}

/* ---- The kind ---- */

/* How many eligibility rules a pack has. */
static size_t count_in(const struct pack_model *model)
{
    return model->eligibility_count;
}

/* Makes and lowers a rule; NULL when memory is refused. */
static struct rule *lower(struct lowering *lowering, const struct pack_model *model, size_t index)
{
    struct tuoyu_eligibility *made = ARENA_NEW(lowering->arena, struct tuoyu_eligibility);
    if (!made)
        return NULL;
    lower_eligibility(lowering, &model->eligibility[index], made);
    return &made->rule;
}

/* The verdict as an answer of any kind; *out is NULL unless TUOYU_OK is returned. */
static tuoyu_status answer_case(const struct rule *rule, const struct tuoyu_case *facts, int32_t as_of,
                                struct tuoyu_answer **out, tuoyu_diagnostics *diagnostics)
{
    struct tuoyu_verdict *verdict;
    tuoyu_status status = eligibility_verdict(eligibility_of(rule), facts, as_of, &verdict, diagnostics);
    *out = verdict ? &verdict->answer : NULL;
    return status;
}

/* Marks what the scorecard and the checklist can read. */
static void mark_scores_and_papers(const struct tuoyu_eligibility *eligibility, struct slot_reads *reads)
{
    slot_reads_mark(reads, eligibility->scorecard.score);
    slot_reads_mark(reads, eligibility->scorecard.grade);
    for (size_t i = 0; i < eligibility->checklist_count; i++) {
        slot_reads_mark(reads, eligibility->checklist[i].state);
        slot_reads_mark(reads, eligibility->checklist[i].from);
        slot_reads_mark(reads, eligibility->checklist[i].due);
    }
}

/* For rule_kind: marks what a verdict can read, and the keys of a waiting list. */
static void mark_verdict(const struct rule *rule, struct slot_reads *reads)
{
    const struct tuoyu_eligibility *eligibility = eligibility_of(rule);
    slot_reads_mark(reads, eligibility->holds);
    for (size_t i = 0; i < eligibility->criterion_count; i++) {
        slot_reads_mark(reads, eligibility->criteria[i].applies);
        slot_reads_mark(reads, eligibility->criteria[i].holds);
    }
    mark_scores_and_papers(eligibility, reads);
    slot_reads_mark(reads, eligibility->valid_until);
    for (size_t i = 0; i < eligibility->admission_count; i++)
        slot_reads_mark(reads, eligibility->admission[i].slot);
}

const struct rule_kind ELIGIBILITY_KIND = {
    .section = "eligibility",
    .words = {.zh = {"资格规则", 12}, .en = {"eligibility rule", 16}},
    .article = "an",
    .size = sizeof(struct tuoyu_eligibility),
    .count = count_in,
    .lower = lower,
    .answer_case = answer_case,
    .mark_reads = mark_verdict,
};
