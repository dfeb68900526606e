/* SPDX-License-Identifier: Apache-2.0 */
/* Reads receipts, which are JSON, by the reader of YAML, and gives their facts to a case. */
#include "cli/receipt_reader.h"

#include <stdlib.h>
#include <string.h>

#include "cli/typed_value.h"
#include "cli/value_reader.h"

/* Hexadecimal digits of a SHA-256 sum. */
enum { SUM_LENGTH = TUOYU_SHA256_TEXT_SIZE - 1 };
/* Each pack is compared with those before it. */
enum { PACKS_MOST = 1000 };

/* ---- Line breaks that YAML has and JSON has not ----
 * JSON is read as YAML, which folds U+0085, U+2028 and U+2029 inside a text and refuses other control
 * characters. Escaped, they mean the same in both. */

/* The length of a character that must be escaped, with its code point; 0 for any other. */
static size_t length_of_special(const unsigned char *text, size_t left, unsigned *code_point)
{
    if (text[0] == 0x7F)
        return *code_point = 0x7F, 1;
    if (left > 1 && text[0] == 0xC2 && text[1] < 0xA0)
        return *code_point = text[1], 2;
    if (left > 2 && text[0] == 0xE2 && text[1] == 0x80 && (text[2] == 0xA8 || text[2] == 0xA9))
        return *code_point = 0x2000 + (text[2] & 0x3Fu), 3;
    if (left > 2 && text[0] == 0xEF && text[1] == 0xBB && text[2] == 0xBF)
        return *code_point = 0xFEFF, 3;
    if (left > 2 && text[0] == 0xEF && text[1] == 0xBF && text[2] >= 0xBE)
        return *code_point = 0xFFC0u + (text[2] & 0x3Fu), 3;
    return 0;
}

/* A copy in which such characters are escaped; the caller frees it. *length becomes that of the copy. */
static char *escape_for_yaml(const char *text, size_t *length)
{
    static const char DIGITS[] = "0123456789abcdef";
    char *escaped = must_resize(NULL, *length + 1, 6);
    size_t written = 0;
    for (size_t i = 0; i < *length;) {
        unsigned code_point = 0;
        size_t special = length_of_special((const unsigned char *)text + i, *length - i, &code_point);
        if (!special) {
            escaped[written++] = text[i++];
            continue;
        }
        memcpy(escaped + written, "\\u", 2);
        for (unsigned k = 0; k < 4; k++)
            escaped[written + 2 + k] = DIGITS[code_point >> (12 - 4 * k) & 15];
        written += 6;
        i += special;
    }
    escaped[written] = '\0';
    *length = written;
    return escaped;
}

/* ---- Parts ---- */

/* A copy of a problem's text, which the caller frees. */
static char *problem(const char *what)
{
    return must_format("%s", what);
}

/* The text of an entry, which the caller frees; NULL where there is none. */
static char *text_of_entry(tuoyu_value *context, const char *name)
{
    return text_entry(context, name, TUOYU_NUL_TERMINATED);
}

/* Whether a text, which may be NULL, is a SHA-256 sum. */
static bool is_sum(const char *text)
{
    return text && strlen(text) == SUM_LENGTH && strspn(text, "0123456789abcdef") == SUM_LENGTH;
}

/* Whether the receipt has the pack already. Versions of a pack have one id and different sums. */
static bool has_pack(const struct receipt *receipt, const struct receipt_pack *pack)
{
    for (size_t i = 0; i < receipt->pack_count; i++)
        if (strcmp(receipt->packs[i].id, pack->id) == 0 && strcmp(receipt->packs[i].sum, pack->sum) == 0)
            return true;
    return false;
}

/* Reads a pack of the list; false where it is malformed or stands twice. */
static bool read_pack(tuoyu_value *item, struct receipt *receipt)
{
    struct receipt_pack pack = {.id = text_of_entry(item, "id"), .sum = text_of_entry(item, "sha256")};
    bool is_good = pack.id && is_sum(pack.sum) && !has_pack(receipt, &pack);
    if (is_good) {
        receipt->packs[receipt->pack_count++] = pack;
    } else {
        free(pack.id);
        free(pack.sum);
    }
    return is_good;
}

/* Reads the list of packs. Returns what is wrong with it, which the caller frees, or NULL; so do the
 * functions below. */
static char *read_packs(tuoyu_value *packs, struct receipt *receipt)
{
    size_t count = packs && tuoyu_value_kind(packs) == TUOYU_VALUE_LIST ? tuoyu_value_count(packs) : 0;
    if (count > PACKS_MOST)
        return problem("`packs` lists more than 1000 packs");
    bool is_good = count > 0;
    receipt->packs = must_resize(NULL, count, sizeof *receipt->packs);
    for (size_t i = 0; i < count && is_good; i++) {
        tuoyu_value *item = NULL;
        must_have_memory(tuoyu_value_item(packs, i, &item));
        is_good = read_pack(item, receipt);
        tuoyu_value_unref(item);
    }
    return is_good ? NULL
                   : problem("`packs` must list each pack once, with its `id` and its `sha256` (64 "
                             "hexadecimal digits)");
}

/* Reads a change of a scenario, whose texts the caller frees; false where it is malformed. */
static bool read_change(tuoyu_value *item, tuoyu_change *change)
{
    static const struct {
        const char *key;
        int32_t operation;
    } OPERATIONS[] = {{"set", TUOYU_CHANGE_SET}, {"add", TUOYU_CHANGE_ADD}, {"scale", TUOYU_CHANGE_SCALE}};
    *change = (tuoyu_change){.parameter = text_of_entry(item, "parameter"),
                             .reason = text_of_entry(item, "reason"),
                             .first_day = TUOYU_CHANGE_ALL_DAYS};
    for (size_t i = 0; i < sizeof OPERATIONS / sizeof *OPERATIONS && !change->value; i++) {
        change->value = text_of_entry(item, OPERATIONS[i].key);
        change->operation = OPERATIONS[i].operation;
    }
    char *from = text_of_entry(item, "from");
    bool is_good =
        change->parameter && change->value &&
        (!from || tuoyu_date_from_text(from, TUOYU_NUL_TERMINATED, &change->first_day) == TUOYU_OK);
    free(from);
    change->parameter_length = change->parameter ? strlen(change->parameter) : 0;
    change->value_length = change->value ? strlen(change->value) : 0;
    change->reason_length = change->reason ? strlen(change->reason) : 0;
    return is_good;
}

/* Frees the texts of a change, which the receipt owns. */
static void free_change(const tuoyu_change *change)
{
    free((char *)(uintptr_t)change->parameter);
    free((char *)(uintptr_t)change->value);
    free((char *)(uintptr_t)change->reason);
}

/* Reads the changes of a scenario, if there are any. Returns NULL, or what is wrong, which the caller
 * frees. */
static char *read_changes(tuoyu_value *whole, struct receipt *receipt)
{
    tuoyu_value *changes = entry_of(whole, "changes");
    bool is_good = !changes || tuoyu_value_kind(changes) == TUOYU_VALUE_LIST;
    for (size_t i = 0; changes && is_good && i < tuoyu_value_count(changes); i++) {
        tuoyu_value *item = NULL;
        tuoyu_change change;
        must_have_memory(tuoyu_value_item(changes, i, &item));
        is_good = tuoyu_value_kind(item) == TUOYU_VALUE_CONTEXT;
        if (is_good) {
            is_good = read_change(item, &change);
            change_list_add(&receipt->changes, &change);
        }
        tuoyu_value_unref(item);
    }
    tuoyu_value_unref(changes);
    return is_good
               ? NULL
               : problem("`changes` must list each change with its `parameter` and `set`, `add` or `scale`");
}

/* Reads the region of an indicator, if there is one. */
static void read_region(tuoyu_value *whole, struct receipt *receipt)
{
    tuoyu_value *outputs = entry_of(whole, "outputs"), *region = outputs ? entry_of(outputs, "region") : NULL;
    if (region) {
        receipt->region_kind = text_of_entry(region, "kind");
        receipt->region_id = text_of_entry(region, "id");
    }
    tuoyu_value_unref(region);
    tuoyu_value_unref(outputs);
}

/* Whether the rows have no digest, which is written as `null` where they were added without one. */
static bool has_no_digest(tuoyu_value *rows)
{
    tuoyu_value *sum = tuoyu_value_kind(rows) == TUOYU_VALUE_CONTEXT ? entry_of(rows, "sha256") : NULL;
    bool is_null = sum && tuoyu_value_kind(sum) == TUOYU_VALUE_NULL;
    tuoyu_value_unref(sum);
    return is_null;
}

/* Reads the facts of a case, or what a receipt of an indicator has instead. Returns NULL, or what is wrong,
 * which the caller frees. */
static char *read_inputs(tuoyu_value *whole, struct receipt *receipt)
{
    tuoyu_value *inputs = entry_of(whole, "inputs"), *rows = entry_of(whole, "rows"),
                *claims = entry_of(whole, "claims");
    bool has_inputs = inputs && tuoyu_value_kind(inputs) == TUOYU_VALUE_CONTEXT;
    bool is_good = has_inputs ? !rows : !inputs && rows;
    if (is_good && has_inputs)
        receipt->inputs = tuoyu_value_ref(inputs);
    else if (is_good)
        read_region(whole, receipt);
    receipt->has_row_digest = is_good && !has_inputs && !has_no_digest(rows);
    tuoyu_value_unref(inputs);
    receipt->is_payout = claims != NULL;
    tuoyu_value_unref(claims);
    tuoyu_value_unref(rows);
    return is_good
               ? NULL
               : problem(
                     "there must be either `inputs`, the facts of a case, or `rows`, those of an indicator");
}

/* Reads the format, the engine, the rule and the day. Returns NULL, or what is wrong, which the caller
 * frees. */
static char *read_head(tuoyu_value *whole, struct receipt *receipt)
{
    tuoyu_value *format = entry_of(whole, "receipt");
    tuoyu_decimal number, one;
    must_have_memory(tuoyu_decimal_from_int64(1, 0, &one));
    bool is_receipt = format && tuoyu_value_get_number(format, &number) == TUOYU_OK;
    bool is_known = is_receipt && tuoyu_decimal_compare(&number, &one) == 0;
    tuoyu_value_unref(format);
    if (!is_receipt)
        return problem("this is no receipt: it does not begin with `receipt`");
    if (!is_known)
        return problem("this release reads receipts of format 1 only");
    receipt->engine = text_of_entry(whole, "engine");
    receipt->rule = text_of_entry(whole, "rule");
    char *date = text_of_entry(whole, "as_of");
    bool has_date = date && tuoyu_date_from_text(date, TUOYU_NUL_TERMINATED, &receipt->as_of) == TUOYU_OK;
    free(date);
    if (!receipt->engine)
        return problem("`engine` is missing: the version that made it");
    if (!receipt->rule)
        return problem("`rule` is missing: the full name of the rule");
    return has_date ? NULL : problem("`as_of` must be a date such as 2025-01-31");
}

char *receipt_read(const char *text, size_t length, struct receipt *receipt)
{
    char reason[200];
    char *escaped = escape_for_yaml(text, &length);
    tuoyu_value *whole = value_read(escaped, length, reason);
    *receipt = (struct receipt){.engine = NULL};
    free(escaped);
    if (!whole)
        return problem(reason);
    char *wrong = tuoyu_value_kind(whole) == TUOYU_VALUE_CONTEXT
                      ? NULL
                      : problem("this is no receipt: it is no JSON object");
    if (!wrong)
        wrong = read_head(whole, receipt);
    if (!wrong) {
        tuoyu_value *packs = entry_of(whole, "packs");
        wrong = read_packs(packs, receipt);
        tuoyu_value_unref(packs);
    }
    if (!wrong)
        wrong = read_changes(whole, receipt);
    if (!wrong)
        wrong = read_inputs(whole, receipt);
    tuoyu_value_unref(whole);
    return wrong;
}

/* Frees all that was read and makes the receipt empty. */
void receipt_free(struct receipt *receipt)
{
    for (size_t i = 0; i < receipt->pack_count; i++) {
        free(receipt->packs[i].id);
        free(receipt->packs[i].sum);
    }
    free(receipt->packs);
    for (size_t i = 0; i < receipt->changes.count; i++)
        free_change(&receipt->changes.items[i]);
    change_list_free(&receipt->changes);
    free(receipt->engine);
    free(receipt->rule);
    tuoyu_value_unref(receipt->inputs);
    free(receipt->region_kind);
    free(receipt->region_id);
    *receipt = (struct receipt){.engine = NULL};
}

/* Gives a case a text that would mean "not given" or "none" if it were given as a cell. In YAML it is quoted,
 * and so a text. Returns TUOYU_OK or the status of the first error. */
static tuoyu_status set_quoted(tuoyu_case *facts, const char *name, size_t name_length, const char *text,
                               size_t length, tuoyu_diagnostics *diagnostics)
{
    char *yaml = must_format("\"%.*s\": \"%.*s\"", (int)name_length, name, (int)length, text);
    tuoyu_status status =
        tuoyu_case_read(facts, "inputs", TUOYU_NUL_TERMINATED, yaml, TUOYU_NUL_TERMINATED, diagnostics);
    free(yaml);
    return status;
}

/* Gives a case a recorded fact. Returns the library's status, reported. */
static tuoyu_status set_fact(tuoyu_case *facts, const char *name, size_t name_length, tuoyu_value *value,
                             tuoyu_diagnostics *diagnostics)
{
    const char *text = NULL;
    size_t length = 0;
    bool boolean = false;
    switch (tuoyu_value_kind(value)) {
    case TUOYU_VALUE_NULL: return tuoyu_case_set_none(facts, name, name_length, diagnostics);
    case TUOYU_VALUE_BOOLEAN:
        tuoyu_value_get_boolean(value, &boolean);
        return tuoyu_case_set_boolean(facts, name, name_length, boolean, diagnostics);
    case TUOYU_VALUE_STRING: tuoyu_value_get_string(value, &text, &length); break;
    default: break; /* given as the empty text, which only a string may be */
    }
    if (length == 0 || (length == 4 && memcmp(text, "null", 4) == 0))
        return set_quoted(facts, name, name_length, text ? text : "", length, diagnostics);
    return tuoyu_case_set_text(facts, name, name_length, text, length, diagnostics);
}

tuoyu_status receipt_set_facts(const struct receipt *receipt, tuoyu_case *facts,
                               tuoyu_diagnostics *diagnostics)
{
    tuoyu_status first = TUOYU_OK;
    for (size_t i = 0; i < tuoyu_value_count(receipt->inputs); i++) {
        const char *name = NULL;
        size_t length = 0;
        tuoyu_value *value = NULL;
        must_have_memory(tuoyu_value_entry_name(receipt->inputs, i, &name, &length));
        must_have_memory(tuoyu_value_item(receipt->inputs, i, &value));
        tuoyu_status status = must_have_memory(set_fact(facts, name, length, value, diagnostics));
        if (first == TUOYU_OK)
            first = status;
        tuoyu_value_unref(value);
    }
    return first;
}

/* The text behind the format and the version of the engine; NULL where it does not begin with them. */
static const char *receipt_body(const char *text, size_t length, const char *engine)
{
    char *head = must_format("{\"receipt\":1,\"engine\":\"%s\",", engine);
    size_t head_length = strlen(head);
    bool begins_so = length >= head_length && memcmp(text, head, head_length) == 0;
    free(head);
    return begins_so ? text + head_length : NULL;
}

/* Begins the text at one of its places. */
static void begin_at(struct receipt_text *text, const char *place)
{
    text->length -= (size_t)(place - text->bytes);
    text->bytes = place;
}

bool receipt_cut_heads(struct receipt_text *recorded, const char *engine, struct receipt_text *now)
{
    if (recorded->length && recorded->bytes[recorded->length - 1] == '\n')
        recorded->length--;
    const char *left = receipt_body(recorded->bytes, recorded->length, engine);
    const char *right = receipt_body(now->bytes, now->length, tuoyu_version());
    if (!left || !right)
        return false;
    begin_at(recorded, left);
    begin_at(now, right);
    return true;
}
