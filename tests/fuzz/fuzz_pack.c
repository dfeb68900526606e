/* SPDX-License-Identifier: Apache-2.0 */
/* Any bytes as packs, parted by lines of `%%%%`: loaded together; of what loads, the worked examples are run
 * and each rule is asked about a case of which nothing is known. */
#include <string.h>

#include <tuoyu/tuoyu.h>

enum { PACKS = 4, LONGEST = 1 << 16, AS_OF = 19800 };

static const char SEPARATOR[] = "\n%%%%\n";

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static size_t part(const char *text, size_t size, tuoyu_pack_text packs[PACKS])
{
    size_t count = 0, from = 0, length = strlen(SEPARATOR);
    for (size_t at = 0; count < PACKS - 1 && at + length <= size; at++) {
        if (memcmp(text + at, SEPARATOR, length) != 0)
            continue;
        packs[count++] = (tuoyu_pack_text){"pack.yaml", TUOYU_NUL_TERMINATED, text + from, at - from};
        from = at + length;
        at = from - 1;
    }
    packs[count++] = (tuoyu_pack_text){"pack.yaml", TUOYU_NUL_TERMINATED, text + from, size - from};
    return count;
}

static void show(const tuoyu_answer *answer)
{
    tuoyu_text *json = NULL, *text = NULL;
    if (!answer)
        return;
    tuoyu_answer_to_json(answer, &json);
    tuoyu_answer_to_text(answer, "zh", true, &text);
    tuoyu_text_free(json);
    tuoyu_text_free(text);
}

static void quote(tuoyu_policy *policy, const char *name, const tuoyu_case *facts)
{
    tuoyu_pricing *pricing = NULL;
    tuoyu_quote *answer = NULL;
    if (tuoyu_policy_pricing(policy, name, TUOYU_NUL_TERMINATED, &pricing, NULL) != TUOYU_OK)
        return;
    if (tuoyu_pricing_quote(pricing, facts, AS_OF, &answer, NULL) == TUOYU_OK)
        show(tuoyu_quote_answer(answer));
    tuoyu_quote_free(answer);
    tuoyu_pricing_unref(pricing);
}

/* The same case as claims under two ids, against a budget with its facts. */
static void pay(const tuoyu_cost_sharing *sharing, const tuoyu_case *facts)
{
    tuoyu_budget *budget = NULL;
    tuoyu_payout *answer = NULL;
    if (tuoyu_cost_sharing_budget(sharing, facts, AS_OF, &budget, NULL) != TUOYU_OK)
        return;
    tuoyu_budget_add(budget, "b", 1, facts, NULL);
    tuoyu_budget_add(budget, "a", 1, facts, NULL);
    if (tuoyu_budget_pay(budget, &answer, NULL) == TUOYU_OK)
        show(tuoyu_payout_answer(answer));
    tuoyu_payout_free(answer);
    tuoyu_budget_free(budget);
}

static void split(tuoyu_policy *policy, const char *name, const tuoyu_case *facts)
{
    tuoyu_cost_sharing *sharing = NULL;
    tuoyu_split *answer = NULL;
    if (tuoyu_policy_cost_sharing(policy, name, TUOYU_NUL_TERMINATED, &sharing, NULL) != TUOYU_OK)
        return;
    if (tuoyu_cost_sharing_split(sharing, facts, AS_OF, &answer, NULL) == TUOYU_OK)
        show(tuoyu_split_answer(answer));
    tuoyu_split_free(answer);
    pay(sharing, facts);
    tuoyu_cost_sharing_unref(sharing);
}

static void queue(const tuoyu_eligibility *eligibility, const tuoyu_case *facts)
{
    tuoyu_waiting_list *list = NULL;
    tuoyu_text *json = NULL, *text = NULL;
    if (tuoyu_eligibility_waiting_list(eligibility, AS_OF, 1, &list, NULL) != TUOYU_OK)
        return;
    tuoyu_waiting_list_add(list, "b", 1, facts, NULL);
    tuoyu_waiting_list_add(list, "a", 1, facts, NULL);
    tuoyu_waiting_list_order(list);
    tuoyu_waiting_list_to_json(list, &json);
    tuoyu_waiting_list_to_text(list, "en", &text);
    tuoyu_text_free(json);
    tuoyu_text_free(text);
    tuoyu_waiting_list_free(list);
}

static void decide(tuoyu_policy *policy, const char *name, const tuoyu_case *facts)
{
    tuoyu_eligibility *eligibility = NULL;
    tuoyu_verdict *answer = NULL;
    if (tuoyu_policy_eligibility(policy, name, TUOYU_NUL_TERMINATED, &eligibility, NULL) != TUOYU_OK)
        return;
    if (tuoyu_eligibility_verdict(eligibility, facts, AS_OF, &answer, NULL) == TUOYU_OK)
        show(tuoyu_verdict_answer(answer));
    queue(eligibility, facts);
    tuoyu_verdict_free(answer);
    tuoyu_eligibility_unref(eligibility);
}

static void use(tuoyu_policy *policy, tuoyu_diagnostics *diagnostics)
{
    tuoyu_case *facts = NULL;
    bool passed;
    for (size_t i = 0; i < tuoyu_policy_example_count(policy); i++)
        tuoyu_policy_example_run(policy, i, &passed, diagnostics);
    if (tuoyu_case_new(policy, &facts) != TUOYU_OK)
        return;
    for (size_t i = 0; i < tuoyu_policy_rule_count(policy); i++) {
        const char *name = tuoyu_policy_rule_name(policy, i);
        switch (tuoyu_policy_rule_kind(policy, i)) {
        case TUOYU_RULE_PRICING: quote(policy, name, facts); break;
        case TUOYU_RULE_COST_SHARING: split(policy, name, facts); break;
        case TUOYU_RULE_ELIGIBILITY: decide(policy, name, facts); break;
        default: break;
        }
    }
    tuoyu_case_free(facts);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    tuoyu_pack_text packs[PACKS];
    tuoyu_policy *policy = NULL;
    tuoyu_text *head = NULL, *told = NULL;
    tuoyu_diagnostics *diagnostics = NULL;
    if (size > LONGEST || tuoyu_diagnostics_new(NULL, &diagnostics) != TUOYU_OK)
        return 0;
    size_t count = part((const char *)data, size, packs);
    tuoyu_limits limits = {.size = sizeof limits, .steps = 50000, .list_items = 5000};
    tuoyu_load_options options = {.size = sizeof options, .limits = &limits};
    tuoyu_pack_head(&packs[0], &head, NULL);
    if (tuoyu_policy_load(packs, count, &options, &policy, diagnostics) == TUOYU_OK)
        use(policy, diagnostics);
    tuoyu_diagnostics_to_text(diagnostics, &told);
    tuoyu_text_free(told);
    tuoyu_text_free(head);
    tuoyu_policy_unref(policy);
    tuoyu_diagnostics_free(diagnostics);
    return 0;
}
