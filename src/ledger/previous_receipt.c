/* SPDX-License-Identifier: Apache-2.0 */
/* Reads the receipt of an earlier payout, and adds up again what it says. */
#include "ledger/previous_receipt.h"

#include <string.h>

#include "value/date.h"
#include "value/decimal.h"

/* The reading of one receipt. */
struct reading {
    struct json_scan scan;
    struct arena *arena;
    struct previous_receipt *receipt;
    bool is_payout, has_outputs, has_claims, has_inputs;
    int64_t format;
};

/* Makes room for one more item of an array of the receipt, and gives it zeroed; NULL, and the scan fails,
 * without memory. */
#define GROW(reading, items, count, capacity)                                   \
    ((items) = grow((reading), (items), (count), &(capacity), sizeof *(items)), \
     (items) ? &(items)[(count)++] : NULL)

/* arena_grow() whose failure ends the scan. */
static void *grow(struct reading *reading, void *items, size_t count, size_t *capacity, size_t size)
{
    void *grown = arena_grow(reading->arena, items, count, capacity, size);
    if (!grown)
        reading->scan.failed = true;
    return grown;
}

/* ---- Values ---- */

/* Reads a number, which stands as a text. */
static void read_number(struct reading *reading, struct answer_number *out)
{
    struct text digits = json_scan_text(&reading->scan);
    out->is_given = !reading->scan.failed && decimal_parse(digits, &out->number) == TUOYU_OK;
    if (!out->is_given)
        reading->scan.failed = true;
}

/* Reads a date, which stands as a text. */
static int32_t read_date(struct reading *reading)
{
    int32_t date = 0;
    struct text text = json_scan_text(&reading->scan);
    if (tuoyu_date_from_text(text.bytes, text.length, &date) != TUOYU_OK)
        reading->scan.failed = true;
    return date;
}

/* A place that one of several members is read into, by its name. */
struct number_member {
    const char *name;
    struct answer_number *number;
};

/* Reads the member if it is one of the numbers. Returns whether it is. */
static bool read_one_of(struct reading *reading, struct text key, const struct number_member *members,
                        size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (!text_is(key, members[i].name))
            continue;
        read_number(reading, members[i].number);
        return true;
    }
    return false;
}

/* ---- Packs, facts, records ---- */

/* Reads the list of packs. */
static void read_packs(struct reading *reading)
{
    struct previous_receipt *receipt = reading->receipt;
    struct json_scan *scan = &reading->scan;
    struct text key;
    for (json_scan_begin(scan, '['); json_scan_item(scan);) {
        struct recorded_pack *pack =
            GROW(reading, receipt->packs, receipt->pack_count, receipt->pack_capacity);
        if (!pack)
            return;
        *pack = (struct recorded_pack){.id = TEXT(""), .sum = TEXT("")};
        for (json_scan_begin(scan, '{'); json_scan_key(scan, &key);) {
            if (text_is(key, "id"))
                pack->id = json_scan_text(scan);
            else if (text_is(key, "sha256"))
                pack->sum = json_scan_text(scan);
            else
                json_scan_skip(scan);
        }
    }
}

/* Reads the facts of the budget. */
static void read_facts(struct reading *reading)
{
    struct previous_receipt *receipt = reading->receipt;
    struct json_scan *scan = &reading->scan;
    struct text key;
    reading->has_inputs = true;
    for (json_scan_begin(scan, '{'); json_scan_key(scan, &key);) {
        struct recorded_fact *fact =
            GROW(reading, receipt->facts, receipt->fact_count, receipt->fact_capacity);
        if (!fact)
            return;
        *fact = (struct recorded_fact){.name = key, .text = TEXT(""), .first = json_scan_next(scan)};
        if (fact->first == '"')
            fact->text = json_scan_text(scan);
        else
            json_scan_word(scan, fact->first == 'n' ? "null" : fact->first == 't' ? "true" : "false");
    }
}

/* Reads how many records there were. */
static void read_record_count(struct reading *reading)
{
    struct text key;
    reading->has_claims = true;
    for (json_scan_begin(&reading->scan, '{'); json_scan_key(&reading->scan, &key);) {
        if (text_is(key, "count"))
            reading->receipt->record_count = json_scan_count(&reading->scan);
        else
            json_scan_skip(&reading->scan);
    }
}

/* ---- The answer ---- */

/* Reads a claim of the list. */
static void read_claim(struct reading *reading, struct recorded_claim *claim)
{
    const struct number_member NUMBERS[] = {
        {"claimed", &claim->claimed}, {"paid", &claim->paid}, {"due", &claim->due}};
    struct json_scan *scan = &reading->scan;
    struct text key;
    *claim = (struct recorded_claim){.id = TEXT(""), .state = TEXT(""), .records = 1};
    for (json_scan_begin(scan, '{'); json_scan_key(scan, &key);) {
        if (text_is(key, "id"))
            claim->id = json_scan_text(scan);
        else if (text_is(key, "state"))
            claim->state = json_scan_text(scan);
        else if (text_is(key, "duplicates"))
            claim->records = 1 + json_scan_count(scan);
        else if (!read_one_of(reading, key, NUMBERS, sizeof NUMBERS / sizeof *NUMBERS))
            json_scan_skip(scan);
    }
}

/* Reads the list of claims. */
static void read_claims(struct reading *reading)
{
    struct previous_receipt *receipt = reading->receipt;
    for (json_scan_begin(&reading->scan, '['); json_scan_item(&reading->scan);) {
        struct recorded_claim *claim =
            GROW(reading, receipt->claims, receipt->claim_count, receipt->claim_capacity);
        if (!claim)
            return;
        read_claim(reading, claim);
    }
}

/* Reads what each claim was paid in the payouts before that one. */
static void read_paid_before(struct reading *reading)
{
    struct previous_receipt *receipt = reading->receipt;
    struct text key;
    for (json_scan_begin(&reading->scan, '{'); json_scan_key(&reading->scan, &key);) {
        struct answer_number amount = {.is_given = false};
        struct paid_before *before =
            GROW(reading, receipt->before, receipt->before_count, receipt->before_capacity);
        if (!before)
            return;
        read_number(reading, &amount);
        *before = (struct paid_before){.id = key, .amount = amount.number};
    }
}

/* Reads the payout that this one followed on. */
static void read_previous(struct reading *reading)
{
    struct json_scan *scan = &reading->scan;
    struct text key;
    reading->receipt->has_previous = true;
    for (json_scan_begin(scan, '{'); json_scan_key(scan, &key);) {
        if (text_is(key, "used"))
            read_number(reading, &reading->receipt->used);
        else if (text_is(key, "paid"))
            read_paid_before(reading);
        else
            json_scan_skip(scan);
    }
}

/* Reads the answer. */
static void read_outputs(struct reading *reading)
{
    struct previous_receipt *receipt = reading->receipt;
    const struct number_member NUMBERS[] = {{"budget", &receipt->budget},
                                            {"overspent", &receipt->overspent},
                                            {"paid", &receipt->paid},
                                            {"left", &receipt->left},
                                            {"unpaid", &receipt->unpaid}};
    struct json_scan *scan = &reading->scan;
    struct text key;
    reading->has_outputs = true;
    for (json_scan_begin(scan, '{'); json_scan_key(scan, &key);) {
        if (text_is(key, "kind"))
            reading->is_payout = text_is(json_scan_text(scan), "payout");
        else if (text_is(key, "unit"))
            receipt->unit = json_scan_text(scan);
        else if (text_is(key, "claims"))
            read_claims(reading);
        else if (text_is(key, "previous"))
            read_previous(reading);
        else if (!read_one_of(reading, key, NUMBERS, sizeof NUMBERS / sizeof *NUMBERS))
            json_scan_skip(scan);
    }
}

/* Reads a member of the receipt. */
static void read_member(struct reading *reading, struct text key)
{
    struct json_scan *scan = &reading->scan;
    if (text_is(key, "receipt"))
        reading->format = json_scan_count(scan);
    else if (text_is(key, "rule"))
        reading->receipt->rule = json_scan_text(scan);
    else if (text_is(key, "as_of"))
        reading->receipt->as_of = read_date(reading);
    else if (text_is(key, "packs"))
        read_packs(reading);
    else if (text_is(key, "inputs"))
        read_facts(reading);
    else if (text_is(key, "claims"))
        read_record_count(reading);
    else if (text_is(key, "outputs"))
        read_outputs(reading);
    else {
        reading->receipt->has_changes |= text_is(key, "changes");
        json_scan_skip(scan);
    }
}

const char *previous_receipt_read(struct text text, struct arena *arena, struct previous_receipt *receipt)
{
    struct reading reading = {.arena = arena, .receipt = receipt};
    struct text key;
    *receipt = (struct previous_receipt){.rule = TEXT(""), .unit = TEXT("")};
    json_scan_init(&reading.scan, text, arena);
    for (json_scan_begin(&reading.scan, '{'); json_scan_key(&reading.scan, &key);)
        read_member(&reading, key);
    if (!json_scan_is_done(&reading.scan))
        return "it is no receipt: a receipt is the one JSON object that was written, whole and unchanged";
    if (reading.format != 1)
        return "it is no receipt of format 1";
    if (!reading.has_claims || !reading.has_outputs || !reading.has_inputs || !reading.is_payout)
        return "it is a receipt, but of no payout";
    return NULL;
}

/* ---- Adding up again ---- */

/* The sum of two amounts; a sum that is none makes it not given. */
static void add(struct answer_number *sum, tuoyu_decimal amount)
{
    sum->is_given = sum->is_given && decimal_add(sum->number, amount, &sum->number) == TUOYU_OK;
}

/* Whether the numbers are given and the same. */
static bool is_same(const struct answer_number *left, const struct answer_number *right)
{
    return left->is_given && right->is_given && decimal_compare(left->number, right->number) == 0;
}

/* Whether a number that is given is below zero. */
static bool is_negative(const struct answer_number *number)
{
    return number->is_given && decimal_sign(number->number) < 0;
}

/* What was due to the claim in that payout. */
static const struct answer_number *due_of(const struct recorded_claim *claim)
{
    return claim->due.is_given ? &claim->due : &claim->claimed;
}

/* Whether what is paid of the claim goes with its state. */
static bool is_claim_in_order(const struct recorded_claim *claim)
{
    const struct answer_number *due = due_of(claim), *paid = &claim->paid;
    bool is_open = text_is(claim->state, "open") || text_is(claim->state, "error");
    bool is_paid = text_is(claim->state, "paid"), is_in_part = text_is(claim->state, "in_part");
    if (is_negative(paid) || is_negative(&claim->claimed) || is_negative(due))
        return false;
    if (!paid->is_given || decimal_sign(paid->number) == 0)
        return !is_paid && !is_in_part && is_open == !paid->is_given;
    if (!due->is_given || !claim->id.length)
        return false;
    int order = decimal_compare(paid->number, due->number);
    return is_paid ? order == 0 : is_in_part && order < 0;
}

/* Adds what was due to a claim and was not paid. */
static void add_unpaid(struct answer_number *sum, const struct recorded_claim *claim)
{
    const struct answer_number *due = due_of(claim);
    bool is_in_line =
        text_is(claim->state, "paid") || text_is(claim->state, "in_part") || text_is(claim->state, "unpaid");
    if (!is_in_line || !due->is_given || !claim->paid.is_given)
        return;
    add(sum, due->number);
    add(sum, decimal_negate(claim->paid.number));
}

const char *previous_receipt_check(const struct previous_receipt *receipt)
{
    struct answer_number paid = {.is_given = true, .number = decimal_from_integer(0)}, unpaid = paid, whole;
    int64_t records = 0;
    struct answer_number before = paid;
    for (size_t i = 0; i < receipt->before_count; i++)
        add(&before, receipt->before[i].amount);
    if (receipt->has_previous && (!receipt->used.is_given || !before.is_given ||
                                  decimal_compare(before.number, receipt->used.number) > 0))
        return "more was paid before it than was used of the budget";
    for (size_t i = 0; i < receipt->claim_count; i++) {
        const struct recorded_claim *claim = &receipt->claims[i];
        if (!is_claim_in_order(claim))
            return "what is paid of one of its claims does not go with what was due and with its state";
        records += claim->records;
        if (claim->paid.is_given)
            add(&paid, claim->paid.number);
        add_unpaid(&unpaid, claim);
    }
    if (records != receipt->record_count)
        return "it lists another number of claims than it counts";
    if (!receipt->budget.is_given)
        return decimal_sign(paid.number) ? "it pays from a budget that it does not know" : NULL;
    if (!is_same(&paid, &receipt->paid))
        return "what its claims are paid does not sum to what it paid";
    if (!is_same(&unpaid, &receipt->unpaid))
        return "what its claims are not paid does not sum to what it left unpaid";
    whole = receipt->left;
    add(&whole, paid.number);
    bool is_whole = is_same(&whole, &receipt->budget) && !is_negative(&receipt->left);
    return is_whole ? NULL : "what it paid and what it left are not its budget";
}
