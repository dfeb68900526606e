/* SPDX-License-Identifier: Apache-2.0 */
/* Keeps a waiting list: asks each case for its verdict and keys, sorts the entries, and admits as many as
 * there are places. */
#include "ledger/waiting_list.h"

#include "base/diagnostics.h"
#include "base/plain_text.h"
#include "ledger/open_entries.h"

/* The word for a TUOYU_WAITING_… state; "" for any other number. */
const char *waiting_state_name(int32_t state)
{
    static const char *const NAMES[] = {[0] = "",
                                        [TUOYU_WAITING_ADMITTED] = "admitted",
                                        [TUOYU_WAITING_QUEUED] = "waiting",
                                        [TUOYU_WAITING_PENDING] = "pending",
                                        [TUOYU_WAITING_REFUSED] = "refused",
                                        [TUOYU_WAITING_ERROR] = "error"};
    return state >= TUOYU_WAITING_ADMITTED && state <= TUOYU_WAITING_ERROR ? NAMES[state] : NAMES[0];
}

/* ---- Life ---- */

/* Reports a rule that is not in force on the day. */
static tuoyu_status check_in_force(const struct rule *rule, int32_t as_of, tuoyu_diagnostics *diagnostics)
{
    char today[11], nearest[11];
    bool is_early = as_of < rule->first_day;
    if (!is_early && as_of <= rule->last_day)
        return TUOYU_OK;
    date_format(as_of, today);
    date_format(is_early ? rule->first_day : rule->last_day, nearest);
    char buffer[MESSAGE_SIZE];
    struct text time = is_early ? message_write(buffer, sizeof buffer, "from %s", nearest)
                                : message_write(buffer, sizeof buffer, "until %s", nearest);
    return report(diagnostics, TUOYU_ERROR_NOT_IN_FORCE, rule->where, TEXT(""),
                  "the rule `%.*s` is not in force on %s: it is %.*s", TEXT_ARGUMENTS(rule->full_name), today,
                  TEXT_ARGUMENTS(time));
}

tuoyu_status waiting_list_make(const struct tuoyu_eligibility *rule, int32_t as_of, int64_t places,
                               struct tuoyu_waiting_list **out, tuoyu_diagnostics *diagnostics)
{
    *out = NULL;
    rule = eligibility_of(rule_on(&rule->rule, as_of));
    if (rule->admission_count == 0)
        return report(diagnostics, TUOYU_ERROR_NOT_FOUND, rule->rule.where,
                      TEXT("add `admission` to the rule"), "the rule `%.*s` gives no order of admission",
                      TEXT_ARGUMENTS(rule->rule.full_name));
    tuoyu_status status = check_in_force(&rule->rule, as_of, diagnostics);
    if (status != TUOYU_OK)
        return status;
    const tuoyu_allocator *allocator = &rule->rule.policy->arena.allocator;
    struct tuoyu_waiting_list *list = allocator_allocate(allocator, sizeof *list);
    if (!list)
        return report_no_memory(diagnostics);
    *list = (struct tuoyu_waiting_list){.policy = policy_ref(rule->rule.policy),
                                        .rule = rule,
                                        .as_of = as_of,
                                        .places = places,
                                        .is_ordered = true};
    arena_init(&list->arena, allocator);
    arena_init(&list->scratch, allocator);
    map_init(&list->by_id, &list->arena);
    *out = list;
    return TUOYU_OK;
}

void waiting_list_free(struct tuoyu_waiting_list *list)
{
    if (!list)
        return;
    struct tuoyu_policy *policy = list->policy;
    tuoyu_allocator allocator = policy->arena.allocator;
    arena_free(&list->arena);
    arena_free(&list->scratch);
    allocator_free(&allocator, list, sizeof *list);
    policy_unref(policy);
}

/* ---- Adding ---- */

/* Makes the entry pending and keeps the names of what it waits for. Returns false when memory is refused. */
static bool keep_missing(struct tuoyu_waiting_list *list, struct waiting_entry *entry,
                         const struct text *names, size_t count)
{
    entry->state = TUOYU_WAITING_PENDING;
    entry->missing = ARENA_ARRAY(&list->arena, struct text, count);
    if (!entry->missing)
        return false;
    for (size_t i = 0; i < count; i++) {
        entry->missing[i] = text_copy(&list->arena, names[i]);
        if (!entry->missing[i].bytes)
            return false;
    }
    entry->missing_count = count;
    return true;
}

/* Makes the entry pending, with what the answer is missing. Returns false when memory is refused. */
static bool keep_missing_of(struct tuoyu_waiting_list *list, struct waiting_entry *entry,
                            const struct tuoyu_answer *answer)
{
    struct text *names = ARENA_ARRAY(&list->arena, struct text, answer->missing_count);
    if (!names)
        return false;
    for (size_t i = 0; i < answer->missing_count; i++)
        names[i] = answer->missing[i].name;
    return keep_missing(list, entry, names, answer->missing_count);
}

/* Makes the entry pending if some key waits for facts; it has no place until they are known. TUOYU_OK or
 * TUOYU_ERROR_NO_MEMORY. */
static tuoyu_status find_missing_keys(struct tuoyu_waiting_list *list, struct waiting_entry *entry,
                                      struct evaluation *evaluation, const struct value *keys)
{
    const struct cause **missing = NULL;
    size_t count = 0;
    if (!evaluation_missing(evaluation, keys, list->rule->admission_count, &missing, &count))
        return TUOYU_ERROR_NO_MEMORY;
    if (count == 0)
        return TUOYU_OK;
    struct text *names = ARENA_ARRAY(&list->arena, struct text, count);
    if (!names)
        return TUOYU_ERROR_NO_MEMORY;
    for (size_t i = 0; i < count; i++)
        names[i] = missing[i]->name;
    return keep_missing(list, entry, names, count) ? TUOYU_OK : TUOYU_ERROR_NO_MEMORY;
}

/* Reports a key whose value has no order, which the compiler could not see if the type was not known. */
static tuoyu_status check_value(const struct admission_key *key, struct value value,
                                tuoyu_diagnostics *diagnostics)
{
    bool is_right = value.kind == VALUE_NULL ||
                    (key->direction == ADMIT_FIRST ? value.kind == VALUE_BOOLEAN
                                                   : value.kind == VALUE_NUMBER || value.kind == VALUE_DATE);
    if (is_right)
        return TUOYU_OK;
    return report(diagnostics, TUOYU_ERROR_TYPE, key->citation.where, TEXT(""),
                  "`%.*s` is ordered by, so it must be a number or a date", TEXT_ARGUMENTS(key->id));
}

/* Keeps the keys of an open entry up to the first that is not known or has an error: whatever the missing
 * facts come to be, a key that is known now stays as it is. TUOYU_OK, TUOYU_ERROR_NO_MEMORY
 * or why the evaluation ended. */
static tuoyu_status keep_leading_keys(struct tuoyu_waiting_list *list, struct waiting_entry *entry,
                                      struct evaluation *evaluation, tuoyu_diagnostics *diagnostics)
{
    entry->leading_keys = ARENA_ARRAY(&list->arena, struct value, list->rule->admission_count);
    if (!entry->leading_keys)
        return TUOYU_ERROR_NO_MEMORY;
    for (size_t i = 0; i < list->rule->admission_count; i++) {
        struct value value = evaluation_value(evaluation, list->rule->admission[i].slot);
        const struct cause **missing = NULL;
        size_t count = 0;
        if (!evaluation_missing(evaluation, &value, 1, &missing, &count))
            return TUOYU_ERROR_NO_MEMORY;
        if (evaluation_has_ended(evaluation))
            return evaluation_status(evaluation, value, diagnostics);
        bool is_known = count == 0 && evaluation_status(evaluation, value, NULL) == TUOYU_OK &&
                        check_value(&list->rule->admission[i], value, NULL) == TUOYU_OK;
        if (!is_known)
            return TUOYU_OK;
        entry->leading_keys[entry->leading_count++] = value.kind == VALUE_NULL ? VALUE_NOTHING : value;
    }
    return TUOYU_OK;
}

/* Reads the keys of an eligible case. The entry becomes queued, or pending if a key is not known. Returns
 * TUOYU_OK or the status of the first error. */
static tuoyu_status ask_keys_in(struct tuoyu_waiting_list *list, struct waiting_entry *entry,
                                struct evaluation *evaluation, tuoyu_diagnostics *diagnostics)
{
    struct value *keys = ARENA_ARRAY(&list->arena, struct value, list->rule->admission_count);
    if (!keys)
        return TUOYU_ERROR_NO_MEMORY;
    for (size_t i = 0; i < list->rule->admission_count; i++) {
        keys[i] = evaluation_value(evaluation, list->rule->admission[i].slot);
        tuoyu_status status = evaluation_status(evaluation, keys[i], diagnostics);
        if (status == TUOYU_OK)
            status = check_value(&list->rule->admission[i], keys[i], diagnostics);
        if (status != TUOYU_OK)
            return status;
    }
    tuoyu_status status = find_missing_keys(list, entry, evaluation, keys);
    if (status != TUOYU_OK)
        return status;
    entry->is_eligible = entry->state == TUOYU_WAITING_PENDING;
    if (entry->is_eligible)
        return keep_leading_keys(list, entry, evaluation, diagnostics);
    for (size_t i = 0; i < list->rule->admission_count; i++)
        if (keys[i].kind == VALUE_NULL)
            keys[i] = VALUE_NOTHING; /* the cause of a null would not outlive the evaluation */
    entry->keys = entry->leading_keys = keys;
    entry->leading_count = list->rule->admission_count;
    entry->state = TUOYU_WAITING_QUEUED;
    return TUOYU_OK;
}

/* Reads the keys of a case in an evaluation that is borrowed for it: all of them if it is eligible, else
 * those that come first and are known. Returns TUOYU_OK or the status of the first error. */
static tuoyu_status ask_keys(struct tuoyu_waiting_list *list, struct waiting_entry *entry,
                             const struct tuoyu_case *facts, tuoyu_diagnostics *diagnostics)
{
    struct evaluation *evaluation = case_begin(facts, list->as_of);
    if (!evaluation)
        return TUOYU_ERROR_NO_MEMORY;
    tuoyu_status status = TUOYU_OK;
    if (entry->state != TUOYU_WAITING_PENDING)
        status = ask_keys_in(list, entry, evaluation, diagnostics);
    else
        status = keep_leading_keys(list, entry, evaluation, diagnostics);
    case_end(facts, evaluation);
    return status;
}

/* Asks the verdict of a case: refused, pending, or, if eligible, as its keys say. */
static tuoyu_status ask(struct tuoyu_waiting_list *list, struct waiting_entry *entry,
                        const struct tuoyu_case *facts, tuoyu_diagnostics *diagnostics)
{
    struct tuoyu_verdict *verdict = NULL;
    tuoyu_status status = eligibility_verdict(list->rule, facts, list->as_of, &verdict, diagnostics);
    if (status != TUOYU_OK)
        return status;
    int32_t decision = verdict->decision;
    entry->is_not_applicable = decision == TUOYU_DECISION_NOT_APPLICABLE;
    entry->state = TUOYU_WAITING_REFUSED;
    if (decision == TUOYU_DECISION_UNDETERMINED && !keep_missing_of(list, entry, &verdict->answer))
        status = TUOYU_ERROR_NO_MEMORY;
    answer_free(&verdict->answer);
    bool has_keys = decision == TUOYU_ELIGIBLE || decision == TUOYU_DECISION_UNDETERMINED;
    return status == TUOYU_OK && has_keys ? ask_keys(list, entry, facts, diagnostics) : status;
}

/* Adds an entry to the list, and to its ids if it is a case. TUOYU_OK or TUOYU_ERROR_NO_MEMORY. */
static tuoyu_status keep_entry(struct tuoyu_waiting_list *list, struct waiting_entry *entry)
{
    struct waiting_entry **entries =
        arena_grow(&list->arena, list->entries, list->count, &list->capacity, sizeof *entries);
    if (!entries)
        return TUOYU_ERROR_NO_MEMORY;
    list->entries = entries;
    if (!entry->reason.bytes && !map_put(&list->by_id, entry->id, entry))
        return TUOYU_ERROR_NO_MEMORY;
    entries[list->count++] = entry;
    list->is_ordered = false;
    return TUOYU_OK;
}

tuoyu_status waiting_list_add(struct tuoyu_waiting_list *list, struct text id, const struct tuoyu_case *facts,
                              tuoyu_diagnostics *diagnostics)
{
    if (map_get(&list->by_id, id))
        return report(diagnostics, TUOYU_ERROR_DUPLICATE, (struct location){.source = NULL},
                      TEXT("each case has an id of its own"), "`%.*s` is on the waiting list already",
                      TEXT_ARGUMENTS(id));
    struct waiting_entry *entry = ARENA_NEW(&list->arena, struct waiting_entry);
    struct text copy = text_copy(&list->arena, id);
    if (!entry || !copy.bytes)
        return report_no_memory(diagnostics);
    entry->id = copy;
    tuoyu_status status = ask(list, entry, facts, diagnostics);
    if (status == TUOYU_ERROR_CANCELLED)
        return status;
    if (status == TUOYU_ERROR_NO_MEMORY)
        return report_no_memory(diagnostics);
    if (status != TUOYU_OK)
        *entry = (struct waiting_entry){.id = copy, .state = TUOYU_WAITING_ERROR, .error = status};
    return keep_entry(list, entry) == TUOYU_OK ? status : report_no_memory(diagnostics);
}

/* The id of such a record is not entered in by_id: it may be that of another entry, or not fit to be shown
 * as it is. */
tuoyu_status waiting_list_add_error(struct tuoyu_waiting_list *list, int64_t line, struct text id,
                                    tuoyu_status code, struct text reason, tuoyu_diagnostics *diagnostics)
{
    struct waiting_entry *entry = ARENA_NEW(&list->arena, struct waiting_entry);
    struct text_builder shown_id, shown_reason;
    text_builder_init_arena(&shown_id, &list->arena);
    text_builder_init_arena(&shown_reason, &list->arena);
    text_append_escaped(&shown_id, id);
    text_append(&shown_id, TEXT(""));
    text_append_escaped(&shown_reason, reason);
    text_append(&shown_reason, TEXT(""));
    if (!entry || shown_id.failed || shown_reason.failed)
        return report_no_memory(diagnostics);
    *entry = (struct waiting_entry){.id = text_builder_text(&shown_id),
                                    .state = TUOYU_WAITING_ERROR,
                                    .error = code,
                                    .line = line,
                                    .reason = text_builder_text(&shown_reason)};
    return keep_entry(list, entry) == TUOYU_OK ? TUOYU_OK : report_no_memory(diagnostics);
}

/* ---- What became of the records ---- */

/* True for a record that could not be read at all, which was added with TUOYU_ERROR_SYNTAX; not for one whose
 * facts were refused. */
static bool is_unreadable(const struct waiting_entry *entry)
{
    return entry->reason.bytes && entry->error == TUOYU_ERROR_SYNTAX;
}

struct record_counts waiting_list_records(const struct tuoyu_waiting_list *list)
{
    struct record_counts records = {.read = (int64_t)list->count};
    for (size_t i = 0; i < list->count; i++) {
        const struct waiting_entry *entry = list->entries[i];
        if (is_unreadable(entry))
            records.unreadable++;
        else if (entry->state == TUOYU_WAITING_ERROR)
            records.error++;
        else if (entry->state == TUOYU_WAITING_PENDING)
            records.undetermined++;
        else if (entry->is_not_applicable)
            records.not_applicable++;
        else
            records.determined++;
    }
    return records;
}

size_t waiting_list_open_count(const struct tuoyu_waiting_list *list)
{
    struct record_counts records = waiting_list_records(list);
    return (size_t)open_records(&records);
}

/* ---- Order ---- */

size_t waiting_list_difference(const struct tuoyu_waiting_list *list, const struct waiting_entry *left,
                               const struct waiting_entry *right)
{
    for (size_t i = 0; i < list->rule->admission_count; i++)
        if (admission_key_compare(&list->rule->admission[i], left->keys[i], right->keys[i]) != 0)
            return i;
    return SIZE_MAX;
}

/* Entries with a place come first, and the others by their state. */
static int32_t rank_of(const struct waiting_entry *entry)
{
    return entry->keys ? TUOYU_WAITING_ADMITTED : entry->state;
}

/* The order of the list: below 0 if `left` comes first. Ids decide ties, and then lines. */
static int compare_entries(const void *context, const void *left_entry, const void *right_entry)
{
    const struct tuoyu_waiting_list *list = context;
    const struct waiting_entry *left = left_entry, *right = right_entry;
    int32_t left_rank = rank_of(left), right_rank = rank_of(right);
    if (left_rank != right_rank)
        return left_rank < right_rank ? -1 : 1;
    if (left->keys) {
        size_t key = waiting_list_difference(list, left, right);
        if (key != SIZE_MAX)
            return admission_key_compare(&list->rule->admission[key], left->keys[key], right->keys[key]);
    }
    int order = text_compare(left->id, right->id);
    return order ? order : (left->line > right->line) - (left->line < right->line);
}

tuoyu_status waiting_list_order(struct tuoyu_waiting_list *list)
{
    if (list->is_ordered)
        return TUOYU_OK;
    struct arena_mark mark = arena_mark(&list->arena);
    void **scratch = ARENA_ARRAY(&list->arena, void *, list->count);
    if (!scratch)
        return TUOYU_ERROR_NO_MEMORY;
    tuoyu_status status =
        policy_sort(list->policy, list->entries, list->count, scratch, compare_entries, list);
    arena_rewind(&list->arena, mark);
    if (status == TUOYU_OK)
        status = admission_find(list);
    if (status != TUOYU_OK)
        return status;
    for (size_t i = 0; i < list->count && list->entries[i]->keys; i++)
        list->entries[i]->state = (int64_t)i < list->places ? TUOYU_WAITING_ADMITTED : TUOYU_WAITING_QUEUED;
    list->is_ordered = true;
    return TUOYU_OK;
}
