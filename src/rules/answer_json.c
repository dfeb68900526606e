/* SPDX-License-Identifier: Apache-2.0 */
/* An answer as JSON: keys in a fixed order, decimals as strings in canonical text, absent where not determined. */
#include "rules/answer.h"

static void add_key(struct text_builder *json, const char *key)
{
    if (json->length && json->bytes[json->length - 1] != '{') text_append_byte(json, ',');
    text_append_json(json, text_of(key, TUOYU_NUL_TERMINATED));
    text_append_byte(json, ':');
}

static void add_text(struct text_builder *json, const char *key, struct text text)
{
    add_key(json, key);
    text_append_json(json, text);
}

static void add_literal(struct text_builder *json, const char *key, const char *text)
{
    add_text(json, key, text_of(text, TUOYU_NUL_TERMINATED));
}

static void add_number(struct text_builder *json, const char *key, const struct answer_number *number)
{
    char digits[TUOYU_DECIMAL_TEXT_SIZE];
    if (!number->is_given) return;
    size_t length = decimal_format(number->number, digits);
    add_text(json, key, (struct text){.bytes = digits, .length = length});
}

static void add_boolean(struct text_builder *json, const char *key, bool boolean)
{
    add_key(json, key);
    text_append_literal(json, boolean ? "true" : "false");
}

/* Begins item number index of an array that was opened with its key. */
static void begin_item(struct text_builder *json, size_t index)
{
    text_append_literal(json, index ? ",{" : "{");
}

static void begin_array(struct text_builder *json, const char *key)
{
    add_key(json, key);
    text_append_byte(json, '[');
}

/* ---- The kinds ---- */

static void add_quote(struct text_builder *json, const struct tuoyu_quote *quote)
{
    const struct rule *rule = quote->answer.rule;
    add_text(json, "unit", rule->unit);
    add_number(json, "amount", &quote->amount);
    begin_array(json, "steps");
    for (size_t i = 0; i < rule->step_count; i++) {
        begin_item(json, i);
        add_text(json, "id", rule->steps[i].id);
        if (quote->steps[i].value.length) add_text(json, "value", quote->steps[i].value);
        if (rule->steps[i].unit.length) add_text(json, "unit", rule->steps[i].unit);
        text_append_byte(json, '}');
    }
    text_append_byte(json, ']');
    add_number(json, "charged", &quote->charged);
    if (quote->complies >= 0) add_boolean(json, "complies", quote->complies == 1);
    add_number(json, "excess", &quote->excess);
}

static void add_split(struct text_builder *json, const struct tuoyu_split *split)
{
    const struct tuoyu_cost_sharing *rule = (const struct tuoyu_cost_sharing *)split->answer.rule;
    add_text(json, "unit", rule->rule.unit);
    add_number(json, "whole", &split->whole);
    begin_array(json, "lines");
    for (size_t i = 0; i < rule->payer_count; i++) {
        begin_item(json, i);
        add_text(json, "payer", rule->payers[i].id);
        add_number(json, "amount", &split->lines[i]);
        text_append_byte(json, '}');
    }
    text_append_byte(json, ']');
}

static void add_verdict(struct text_builder *json, const struct tuoyu_verdict *verdict)
{
    const struct tuoyu_eligibility *rule = (const struct tuoyu_eligibility *)verdict->answer.rule;
    add_literal(json, "decision", decision_name(verdict->decision));
    begin_array(json, "reasons");
    for (size_t i = 0; i < rule->criterion_count; i++) {
        begin_item(json, i);
        add_text(json, "id", rule->criteria[i].id);
        add_literal(json, "decision", decision_name(verdict->reasons[i]));
        add_text(json, "citation", rule->criteria[i].citation.text);
        text_append_byte(json, '}');
    }
    text_append_byte(json, ']');
}

static void add_measure(struct text_builder *json, const struct tuoyu_measure *measure)
{
    add_text(json, "unit", measure->answer.rule->unit);
    if (measure->region_kind.bytes) {
        add_key(json, "region");
        text_append_byte(json, '{');
        add_text(json, "kind", measure->region_kind);
        add_text(json, "id", measure->region_id);
        text_append_byte(json, '}');
    }
    add_number(json, "value", &measure->value);
    add_number(json, "numerator", &measure->numerator);
    add_number(json, "denominator", &measure->denominator);
    add_key(json, "unknown");
    text_append_format(json, "%lld", (long long)measure->unknown);
    add_number(json, "lower", &measure->lower);
    add_number(json, "upper", &measure->upper);
    add_number(json, "target", &measure->target);
    add_key(json, "met");
    text_append_literal(json, measure->met < 0 ? "null" : measure->met ? "true" : "false");
    add_number(json, "distance", &measure->distance);
}

/* ---- What all have ---- */

static void add_head(struct text_builder *json, const struct tuoyu_answer *answer)
{
    static const char *const KINDS[] = {"", "quote", "split", "verdict", "measure"};
    char date[11];
    date_format(answer->as_of, date);
    add_literal(json, "kind", KINDS[answer->rule->kind]);
    add_text(json, "rule", answer->rule->full_name);
    add_literal(json, "as_of", date);
    add_literal(json, "outcome", outcome_name(answer->outcome));
    add_literal(json, "provenance", provenance_name(answer->provenance));
}

static void add_missing(struct text_builder *json, const struct tuoyu_answer *answer)
{
    begin_array(json, "missing");
    for (size_t i = 0; i < answer->missing_count; i++) {
        begin_item(json, i);
        add_text(json, "name", answer->missing[i].name);
        add_literal(json, "code", tuoyu_status_name(answer->missing[i].code));
        text_append_byte(json, '}');
    }
    text_append_byte(json, ']');
}

static void add_citations(struct text_builder *json, const struct tuoyu_answer *answer)
{
    begin_array(json, "citations");
    for (size_t i = 0; i < answer->citation_count; i++) {
        const struct answer_citation *citation = &answer->citations[i];
        begin_item(json, i);
        add_text(json, "name", citation->name);
        add_text(json, "text", citation->citation.text);
        add_literal(json, "status", provenance_name(citation->citation.status));
        if (citation->has_value) add_text(json, "value", citation->value);
        if (citation->has_value && citation->unit.length) add_text(json, "unit", citation->unit);
        text_append_byte(json, '}');
    }
    text_append_byte(json, ']');
}

tuoyu_status answer_to_json(const struct tuoyu_answer *answer, tuoyu_text **out)
{
    struct text_builder json;
    text_builder_init(&json, &answer->arena.allocator);
    text_append_byte(&json, '{');
    add_head(&json, answer);
    switch (answer->rule->kind) {
    case TUOYU_RULE_PRICING: add_quote(&json, (const struct tuoyu_quote *)answer); break;
    case TUOYU_RULE_COST_SHARING: add_split(&json, (const struct tuoyu_split *)answer); break;
    case TUOYU_RULE_ELIGIBILITY: add_verdict(&json, (const struct tuoyu_verdict *)answer); break;
    default: add_measure(&json, (const struct tuoyu_measure *)answer); break;
    }
    add_missing(&json, answer);
    add_citations(&json, answer);
    text_append_byte(&json, '}');
    return text_builder_to_handle(&json, out);
}
