/* SPDX-License-Identifier: Apache-2.0 */
/* Any bytes as a receipt, as `tuoyu replay` reads it: it is read or refused with a reason, and its facts are
 * given to a case. */
#include <stdlib.h>
#include <string.h>

#include <tuoyu/tuoyu.h>

#include "cli/receipt_reader.h"

enum { LONGEST = 1 << 16 };

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const char PACK[] =
    "tuoyu: 1\nid: f\ntitle: F\nin_force: 2024-01-01..\nsources: {s: {title: S}}\n"
    "facts:\n  a: {text: {type: string, nullable: true}, number: {type: number}, on: {type: "
    "boolean}, day: {type: date}}\n";

static tuoyu_policy *policy;

static void prepare(void)
{
    const tuoyu_pack_text pack = {"f", 1, PACK, sizeof PACK - 1};
    if (!policy && tuoyu_policy_load(&pack, 1, NULL, &policy, NULL) != TUOYU_OK)
        abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct receipt receipt;
    if (size > LONGEST)
        return 0;
    prepare();
    const char *text = size ? (const char *)data : "";
    char *problem = receipt_read(text, size, &receipt);
    if (problem && !*problem)
        abort();
    if (!problem && receipt.inputs) {
        tuoyu_case *facts = NULL;
        if (tuoyu_case_new(policy, &facts) != TUOYU_OK)
            abort();
        (void)receipt_set_facts(&receipt, facts, NULL);
        tuoyu_case_free(facts);
    }
    if (!problem) {
        struct receipt_text recorded = {text, size}, now = recorded;
        (void)receipt_cut_heads(&recorded, receipt.engine, &now);
    }
    free(problem);
    receipt_free(&receipt);
    return 0;
}
