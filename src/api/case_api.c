/* SPDX-License-Identifier: Apache-2.0 */
/* The public functions of cases: making them, and setting or clearing facts. */
#include <tuoyu/policy.h>

#include <string.h>

#include "pack/fact_value.h"
#include "pack/facts_reader.h"
#include "rules/case_facts.h"

tuoyu_status tuoyu_case_new(const tuoyu_policy *policy, tuoyu_case **out)
{
    tuoyu_policy *shared; /* immutable but for its count of references */
    if (!out)
        return TUOYU_ERROR_INVALID_ARGUMENT;
    *out = NULL;
    if (!policy)
        return TUOYU_ERROR_INVALID_ARGUMENT;
    memcpy(&shared, &policy, sizeof shared);
    return case_make(shared, out);
}

/* Frees the case; NULL is allowed. */
void tuoyu_case_free(tuoyu_case *facts)
{
    case_free(facts);
}

void tuoyu_case_clear(tuoyu_case *facts)
{
    if (facts)
        case_forget(facts);
}

/* ---- Setting a fact ---- */

static const struct location NOWHERE = {.source = NULL};

/* What the typed setters share: the declaration and the value. */
struct setting {
    const struct pack_fact *fact;
    uint32_t index;
    struct value value;
};

/* Finds the fact that is set and puts it into *setting. Returns TUOYU_ERROR_INVALID_ARGUMENT or
 * TUOYU_ERROR_FACT_UNKNOWN if there is none. */
static tuoyu_status begin_setting(tuoyu_case *facts, const char *name, size_t length, struct setting *setting,
                                  tuoyu_diagnostics *diagnostics)
{
    if (!facts || !name)
        return TUOYU_ERROR_INVALID_ARGUMENT;
    setting->fact =
        case_find_fact(facts->policy, text_of(name, length), NOWHERE, &setting->index, diagnostics);
    return setting->fact ? TUOYU_OK : TUOYU_ERROR_FACT_UNKNOWN;
}

/* Sets the fact to the value that was read with `status`. If that is an error, sets nothing and returns
 * it. */
static tuoyu_status end_setting(tuoyu_case *facts, const struct setting *setting, tuoyu_status status,
                                tuoyu_diagnostics *diagnostics)
{
    if (status == TUOYU_OK)
        return case_set(facts, setting->fact, setting->index, setting->value, diagnostics);
    return status == TUOYU_ERROR_NO_MEMORY ? report_no_memory(diagnostics) : status;
}

/* As long as it may be where a case is read from YAML. A longer text is TUOYU_ERROR_LIMIT, reported. */
static tuoyu_status check_length(const tuoyu_case *facts, const struct pack_fact *fact, struct text text,
                                 tuoyu_diagnostics *diagnostics)
{
    size_t most = pack_scalar_limit(&facts->policy->limits);
    if (text.length <= most)
        return TUOYU_OK;
    return report(diagnostics, TUOYU_ERROR_LIMIT, NOWHERE,
                  TEXT("raise the limit scalar_bytes where it must be"),
                  "`%.*s` is given a text of more than %zu bytes", TEXT_ARGUMENTS(fact->name), most);
}

tuoyu_status tuoyu_case_set_text(tuoyu_case *facts, const char *name, size_t name_length, const char *text,
                                 size_t length, tuoyu_diagnostics *diagnostics)
{
    struct setting setting;
    if (!text)
        return TUOYU_ERROR_INVALID_ARGUMENT;
    tuoyu_status status = begin_setting(facts, name, name_length, &setting, diagnostics);
    struct text written = text_of(text, length);
    if (status == TUOYU_OK)
        status = check_length(facts, setting.fact, written, diagnostics);
    if (status != TUOYU_OK)
        return status;
    status = case_read_text(facts, setting.fact, setting.index, written, &setting.value, diagnostics);
    return end_setting(facts, &setting, status, diagnostics);
}

tuoyu_status tuoyu_case_set_decimal(tuoyu_case *facts, const char *name, size_t name_length,
                                    const tuoyu_decimal *number, tuoyu_diagnostics *diagnostics)
{
    struct setting setting;
    if (!number)
        return TUOYU_ERROR_INVALID_ARGUMENT;
    tuoyu_status status = begin_setting(facts, name, name_length, &setting, diagnostics);
    if (status != TUOYU_OK)
        return status;
    if (!decimal_is_finite(*number))
        return report(diagnostics, TUOYU_ERROR_FACT_TYPE, NOWHERE, TEXT(""),
                      "`%.*s` is given what is no number", TEXT_ARGUMENTS(setting.fact->name));
    status = fact_value_from_decimal(setting.fact, *number, NOWHERE, &setting.value, diagnostics);
    return end_setting(facts, &setting, status, diagnostics);
}

/* Sets a fact of type boolean; a fact of another type is refused with TUOYU_ERROR_FACT_TYPE. */
tuoyu_status tuoyu_case_set_boolean(tuoyu_case *facts, const char *name, size_t name_length, bool boolean,
                                    tuoyu_diagnostics *diagnostics)
{
    struct setting setting;
    tuoyu_status status = begin_setting(facts, name, name_length, &setting, diagnostics);
    if (status != TUOYU_OK)
        return status;
    status = fact_value_from_boolean(setting.fact, boolean, NOWHERE, &setting.value, diagnostics);
    return end_setting(facts, &setting, status, diagnostics);
}

tuoyu_status tuoyu_case_set_date(tuoyu_case *facts, const char *name, size_t name_length, int32_t date,
                                 tuoyu_diagnostics *diagnostics)
{
    struct setting setting;
    tuoyu_status status = begin_setting(facts, name, name_length, &setting, diagnostics);
    if (status != TUOYU_OK)
        return status;
    status = fact_value_from_date(setting.fact, date, NOWHERE, &setting.value, diagnostics);
    return end_setting(facts, &setting, status, diagnostics);
}

tuoyu_status tuoyu_case_set_none(tuoyu_case *facts, const char *name, size_t name_length,
                                 tuoyu_diagnostics *diagnostics)
{
    struct setting setting;
    tuoyu_status status = begin_setting(facts, name, name_length, &setting, diagnostics);
    if (status != TUOYU_OK)
        return status;
    status = fact_value_from_none(setting.fact, NOWHERE, &setting.value, diagnostics);
    return end_setting(facts, &setting, status, diagnostics);
}

/* ---- Reading ---- */

tuoyu_status tuoyu_case_read(tuoyu_case *facts, const char *source, size_t source_length, const char *text,
                             size_t length, tuoyu_diagnostics *diagnostics)
{
    if (!facts || !text)
        return TUOYU_ERROR_INVALID_ARGUMENT;
    struct text name = text_of(source, source_length);
    if (utf8_validate(name) != name.length || (name.length && memchr(name.bytes, 0, name.length)))
        return report(diagnostics, TUOYU_ERROR_ENCODING, NOWHERE, TEXT(""),
                      "the name of the text with facts is not UTF-8, or holds a NUL");
    struct arena arena; /* of the tree; the facts themselves stand in the case's */
    struct given_fact *given = NULL;
    size_t count = 0;
    arena_init(&arena, &facts->policy->arena.allocator);
    const tuoyu_limits *limits = &facts->policy->limits;
    tuoyu_status status =
        facts_read(&arena, name, text_of(text, length), limits, &given, &count, diagnostics);
    if (status == TUOYU_OK)
        status = case_set_given(facts, given, count, diagnostics);
    arena_free(&arena);
    return status == TUOYU_ERROR_NO_MEMORY ? report_no_memory(diagnostics) : status;
}
