/* SPDX-License-Identifier: Apache-2.0 */
/* What a verdict has beside its decision, as JSON: the end of validity, the score with its grades, the
 * checklist. */
#include "explain/verdict_parts.h"
#include "rules/json_writer.h"
#include "rules/scorecard.h"

/* Adds a date; nothing if it is not given. */
static void add_day(struct text_builder *json, const char *key, bool is_given, int32_t day)
{
    if (is_given)
        json_day(json, key, day);
}

/* Adds the grades that are possible, the best first, with what follows from them; nothing if the scorecard
 * has no grades. */
static void add_grades(struct text_builder *json, const struct scorecard *scorecard,
                       const struct verdict_score *score)
{
    if (scorecard->grade_count == 0)
        return;
    json_begin_array(json, "grades");
    for (size_t place = 0, grade; (grade = scorecard_possible(scorecard, score, place)) != SIZE_MAX;
         place++) {
        json_begin_item(json, place);
        json_text(json, "id", scorecard->grades[grade].id);
        json_localised(json, "consequence", &scorecard->grades[grade].consequence);
        text_append_byte(json, '}');
    }
    text_append_byte(json, ']');
}

/* Adds the score with its bounds, its points and its grades; nothing if the rule has no scorecard. */
static void add_score(struct text_builder *json, const struct tuoyu_verdict *verdict)
{
    const struct scorecard *scorecard = &eligibility_of(verdict->answer.rule)->scorecard;
    const struct verdict_score *score = &verdict->score;
    if (!score->points)
        return;
    json_number(json, "score", &score->score);
    json_number(json, "score_lower", &score->lower);
    json_number(json, "score_upper", &score->upper);
    json_begin_object(json, "points");
    for (size_t i = 0; i < scorecard->item_count; i++)
        json_number_member(json, scorecard->items[i].id, &score->points[i]);
    text_append_byte(json, '}');
    add_grades(json, scorecard, score);
}

/* Adds each item of the checklist with its state and days; nothing if the rule has none. */
static void add_checklist(struct text_builder *json, const struct tuoyu_verdict *verdict)
{
    const struct tuoyu_eligibility *rule = eligibility_of(verdict->answer.rule);
    if (!verdict->checklist)
        return;
    json_begin_object(json, "checklist");
    for (size_t i = 0; i < rule->checklist_count; i++) {
        const struct checklist_entry *entry = &verdict->checklist[i];
        json_begin_member(json, rule->checklist[i].id);
        json_literal(json, "state", checklist_state_name(entry->state));
        add_day(json, "done", entry->has_done, entry->done);
        add_day(json, "from", entry->has_from, entry->from);
        add_day(json, "due", entry->has_due, entry->due);
        text_append_byte(json, '}');
    }
    text_append_byte(json, '}');
}

void verdict_parts_to_json(struct text_builder *json, const struct tuoyu_verdict *verdict)
{
    add_day(json, "valid_until", verdict->has_valid_until, verdict->valid_until);
    add_score(json, verdict);
    add_checklist(json, verdict);
}

void criterion_state_to_json(struct text_builder *json, const struct criterion_reading *reading)
{
    json_literal(json, "state", criterion_state_name(reading->state));
    add_day(json, "met_from", reading->state == CRITERION_STATE_TOO_EARLY, reading->day);
    add_day(json, "met_until", reading->state == CRITERION_STATE_TOO_LATE, reading->day);
}

/* Adds each criterion and exception: its decision, how it stands, its sentence and citation. */
static void add_criteria(struct text_builder *json, const struct tuoyu_verdict *verdict,
                         const struct criterion_states *states)
{
    const struct tuoyu_eligibility *rule = eligibility_of(verdict->answer.rule);
    json_begin_object(json, "criteria");
    for (size_t i = 0; i < rule->criterion_count; i++) {
        const struct criterion *criterion = &rule->criteria[i];
        json_begin_member(json, criterion->id);
        json_literal(json, "decision", decision_name(verdict->reasons[i]));
        criterion_state_to_json(json, &states->criteria[i]);
        json_localised(json, "because", &criterion->because);
        json_text(json, "citation", criterion->citation.text);
        if (criterion->overrides)
            json_literal(json, "overrides", decision_name(criterion->overrides));
        text_append_byte(json, '}');
    }
    text_append_byte(json, '}');
}

void verdict_criteria_to_json(struct text_builder *json, const struct tuoyu_verdict *verdict)
{
    struct arena scratch;
    struct criterion_states states;
    arena_init(&scratch, &verdict->answer.arena.allocator);
    bool has_memory = criterion_states_read(verdict, &scratch, &states);
    json->failed |= !has_memory;
    if (has_memory) {
        add_day(json, "eligible_from", states.has_eligible_from, states.eligible_from);
        add_criteria(json, verdict, &states);
    }
    arena_free(&scratch);
}
