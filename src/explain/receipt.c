/* SPDX-License-Identifier: Apache-2.0 */
/* Writes the receipt of an answer: engine, rule, packs, facts or rows, and the answer itself. */
#include "explain/receipt.h"

#include "rules/json_writer.h"
#include "rules/rule_kind.h"
#include "rules/scenario.h"

/* Adds each pack of the policy by its id and the SHA-256 of its text. */
static void add_packs(struct text_builder *json, const struct tuoyu_policy *policy)
{
    json_begin_array(json, "packs");
    for (uint32_t i = 0; i < policy->layering->pack_count; i++) {
        json_begin_item(json, i);
        json_text(json, "id", policy->layering->packs[i].model->id);
        json_literal(json, "sha256", policy->digests[i].hex);
        text_append_byte(json, '}');
    }
    text_append_byte(json, ']');
}

/* Adds the changes of a scenario, in order; a receipt of a policy without changes has no such key. */
static void add_changes(struct text_builder *json, const struct tuoyu_policy *policy)
{
    static const char *const OPERATIONS[] = {
        [TUOYU_CHANGE_SET] = "set", [TUOYU_CHANGE_ADD] = "add", [TUOYU_CHANGE_SCALE] = "scale"};
    if (!policy->change_count)
        return;
    json_begin_array(json, "changes");
    for (size_t i = 0; i < policy->change_count; i++) {
        const struct policy_change *change = &policy->changes[i];
        char day[11];
        json_begin_item(json, i);
        json_text(json, "parameter", change->parameter);
        json_text(json, OPERATIONS[change->operation], change->value);
        if (change->first_day != TUOYU_CHANGE_ALL_DAYS) {
            date_format(change->first_day, day);
            json_literal(json, "from", day);
        }
        if (change->reason.length)
            json_text(json, "reason", change->reason);
        text_append_byte(json, '}');
    }
    text_append_byte(json, ']');
}

/* A receipt over rows that can all be read has no such key. */
static void add_unreadable(struct text_builder *json, const struct row_count *count)
{
    if (!count->unreadable)
        return;
    json_key(json, "unreadable");
    text_append_format(json, "%lld", (long long)count->unreadable);
}

/* Adds the rows of a measure: their number by entity, and the SHA-256 of all of them, null if no digest was
 * kept. */
static void write_rows(struct text_builder *json, const struct tuoyu_measure *measure)
{
    json_key(json, "rows");
    text_append_byte(json, '{');
    json_begin_array(json, "counts");
    for (size_t i = 0; i < measure->row_count_count; i++) {
        json_begin_item(json, i);
        json_text(json, "entity", measure->row_counts[i].entity);
        json_key(json, "count");
        text_append_format(json, "%lld", (long long)measure->row_counts[i].count);
        add_unreadable(json, &measure->row_counts[i]);
        text_append_byte(json, '}');
    }
    text_append_byte(json, ']');
    if (measure->has_rows_digest) {
        json_literal(json, "sha256", measure->rows_digest);
    } else {
        json_key(json, "sha256");
        text_append_literal(json, "null");
    }
    text_append_byte(json, '}');
}

/* Adds the number of records of a payout and the SHA-256 of its claims. */
static void add_claims(struct text_builder *json, const struct tuoyu_payout *payout)
{
    json_key(json, "claims");
    text_append_format(json, "{\"count\":%zu", payout->record_count);
    json_literal(json, "sha256", payout->claims_digest);
    text_append_byte(json, '}');
}

tuoyu_status answer_to_receipt(const struct tuoyu_answer *answer, tuoyu_text **out)
{
    struct text_builder json;
    char date[11];
    date_format(answer->as_of, date);
    text_builder_init(&json, &answer->arena.allocator);
    text_append_byte(&json, '{');
    json_key(&json, "receipt");
    text_append_format(&json, "%d", RECEIPT_FORMAT);
    json_literal(&json, "engine", tuoyu_version());
    json_text(&json, "rule", answer->rule->full_name);
    json_literal(&json, "as_of", date);
    add_packs(&json, answer->policy);
    add_changes(&json, answer->policy);
    if (!kind_of_rule(answer->rule)->answer_case) {
        write_rows(&json, measure_of(answer));
    } else {
        json_key(&json, "inputs");
        inputs_write(&json, &answer->policy->layering->program, &answer->inputs);
    }
    if (answer->kind == ANSWER_PAYOUT)
        add_claims(&json, payout_of(answer));
    json_key(&json, "outputs");
    answer_write_json(&json, answer);
    text_append_byte(&json, '}');
    return text_builder_to_handle(&json, out);
}
