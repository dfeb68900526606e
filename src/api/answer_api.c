/* SPDX-License-Identifier: Apache-2.0 */
/* The public functions that every kind of answer has. */
#include <tuoyu/rules.h>

#include <string.h>

#include "explain/parent_text.h"
#include "explain/receipt.h"

int32_t tuoyu_answer_outcome(const tuoyu_answer *answer)
{
    return answer ? answer->outcome : 0;
}

int32_t tuoyu_answer_standing(const tuoyu_answer *answer)
{
    return answer ? answer->standing : 0;
}

/* NULL if there is no answer or no missing thing with this index. */
static const struct answer_missing *missing_at(const tuoyu_answer *answer, size_t index)
{
    return answer && index < answer->missing_count ? &answer->missing[index] : NULL;
}

/* How many facts and parameters are missing; 0 for NULL. */
size_t tuoyu_answer_missing_count(const tuoyu_answer *answer)
{
    return answer ? answer->missing_count : 0;
}

const char *tuoyu_answer_missing_name(const tuoyu_answer *answer, size_t index)
{
    const struct answer_missing *missing = missing_at(answer, index);
    return missing ? missing->name.bytes : NULL;
}

tuoyu_status tuoyu_answer_missing_code(const tuoyu_answer *answer, size_t index)
{
    const struct answer_missing *missing = missing_at(answer, index);
    return missing ? missing->code : TUOYU_ERROR_INVALID_ARGUMENT;
}

/* The label of a fact or parameter, "" if it has none, NULL if the index is too large. */
const char *tuoyu_answer_missing_label(const tuoyu_answer *answer, size_t index, const char *language)
{
    const struct answer_missing *missing = missing_at(answer, index);
    if (!missing)
        return NULL;
    if (missing->slot == SLOT_NONE)
        return "";
    return localised_in(&program_slot(&answer->policy->layering->program, missing->slot)->label, language);
}

const char *tuoyu_answer_missing_held_by(const tuoyu_answer *answer, size_t index, const char *language)
{
    const struct answer_missing *missing = missing_at(answer, index);
    if (!missing)
        return NULL;
    if (missing->slot == SLOT_NONE)
        return "";
    return localised_in(&program_slot(&answer->policy->layering->program, missing->slot)->held_by, language);
}

const char *tuoyu_answer_objection(const tuoyu_answer *answer, const char *language)
{
    return answer ? localised_in(&answer->rule->objection, language) : NULL;
}

/* NULL if there is no answer or no citation with this index. */
static const struct answer_citation *citation_at(const tuoyu_answer *answer, size_t index)
{
    return answer && index < answer->citation_count ? &answer->citations[index] : NULL;
}

size_t tuoyu_answer_citation_count(const tuoyu_answer *answer)
{
    return answer ? answer->citation_count : 0;
}

/* NULL if there is no citation with this index. */
const char *tuoyu_answer_citation_name(const tuoyu_answer *answer, size_t index)
{
    const struct answer_citation *citation = citation_at(answer, index);
    return citation ? citation->name.bytes : NULL;
}

/* "" if nothing is cited, NULL if there is no citation with this index. */
const char *tuoyu_answer_citation_text(const tuoyu_answer *answer, size_t index)
{
    const struct answer_citation *citation = citation_at(answer, index);
    if (!citation)
        return NULL;
    return citation->citation.text.bytes ? citation->citation.text.bytes : "";
}

/* "" if nothing is cited, NULL if there is no citation with this index. */
const char *tuoyu_answer_citation_text_in(const tuoyu_answer *answer, size_t index, const char *language)
{
    const struct answer_citation *citation = citation_at(answer, index);
    if (!citation)
        return NULL;
    const char *text = citation_in(&citation->citation, language_is_english(language)).bytes;
    return text ? text : "";
}

int32_t tuoyu_answer_citation_standing(const tuoyu_answer *answer, size_t index)
{
    const struct answer_citation *citation = citation_at(answer, index);
    return citation ? citation->citation.standing : 0;
}

tuoyu_status tuoyu_answer_to_json(const tuoyu_answer *answer, tuoyu_text **out)
{
    if (!out)
        return TUOYU_ERROR_INVALID_ARGUMENT;
    *out = NULL;
    return answer ? answer_to_json(answer, out) : TUOYU_ERROR_INVALID_ARGUMENT;
}

tuoyu_status tuoyu_answer_explain_json(const tuoyu_answer *answer, tuoyu_text **out)
{
    if (!out)
        return TUOYU_ERROR_INVALID_ARGUMENT;
    *out = NULL;
    return answer ? answer_explain_json(answer, out) : TUOYU_ERROR_INVALID_ARGUMENT;
}

tuoyu_status tuoyu_answer_to_receipt(const tuoyu_answer *answer, tuoyu_text **out)
{
    if (!out)
        return TUOYU_ERROR_INVALID_ARGUMENT;
    *out = NULL;
    return answer ? answer_to_receipt(answer, out) : TUOYU_ERROR_INVALID_ARGUMENT;
}

/* True for the two languages that texts are written in. */
static bool is_language(const char *language)
{
    return language && (strcmp(language, "zh") == 0 || strcmp(language, "en") == 0);
}

tuoyu_status tuoyu_answer_to_text(const tuoyu_answer *answer, const char *language, bool explain,
                                  tuoyu_text **out)
{
    if (!out)
        return TUOYU_ERROR_INVALID_ARGUMENT;
    *out = NULL;
    if (!answer || !is_language(language))
        return TUOYU_ERROR_INVALID_ARGUMENT;
    return answer_to_text(answer, language, explain, out);
}

tuoyu_status tuoyu_answer_explain_for(const tuoyu_answer *answer, int32_t reader, const char *language,
                                      tuoyu_text **out)
{
    if (!out)
        return TUOYU_ERROR_INVALID_ARGUMENT;
    *out = NULL;
    if (reader == TUOYU_READER_OFFICIAL || reader == TUOYU_READER_ENGINEER)
        return tuoyu_answer_to_text(answer, language, reader == TUOYU_READER_ENGINEER, out);
    if (reader != TUOYU_READER_PARENT || !answer || !is_language(language))
        return TUOYU_ERROR_INVALID_ARGUMENT;
    return answer_to_parent_text(answer, language, out);
}
