/* SPDX-License-Identifier: Apache-2.0 */
/* What a verdict has beside its decision: the end of validity, the score, the checklist. */
#include <tuoyu/rules.h>

#include "api/rule_handle.h"
#include "rules/scorecard.h"

static const struct tuoyu_eligibility *rule_of(const tuoyu_verdict *verdict)
{
    return (const struct tuoyu_eligibility *)verdict->answer.rule;
}

static tuoyu_status give_day(bool is_given, int32_t day, int32_t *out)
{
    if (!out)
        return TUOYU_ERROR_INVALID_ARGUMENT;
    if (is_given)
        *out = day;
    return is_given ? TUOYU_OK : TUOYU_ERROR_NOT_FOUND;
}

tuoyu_status tuoyu_verdict_valid_until(const tuoyu_verdict *verdict, int32_t *out)
{
    return give_day(verdict && verdict->has_valid_until, verdict ? verdict->valid_until : 0, out);
}

/* ---- Scores ---- */

tuoyu_status tuoyu_verdict_score(const tuoyu_verdict *verdict, tuoyu_decimal *out)
{
    return answer_number_give(verdict ? &verdict->score.score : NULL, out);
}

tuoyu_status tuoyu_verdict_score_lower(const tuoyu_verdict *verdict, tuoyu_decimal *out)
{
    return answer_number_give(verdict ? &verdict->score.lower : NULL, out);
}

tuoyu_status tuoyu_verdict_score_upper(const tuoyu_verdict *verdict, tuoyu_decimal *out)
{
    return answer_number_give(verdict ? &verdict->score.upper : NULL, out);
}

size_t tuoyu_verdict_score_item_count(const tuoyu_verdict *verdict)
{
    return verdict && verdict->score.points ? rule_of(verdict)->scorecard.item_count : 0;
}

static const struct score_item *score_item_at(const tuoyu_verdict *verdict, size_t index)
{
    return index < tuoyu_verdict_score_item_count(verdict) ? &rule_of(verdict)->scorecard.items[index] : NULL;
}

const char *tuoyu_verdict_score_item_id(const tuoyu_verdict *verdict, size_t index)
{
    const struct score_item *item = score_item_at(verdict, index);
    return item ? item->id.bytes : NULL;
}

const char *tuoyu_verdict_score_item_text(const tuoyu_verdict *verdict, size_t index, const char *language)
{
    const struct score_item *item = score_item_at(verdict, index);
    return item ? localised_in(&item->because, language) : NULL;
}

tuoyu_status tuoyu_verdict_score_item_points(const tuoyu_verdict *verdict, size_t index, tuoyu_decimal *out)
{
    return answer_number_give(score_item_at(verdict, index) ? &verdict->score.points[index] : NULL, out);
}

static const struct grade *grade_at(const tuoyu_verdict *verdict, size_t index)
{
    if (!verdict)
        return NULL;
    const struct scorecard *scorecard = &rule_of(verdict)->scorecard;
    size_t grade = scorecard_possible(scorecard, &verdict->score, index);
    return grade == SIZE_MAX ? NULL : &scorecard->grades[grade];
}

size_t tuoyu_verdict_grade_count(const tuoyu_verdict *verdict)
{
    size_t count = 0;
    while (grade_at(verdict, count))
        count++;
    return count;
}

const char *tuoyu_verdict_grade_id(const tuoyu_verdict *verdict, size_t index)
{
    const struct grade *grade = grade_at(verdict, index);
    return grade ? grade->id.bytes : NULL;
}

const char *tuoyu_verdict_grade_label(const tuoyu_verdict *verdict, size_t index, const char *language)
{
    const struct grade *grade = grade_at(verdict, index);
    return grade ? localised_in(&grade->label, language) : NULL;
}

const char *tuoyu_verdict_grade_consequence(const tuoyu_verdict *verdict, size_t index, const char *language)
{
    const struct grade *grade = grade_at(verdict, index);
    return grade ? localised_in(&grade->consequence, language) : NULL;
}

/* ---- Checklists ---- */

size_t tuoyu_verdict_checklist_count(const tuoyu_verdict *verdict)
{
    return verdict && verdict->checklist ? rule_of(verdict)->checklist_count : 0;
}

static const struct checklist_item *item_at(const tuoyu_verdict *verdict, size_t index)
{
    return index < tuoyu_verdict_checklist_count(verdict) ? &rule_of(verdict)->checklist[index] : NULL;
}

const char *tuoyu_verdict_checklist_id(const tuoyu_verdict *verdict, size_t index)
{
    const struct checklist_item *item = item_at(verdict, index);
    return item ? item->id.bytes : NULL;
}

const char *tuoyu_verdict_checklist_text(const tuoyu_verdict *verdict, size_t index, const char *language)
{
    const struct checklist_item *item = item_at(verdict, index);
    return item ? localised_in(&item->because, language) : NULL;
}

int32_t tuoyu_verdict_checklist_state(const tuoyu_verdict *verdict, size_t index)
{
    return item_at(verdict, index) ? verdict->checklist[index].state : TUOYU_CHECKLIST_OPEN;
}

tuoyu_status tuoyu_verdict_checklist_done(const tuoyu_verdict *verdict, size_t index, int32_t *out)
{
    const struct checklist_entry *entry = item_at(verdict, index) ? &verdict->checklist[index] : NULL;
    return give_day(entry && entry->has_done, entry ? entry->done : 0, out);
}

tuoyu_status tuoyu_verdict_checklist_from(const tuoyu_verdict *verdict, size_t index, int32_t *out)
{
    const struct checklist_entry *entry = item_at(verdict, index) ? &verdict->checklist[index] : NULL;
    return give_day(entry && entry->has_from, entry ? entry->from : 0, out);
}

tuoyu_status tuoyu_verdict_checklist_due(const tuoyu_verdict *verdict, size_t index, int32_t *out)
{
    const struct checklist_entry *entry = item_at(verdict, index) ? &verdict->checklist[index] : NULL;
    return give_day(entry && entry->has_due, entry ? entry->due : 0, out);
}
