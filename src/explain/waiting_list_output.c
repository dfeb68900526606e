/* SPDX-License-Identifier: Apache-2.0 */
/* A waiting list as JSON and as text: each entry with the reason for its place. */
#include "base/plain_text.h"
#include "explain/explanation.h"
#include "ledger/open_entries.h"
#include "rules/json_writer.h"

/* How many of the open entries that an admission hangs on are named, in JSON and in texts. */
enum { HANGS_ON_NAMED = 20, HANGS_ON_SHOWN = 3 };

/* ---- JSON ---- */

/* Adds a whole number. */
static void add_count(struct text_builder *json, const char *key, int64_t count)
{
    json_key(json, key);
    text_append_format(json, "%lld", (long long)count);
}

/* Adds, for each state, the number of entries in it. */
static void add_counts(struct text_builder *json, const struct tuoyu_waiting_list *list)
{
    for (int32_t state = TUOYU_WAITING_ADMITTED; state <= TUOYU_WAITING_ERROR; state++) {
        int64_t count = 0;
        for (size_t i = 0; i < list->count; i++)
            count += list->entries[i]->state == state;
        add_count(json, waiting_state_name(state), count);
    }
}

/* Adds the keys by which an entry is ordered; a key that is null has no `value`. The entry must have keys. */
static void add_keys(struct text_builder *json, const struct tuoyu_waiting_list *list,
                     const struct waiting_entry *entry)
{
    struct arena scratch;
    arena_init(&scratch, &list->policy->arena.allocator);
    json_begin_array(json, "keys");
    for (size_t i = 0; i < list->rule->admission_count; i++) {
        const struct admission_key *key = &list->rule->admission[i];
        json_begin_item(json, i);
        json_text(json, "id", key->id);
        if (entry->keys[i].kind != VALUE_NULL) {
            struct text shown = answer_value_text(
                &scratch, entry->keys[i], program_slot(&list->policy->layering->program, key->slot)->unit);
            json->failed |= !shown.bytes;
            json_text(json, "value", shown);
        }
        text_append_byte(json, '}');
    }
    text_append_byte(json, ']');
    arena_free(&scratch);
}

/* What puts an entry behind the one before it: a key, or `id`. */
static void add_behind(struct text_builder *json, const struct tuoyu_waiting_list *list, size_t index)
{
    if (index == 0)
        return;
    size_t key = waiting_list_difference(list, list->entries[index - 1], list->entries[index]);
    json_text(json, "behind_by", key == SIZE_MAX ? TEXT("id") : list->rule->admission[key].id);
}

/* The open entries that an admission hangs on: how many, and the ids of the first. */
static void add_hangs_on(struct text_builder *json, const struct tuoyu_waiting_list *list, size_t index)
{
    size_t count = admission_hangs_on(list, index);
    if (count == 0)
        return;
    json_begin_object(json, "hangs_on");
    add_count(json, "count", (int64_t)count);
    json_begin_array(json, "ids");
    for (size_t i = 0; i < count && i < HANGS_ON_NAMED; i++) {
        if (i)
            text_append_byte(json, ',');
        text_append_json(json, list->open[i]->id);
    }
    text_append_literal(json, "]}");
}

/* Adds the entry at this index. It has a position only if it has keys, that is if it is eligible and in
 * order. */
static void add_entry(struct text_builder *json, const struct tuoyu_waiting_list *list, size_t index)
{
    const struct waiting_entry *entry = list->entries[index];
    json_begin_item(json, index);
    json_text(json, "id", entry->id);
    json_literal(json, "state", waiting_state_name(entry->state));
    if (entry->keys) {
        add_count(json, "position", (int64_t)index + 1);
        add_behind(json, list, index);
        add_keys(json, list, entry);
    }
    json_literal(json, "admission", admission_name(admission_of(list, index)));
    add_hangs_on(json, list, index);
    if (entry->state == TUOYU_WAITING_PENDING) {
        json_begin_array(json, "missing");
        for (size_t i = 0; i < entry->missing_count; i++) {
            if (i)
                text_append_byte(json, ',');
            text_append_json(json, entry->missing[i]);
        }
        text_append_byte(json, ']');
    }
    if (entry->state == TUOYU_WAITING_ERROR)
        json_literal(json, "error", tuoyu_status_name(entry->error));
    if (entry->reason.bytes) {
        if (entry->line)
            add_count(json, "line", entry->line);
        json_text(json, "reason", entry->reason);
    }
    text_append_byte(json, '}');
}

tuoyu_status waiting_list_to_json(const struct tuoyu_waiting_list *list, tuoyu_text **out)
{
    struct text_builder json;
    char date[11];
    date_format(list->as_of, date);
    text_builder_init(&json, &list->policy->arena.allocator);
    text_append_byte(&json, '{');
    json_literal(&json, "kind", "waiting_list");
    json_text(&json, "rule", list->rule->rule.full_name);
    json_literal(&json, "as_of", date);
    add_count(&json, "places", list->places);
    add_counts(&json, list);
    json_begin_array(&json, "entries");
    for (size_t i = 0; i < list->count; i++)
        add_entry(&json, list, i);
    text_append_literal(&json, "]}");
    return text_builder_to_handle(&json, out);
}

/* ---- Text ---- */

static void write_id(const struct display *display, const struct waiting_entry *entry)
{
    if (entry->id.length)
        text_append_escaped(display->builder, entry->id);
    else
        display_words(display, "（无编号）", "(no id)");
}

/* Writes a key's value, or `none` for null. */
static void write_value(const struct display *display, struct value value, const struct slot *slot)
{
    if (value.kind == VALUE_NULL)
        display_words(display, "无", "none");
    else
        display_value(display, value, slot);
}

/* Writes which entry this one is behind, and by which key, with both values; if all keys are equal, that the
 * ids decide. */
static void write_difference(struct explanation *explanation, const struct tuoyu_waiting_list *list,
                             size_t index)
{
    const struct display *display = &explanation->display;
    const struct waiting_entry *before = list->entries[index - 1], *entry = list->entries[index];
    size_t which = waiting_list_difference(list, before, entry);
    display_words(display, "；在 ", "; behind ");
    text_append_escaped(display->builder, before->id);
    display_words(display, " 之后：", " by ");
    if (which == SIZE_MAX) {
        display_words(display, "各项相同，按编号排列", "its id, all else being equal");
        return;
    }
    const struct admission_key *key = &list->rule->admission[which];
    const struct slot *slot = program_slot(&list->policy->layering->program, key->slot);
    if (key->because.zh.bytes || key->because.en.bytes)
        display_localised(display, &key->because);
    else
        text_append(display->builder, key->id);
    display_words(display, "，", ", ");
    write_value(display, entry->keys[which], slot);
    display_words(display, " 对 ", " against ");
    write_value(display, before->keys[which], slot);
    explain_citation(explanation, &key->citation);
}

/* Writes what the entry waits for, by the labels of the facts. */
static void write_missing(const struct display *display, const struct tuoyu_waiting_list *list,
                          const struct waiting_entry *entry)
{
    for (size_t i = 0; i < entry->missing_count; i++) {
        uint32_t slot = layering_find_fact(list->policy->layering, entry->missing[i]);
        if (i)
            display_words(display, "、", ", ");
        if (slot == SLOT_NONE)
            text_append(display->builder, entry->missing[i]);
        else
            display_slot_name(display, program_slot(&list->policy->layering->program, slot));
    }
}

/* Writes why an entry is in error, with the line of its record if it is known. */
static void write_error(const struct display *display, const struct waiting_entry *entry)
{
    bool is_unreadable = entry->reason.bytes && entry->error == TUOYU_ERROR_SYNTAX;
    if (entry->line) {
        display_words(display, "第 ", "line ");
        text_append_format(display->builder, "%lld", (long long)entry->line);
        display_words(display, " 行", " ");
    }
    if (is_unreadable)
        display_words(display, "无法读取：", "cannot be read: ");
    else if (entry->line)
        display_words(display, "有错误：", "is in error: ");
    else
        display_words(display, "有错误：", "error: ");
    if (entry->reason.bytes)
        text_append(display->builder, entry->reason);
    else
        text_append_literal(display->builder, tuoyu_status_name(entry->error));
}

/* Says which open entries an admission hangs on: the first by name, and how many there are. */
static void write_hangs_on(const struct display *display, const struct tuoyu_waiting_list *list, size_t index)
{
    size_t count = admission_hangs_on(list, index);
    if (count == 0)
        return;
    display_words(display, "（未定，取决于 ", " (not certain: it hangs on ");
    for (size_t i = 0; i < count && i < HANGS_ON_SHOWN; i++) {
        if (i)
            display_words(display, "、", ", ");
        write_id(display, list->open[i]);
    }
    if (count > HANGS_ON_SHOWN)
        display_words(display, " 等 ", " and others, ");
    if (count > HANGS_ON_SHOWN)
        text_append_format(display->builder, "%zu", count);
    if (count > HANGS_ON_SHOWN)
        display_words(display, " 条记录", " records in all");
    display_words(display, "）", ")");
}

/* Says of an open entry whether it may still be admitted. */
static void write_chance(const struct display *display, const struct tuoyu_waiting_list *list, size_t index)
{
    if (admission_of(list, index) == TUOYU_ADMISSION_NONE)
        display_words(display, "；无论如何不能录取", "; cannot be admitted in any case");
    else
        display_words(display, "；仍可能录取", "; may still be admitted");
}

/* Writes why the entry stands at this index: its place and what puts it behind the one before, or why it has
 * no place. */
static void write_reason(struct explanation *explanation, const struct tuoyu_waiting_list *list, size_t index)
{
    const struct display *display = &explanation->display;
    const struct waiting_entry *entry = list->entries[index];
    switch (entry->state) {
    case TUOYU_WAITING_PENDING:
        display_words(display, "暂不能确定，缺少：", "not decided yet, missing: ");
        write_missing(display, list, entry);
        write_chance(display, list, index);
        return;
    case TUOYU_WAITING_REFUSED: display_words(display, "不符合条件", "not eligible"); return;
    case TUOYU_WAITING_ERROR:
        write_error(display, entry);
        write_chance(display, list, index);
        return;
    default: break;
    }
    display_words(display, "第 ", "place ");
    text_append_format(display->builder, "%zu", index + 1);
    display_words(display, " 位，", ", ");
    if (entry->state == TUOYU_WAITING_ADMITTED)
        display_words(display, "录取", "admitted");
    else
        display_words(display, "轮候", "waiting");
    write_hangs_on(display, list, index);
    if (index > 0)
        write_difference(explanation, list, index);
}

/* Writes a number of records in a list of such numbers; nothing for 0. Sets *has_others when it writes. */
static void write_open(const struct display *display, int64_t count, const char *zh, const char *en,
                       bool *has_others)
{
    if (count == 0)
        return;
    if (*has_others)
        display_words(display, "，", ", ");
    text_append_format(display->builder, "%lld", (long long)count);
    display_words(display, zh, en);
    *has_others = true;
}

/* Says how many records are open and may come before others once they are settled. */
static void write_not_final(const struct display *display, const struct tuoyu_waiting_list *list)
{
    struct record_counts records = waiting_list_records(list);
    bool has_others = false;
    if (open_records(&records) == 0)
        return;
    display_words(display, "名单未定：", "Not final: ");
    write_open(display, records.unreadable, " 条记录无法读取",
               records.unreadable == 1 ? " record cannot be read" : " records cannot be read", &has_others);
    write_open(display, records.error, " 条记录有错误",
               records.error == 1 ? " record is in error" : " records are in error", &has_others);
    write_open(display, records.undetermined, " 条记录资料不全",
               records.undetermined == 1 ? " record lacks facts" : " records lack facts", &has_others);
    display_words(display, "；查清之后可能排在他人之前\n", "; once settled they may come before others\n");
}

/* Begins a text about the list. The explanation writes into `builder`, which is initialized here. */
static struct explanation begin_list(const struct tuoyu_waiting_list *list, const char *language,
                                     struct text_builder *builder)
{
    text_builder_init(builder, &list->policy->arena.allocator);
    return (struct explanation){
        .display = {.builder = builder, .policy = list->policy, .is_english = language_is_english(language)}};
}

tuoyu_status waiting_list_reason(const struct tuoyu_waiting_list *list, size_t index, const char *language,
                                 tuoyu_text **out)
{
    struct text_builder builder;
    struct explanation explanation = begin_list(list, language, &builder);
    write_reason(&explanation, list, index);
    return text_builder_to_handle(&builder, out);
}

tuoyu_status waiting_list_to_text(const struct tuoyu_waiting_list *list, const char *language,
                                  tuoyu_text **out)
{
    struct text_builder builder;
    struct explanation explanation = begin_list(list, language, &builder);
    const struct display *display = &explanation.display;
    display_localised(display, &list->rule->rule.title);
    display_words(display, "\n基准日：", "\nAs of ");
    display_date(display, list->as_of);
    display_words(display, "\n可录取 ", "\nPlaces: ");
    text_append_format(&builder, "%lld", (long long)list->places);
    display_words(display, " 名\n", "\n");
    for (size_t i = 0; i < list->count; i++) {
        write_id(display, list->entries[i]);
        display_words(display, "：", ": ");
        write_reason(&explanation, list, i);
        end_line(&explanation);
    }
    write_not_final(display, list);
    return text_builder_to_handle(&builder, out);
}
