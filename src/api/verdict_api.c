/* SPDX-License-Identifier: Apache-2.0 */
/* What a verdict says: the decision with its reasons, what would settle it, the end of validity, the score
 * and the checklist. */
#include <tuoyu/rules.h>

#include "api/rule_handle.h"
#include "rules/scorecard.h"

/* The rule of the verdict, as its kind. */
static const struct tuoyu_eligibility *rule_of(const tuoyu_verdict *verdict)
{
    return eligibility_of(verdict->answer.rule);
}

int32_t tuoyu_verdict_decision(const tuoyu_verdict *verdict)
{
    return verdict ? verdict->decision : 0;
}

/* NULL if there is no verdict or no criterion with this index. */
static const struct criterion *criterion_at(const tuoyu_verdict *verdict, size_t index)
{
    return verdict && index < rule_of(verdict)->criterion_count ? &rule_of(verdict)->criteria[index] : NULL;
}

size_t tuoyu_verdict_reason_count(const tuoyu_verdict *verdict)
{
    return verdict ? rule_of(verdict)->criterion_count : 0;
}

/* NULL if there is no criterion with this index. */
const char *tuoyu_verdict_reason_id(const tuoyu_verdict *verdict, size_t index)
{
    const struct criterion *criterion = criterion_at(verdict, index);
    return criterion ? criterion->id.bytes : NULL;
}

int32_t tuoyu_verdict_reason_decision(const tuoyu_verdict *verdict, size_t index)
{
    return criterion_at(verdict, index) ? verdict->reasons[index] : 0;
}

/* Why the criterion is asked, in the language, or in the other one if it has only that; NULL if there is no
 * criterion with this index. */
const char *tuoyu_verdict_reason_text(const tuoyu_verdict *verdict, size_t index, const char *language)
{
    const struct criterion *criterion = criterion_at(verdict, index);
    return criterion ? localised_in(&criterion->because, language) : NULL;
}

/* NULL if there is no criterion with this index. */
const char *tuoyu_verdict_reason_citation(const tuoyu_verdict *verdict, size_t index)
{
    const struct criterion *criterion = criterion_at(verdict, index);
    if (!criterion)
        return NULL;
    return criterion->citation.text.bytes ? criterion->citation.text.bytes : "";
}

int32_t tuoyu_verdict_reason_overrides(const tuoyu_verdict *verdict, size_t index)
{
    const struct criterion *criterion = criterion_at(verdict, index);
    return criterion ? criterion->overrides : 0;
}

const char *tuoyu_verdict_exception(const tuoyu_verdict *verdict)
{
    return verdict && verdict->exception ? verdict->exception->id.bytes : NULL;
}

/* ---- What would settle it ---- */

/* Which one the member at index of a set is, or MOST_SET_MEMBERS at its end. */
static size_t member_at(const struct verdict_sets *sets, size_t set, size_t index)
{
    size_t member = 0;
    if (set >= sets->count)
        return MOST_SET_MEMBERS;
    for (; member < MOST_SET_MEMBERS; member++) {
        if (!(sets->sets[set] >> member & 1))
            continue;
        if (index == 0)
            return member;
        index--;
    }
    return member;
}

size_t tuoyu_verdict_deciding_count(const tuoyu_verdict *verdict)
{
    return verdict ? verdict->deciding.count : 0;
}

const char *tuoyu_verdict_deciding_fact(const tuoyu_verdict *verdict, size_t set, size_t index)
{
    size_t member = verdict ? member_at(&verdict->deciding, set, index) : MOST_SET_MEMBERS;
    return member < MOST_SET_MEMBERS ? verdict_fact_name(verdict, member).bytes : NULL;
}

size_t tuoyu_verdict_change_count(const tuoyu_verdict *verdict)
{
    return verdict ? verdict->to_become_eligible.count : 0;
}

const char *tuoyu_verdict_change_criterion(const tuoyu_verdict *verdict, size_t set, size_t index)
{
    size_t member = verdict ? member_at(&verdict->to_become_eligible, set, index) : MOST_SET_MEMBERS;
    return member < MOST_SET_MEMBERS ? verdict_criterion_id(verdict, member).bytes : NULL;
}

/* ---- Validity ---- */

/* Sets *out to a day that is given; else returns TUOYU_ERROR_NOT_FOUND and leaves it. */
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

/* The greatest score that missing facts allow. TUOYU_ERROR_NOT_FOUND if there is no such bound. */
tuoyu_status tuoyu_verdict_score_upper(const tuoyu_verdict *verdict, tuoyu_decimal *out)
{
    return answer_number_give(verdict ? &verdict->score.upper : NULL, out);
}

/* How many items the scorecard has; 0 if the verdict has no score. */
size_t tuoyu_verdict_score_item_count(const tuoyu_verdict *verdict)
{
    return verdict && verdict->score.points ? rule_of(verdict)->scorecard.item_count : 0;
}

/* NULL if there is no item with this index. */
static const struct score_item *score_item_at(const tuoyu_verdict *verdict, size_t index)
{
    return index < tuoyu_verdict_score_item_count(verdict) ? &rule_of(verdict)->scorecard.items[index] : NULL;
}

/* NULL if there is no item with this index. */
const char *tuoyu_verdict_score_item_id(const tuoyu_verdict *verdict, size_t index)
{
    const struct score_item *item = score_item_at(verdict, index);
    return item ? item->id.bytes : NULL;
}

/* What the item is for, in the language, or in the other one if it has only that; NULL if there is no item
 * with this index. */
const char *tuoyu_verdict_score_item_text(const tuoyu_verdict *verdict, size_t index, const char *language)
{
    const struct score_item *item = score_item_at(verdict, index);
    return item ? localised_in(&item->because, language) : NULL;
}

tuoyu_status tuoyu_verdict_score_item_points(const tuoyu_verdict *verdict, size_t index, tuoyu_decimal *out)
{
    return answer_number_give(score_item_at(verdict, index) ? &verdict->score.points[index] : NULL, out);
}

/* The possible grade at this place, the best first; NULL if there are not so many. */
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

/* The id of the possible grade at this place, the best first; NULL if fewer grades are possible. */
const char *tuoyu_verdict_grade_id(const tuoyu_verdict *verdict, size_t index)
{
    const struct grade *grade = grade_at(verdict, index);
    return grade ? grade->id.bytes : NULL;
}

/* The label in the language, or in the other one if it has only that; NULL if fewer grades are possible. */
const char *tuoyu_verdict_grade_label(const tuoyu_verdict *verdict, size_t index, const char *language)
{
    const struct grade *grade = grade_at(verdict, index);
    return grade ? localised_in(&grade->label, language) : NULL;
}

/* What follows from the possible grade at this place, or ""; NULL if fewer grades are possible. */
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

/* The item of the checklist with this index; NULL if there is none. */
static const struct checklist_item *item_at(const tuoyu_verdict *verdict, size_t index)
{
    return index < tuoyu_verdict_checklist_count(verdict) ? &rule_of(verdict)->checklist[index] : NULL;
}

/* NULL if there is no item with this index. */
const char *tuoyu_verdict_checklist_id(const tuoyu_verdict *verdict, size_t index)
{
    const struct checklist_item *item = item_at(verdict, index);
    return item ? item->id.bytes : NULL;
}

/* What is to be done, in the language, or in the other one if it has only that; NULL if there is no item with
 * this index. */
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

/* From which day the item can be done. TUOYU_ERROR_NOT_FOUND if there is no such day or item. */
tuoyu_status tuoyu_verdict_checklist_from(const tuoyu_verdict *verdict, size_t index, int32_t *out)
{
    const struct checklist_entry *entry = item_at(verdict, index) ? &verdict->checklist[index] : NULL;
    return give_day(entry && entry->has_from, entry ? entry->from : 0, out);
}

/* Until which day the item must be done. TUOYU_ERROR_NOT_FOUND if there is no such day or item. */
tuoyu_status tuoyu_verdict_checklist_due(const tuoyu_verdict *verdict, size_t index, int32_t *out)
{
    const struct checklist_entry *entry = item_at(verdict, index) ? &verdict->checklist[index] : NULL;
    return give_day(entry && entry->has_due, entry ? entry->due : 0, out);
}
