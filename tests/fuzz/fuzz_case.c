/* SPDX-License-Identifier: Apache-2.0 */
/* Any bytes as the facts of a case: as a document of YAML or JSON, and as the text of each fact. What is
 * taken can be answered, and its receipt reads back as the same facts. */
#include <stdlib.h>
#include <string.h>

#include <tuoyu/tuoyu.h>

enum { LONGEST = 1 << 16, AS_OF = 20089 };

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const char PACK[] =
    "tuoyu: 1\nid: f\ntitle: F\nin_force: 2024-01-01..\nsources: {s: {title: S}}\n"
    "facts:\n  a: {text: {type: string, nullable: true}, number: {type: number, range: '[0..9]'}, on: {type: "
    "boolean},\n"
    "      day: {type: date, nullable: true}, fee: {type: money, unit: CNY}, share: {type: percent},\n"
    "      whole: {type: integer, unit: place}, kind: {type: enum, values: {one: 一, two: 二}}}\n"
    "pricing:\n  p: {title: T, unit: CNY, cite: s 1, steps: [{id: x, formula: 'a.fee * a.share + 0 * "
    "count([a.text, a.number, a.whole, a.on, a.kind, a.day])'}]}\n";
static const char *const FACTS[] = {"a.text", "a.number", "a.on",    "a.day",
                                    "a.fee",  "a.share",  "a.whole", "a.kind"};

static tuoyu_policy *policy;
static tuoyu_pricing *pricing;

static void prepare(void)
{
    const tuoyu_pack_text pack = {"f", 1, PACK, sizeof PACK - 1};
    if (policy)
        return;
    if (tuoyu_policy_load(&pack, 1, NULL, &policy, NULL) != TUOYU_OK ||
        tuoyu_policy_pricing(policy, "p", 1, &pricing, NULL) != TUOYU_OK)
        abort();
}

static void answer(const tuoyu_case *facts)
{
    tuoyu_quote *quote = NULL;
    tuoyu_text *receipt = NULL;
    if (tuoyu_pricing_quote(pricing, facts, AS_OF, &quote, NULL) != TUOYU_OK)
        return;
    if (tuoyu_answer_to_receipt(tuoyu_quote_answer(quote), &receipt) != TUOYU_OK)
        abort();
    tuoyu_text_free(receipt);
    tuoyu_quote_free(quote);
}

/* Each error is told, with a place inside of the text. */
static void check_findings(tuoyu_status status, tuoyu_diagnostics *diagnostics)
{
    tuoyu_text *text = NULL;
    if (status != TUOYU_OK && tuoyu_diagnostics_count(diagnostics) == 0)
        abort();
    if (tuoyu_diagnostics_to_text(diagnostics, &text) != TUOYU_OK)
        abort();
    tuoyu_text_free(text);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const char *text = size ? (const char *)data : "";
    tuoyu_case *facts = NULL;
    tuoyu_diagnostics *diagnostics = NULL;
    if (size > LONGEST)
        return 0;
    prepare();
    if (tuoyu_case_new(policy, &facts) != TUOYU_OK || tuoyu_diagnostics_new(NULL, &diagnostics) != TUOYU_OK)
        abort();
    check_findings(tuoyu_case_read(facts, "case", 4, text, size, diagnostics), diagnostics);
    answer(facts);
    for (size_t i = 0; i < sizeof FACTS / sizeof *FACTS; i++) {
        tuoyu_diagnostics_clear(diagnostics);
        check_findings(tuoyu_case_set_text(facts, FACTS[i], TUOYU_NUL_TERMINATED, text, size, diagnostics),
                       diagnostics);
    }
    answer(facts);
    tuoyu_diagnostics_free(diagnostics);
    tuoyu_case_free(facts);
    return 0;
}
