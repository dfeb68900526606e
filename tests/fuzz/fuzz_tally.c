/* SPDX-License-Identifier: Apache-2.0 */
/* Any bytes as a tally: as they are, and behind the head of a true one, of either format, with the digest put
 * right, so that what is behind the head is reached. What is read can be measured, merged and written again,
 * the same. */
#include <stdlib.h>
#include <string.h>

#include <tuoyu/tuoyu.h>

#include "base/digest.h"

enum { LONGEST = 1 << 16, AS_OF = 20089 };

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const char PACK[] = "tuoyu: 1\nid: f\ntitle: F\nin_force: 2024-01-01..\nsources: {s: {title: S}}\n"
                           "facts:\n  a: {id: {type: string}, n: {type: number, range: '[0..9]', nullable: "
                           "true}, on: {type: boolean}}\n"
                           "  b: {a: {type: string}, n: {type: money, unit: CNY}, t: {type: string}}\n"
                           "indicators:\n"
                           "  share: {title: T, unit: percent, by: [a], with: {bs: {of: b, count: b.n > 1, "
                           "by: a}, m: {of: b, mean: b.n, by: a}},\n"
                           "    ratio: {numerator: {of: a, where: a.on, count: bs > 1}, denominator: {of: a, "
                           "where: a.on, count: true}}}\n"
                           "  sum: {title: T, unit: CNY, by: [a], value: {of: b, sum: b.n}}\n"
                           "  texts: {title: T, unit: text, by: [a], value: {of: b, distinct: b.t}}\n"
                           "  least: {title: T, unit: CNY, by: [a], value: {of: b, min: b.n}}\n";
static const char *const NAMES[] = {"share", "sum", "texts", "least"};
enum { INDICATORS = 4 };

static tuoyu_indicator *indicators[INDICATORS];
static tuoyu_text *heads[INDICATORS];
static size_t head_lengths[INDICATORS];

/* The head of a tally that is empty ends with the day and the packs, before the mark and the sum of its rows.
 */
static bool prepare(void)
{
    static const size_t PACK_BYTES = 4 + 1 + 4 + 64;
    tuoyu_policy *policy = NULL;
    const tuoyu_pack_text pack = {"f", 1, PACK, sizeof PACK - 1};
    if (heads[0])
        return true;
    if (tuoyu_policy_load(&pack, 1, NULL, &policy, NULL) != TUOYU_OK)
        abort();
    for (size_t i = 0; i < INDICATORS; i++) {
        tuoyu_tally *tally = NULL;
        if (tuoyu_policy_indicator(policy, NAMES[i], strlen(NAMES[i]), &indicators[i], NULL) != TUOYU_OK)
            abort();
        if (tuoyu_indicator_tally(indicators[i], AS_OF, &tally, NULL) != TUOYU_OK)
            abort();
        if (tuoyu_tally_to_bytes(tally, &heads[i], NULL) != TUOYU_OK)
            abort();
        head_lengths[i] = 12 + 4 + 4 + strlen("f:") + strlen(NAMES[i]) + 4 + 4 + PACK_BYTES;
        tuoyu_tally_free(tally);
    }
    return true;
}

static void measure(tuoyu_tally *tally, const char *region)
{
    tuoyu_measure *measure = NULL;
    tuoyu_text *receipt = NULL;
    if (tuoyu_tally_measure(tally, region ? "a" : NULL, 1, region, TUOYU_NUL_TERMINATED, &measure, NULL) !=
        TUOYU_OK)
        return;
    tuoyu_answer_to_receipt(tuoyu_measure_answer(measure), &receipt);
    tuoyu_text_free(receipt);
    tuoyu_measure_free(measure);
}

static void use(tuoyu_tally *tally, const tuoyu_indicator *indicator)
{
    tuoyu_text *again = NULL;
    tuoyu_tally *other = NULL;
    measure(tally, NULL);
    measure(tally, tuoyu_tally_region_id(tally, "a", 1, 0));
    if (tuoyu_tally_to_bytes(tally, &again, NULL) != TUOYU_OK)
        abort();
    if (tuoyu_tally_from_bytes(indicator, tuoyu_text_bytes(again), tuoyu_text_length(again), &other, NULL) !=
        TUOYU_OK)
        abort();
    for (int i = 0; i < 3; i++)
        tuoyu_tally_merge(tally, other, NULL);
    measure(tally, NULL);
    tuoyu_tally_free(other);
    tuoyu_text_free(again);
}

static void read_bytes(const tuoyu_indicator *indicator, const void *bytes, size_t length)
{
    tuoyu_tally *tally = NULL;
    if (tuoyu_tally_from_bytes(indicator, bytes, length, &tally, NULL) == TUOYU_OK)
        use(tally, indicator);
    tuoyu_tally_free(tally);
}

static void read_behind_head(size_t index, char format, const uint8_t *data, size_t size)
{
    enum { MAGIC = 12 };
    struct digest_sum check = {{0}};
    size_t head = head_lengths[index];
    char *bytes = malloc(head + size + sizeof check.bytes);
    if (!bytes)
        return;
    memcpy(bytes, tuoyu_text_bytes(heads[index]), head);
    bytes[MAGIC] = format;
    if (size)
        memcpy(bytes + head, data, size);
    digest_sum_add(&check, (struct text){.bytes = bytes, .length = head + size});
    memcpy(bytes + head + size, check.bytes, sizeof check.bytes);
    read_bytes(indicators[index], bytes, head + size + sizeof check.bytes);
    free(bytes);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size == 0 || size > LONGEST || !prepare())
        return 0;
    size_t index = data[0] % INDICATORS;
    read_bytes(indicators[index], data + 1, size - 1);
    for (char format = 1; format <= 2; format++)
        read_behind_head(index, format, data + 1, size - 1);
    return 0;
}
