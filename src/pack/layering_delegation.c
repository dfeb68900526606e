/* SPDX-License-Identifier: Apache-2.0 */
/* Delegation: a pack names a parameter that the packs below it have to set, and the bounds within which they
 * may. */
#include "pack/layering_parts.h"

/* The citation of something in a pack; an error is reported and kept in joining. */
static struct citation citation_of(struct joining *joining, uint32_t pack, const struct pack_cite *cite,
                                   pack_standing standing, const struct localised *note,
                                   struct location where)
{
    struct citation citation;
    joining_fail(joining, layering_cite(joining->layering, pack, cite, standing, note, where, &citation,
                                        joining->diagnostics));
    return citation;
}

/* The bounds as text: `at least 60 percent and at most 80 percent`, `不低于 60%、不高于 80%`. Empty without
 * bounds. */
static struct text bounds_text(struct joining *joining, const struct pack_delegation *delegation,
                               struct text unit, bool is_english)
{
    const struct text bounds[] = {delegation->at_least.written, delegation->at_most.written};
    const char *const words[] = {is_english ? "at least " : "不低于 ", is_english ? "at most " : "不高于 "};
    bool is_sign = !is_english && text_equals(unit, TEXT("percent"));
    struct text_builder builder;
    text_builder_init_arena(&builder, joining->arena);
    for (size_t i = 0; i < 2; i++) {
        if (!bounds[i].bytes)
            continue;
        if (builder.length)
            text_append_literal(&builder, is_english ? " and " : "、");
        text_append_literal(&builder, words[i]);
        text_append(&builder, bounds[i]);
        if (unit.length && !is_sign)
            text_append_byte(&builder, ' ');
        if (unit.length)
            text_append(&builder, is_sign ? TEXT("%") : unit);
    }
    return builder.length && !builder.failed ? text_builder_text(&builder) : TEXT("");
}

/* Puts who sets the parameter, the bounds and the law into a sentence; words are what stands before each and
 * at the end. */
static struct text reason_text(struct joining *joining, const char *const words[4], struct text who,
                               struct text bounds, struct text law)
{
    return text_format(joining->arena, "%s%.*s%s%.*s%s%.*s%s", words[0], TEXT_ARGUMENTS(who),
                       bounds.length ? words[1] : "", TEXT_ARGUMENTS(bounds), law.length ? words[2] : "",
                       TEXT_ARGUMENTS(law), law.length ? words[3] : "");
}

struct localised delegation_reason(struct joining *joining, const struct pack_delegation *delegation,
                                   uint32_t pack, struct text unit)
{
    struct citation law = citation_of(joining, pack, &delegation->cite, delegation->standing,
                                      &delegation->note, delegation->where);
    static const char *const CHINESE[] = {"由以下机关设定：", "，", "（", "）"};
    static const char *const ENGLISH[] = {"To be set by ", ", ", " (", ")"};
    const struct localised *to = &delegation->to;
    return (struct localised){
        .zh = reason_text(joining, CHINESE, to->zh.bytes ? to->zh : to->en,
                          bounds_text(joining, delegation, unit, false), citation_in(&law, false)),
        .en = reason_text(joining, ENGLISH, to->en.bytes ? to->en : to->zh,
                          bounds_text(joining, delegation, unit, true), citation_in(&law, true))};
}

bool delegation_allows(const struct pack_delegation *delegation, struct value value)
{
    /* A bound that was not given is null and compares with nothing. */
    int order;
    if (value_compare(value, delegation->at_least.value, &order) && order < 0)
        return false;
    return !value_compare(value, delegation->at_most.value, &order) || order <= 0;
}

tuoyu_status delegation_check(struct joining *joining, const struct pack_delegation *delegation,
                              uint32_t above, uint32_t below, const struct pack_parameter *override,
                              const struct pack_dated_value *value)
{
    if (delegation_allows(delegation, value->value))
        return TUOYU_OK;
    struct citation law = citation_of(joining, above, &delegation->cite, delegation->standing,
                                      &delegation->note, delegation->where);
    struct citation own =
        citation_of(joining, below, &value->cite, value->standing, &value->note, value->where);
    bool is_english = diagnostics_language(joining->diagnostics) == LANGUAGE_ENGLISH;
    struct text bounds = bounds_text(joining, delegation, override->unit, is_english),
                nothing = is_english ? TEXT("an assumption") : TEXT("假定");
    struct text above_law = citation_in(&law, is_english), own_law = citation_in(&own, is_english);
    tuoyu_status status = report(
        joining->diagnostics, TUOYU_ERROR_PACK, value->written_where, TEXT("set a value within the bounds"),
        "`%.*s` must be %.*s by %.*s, but is %.*s by %.*s", TEXT_ARGUMENTS(override->name),
        TEXT_ARGUMENTS(bounds), TEXT_ARGUMENTS(law.text.length ? above_law : nothing),
        TEXT_ARGUMENTS(value->written), TEXT_ARGUMENTS(own.text.length ? own_law : nothing));
    report_note(joining->diagnostics, delegation->where, "the bounds are given here");
    return status;
}
