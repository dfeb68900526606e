/* SPDX-License-Identifier: Apache-2.0 */
/* One case of the Beilun pilot: the bytes that a case and its answers hold, and the time of one decision,
 * with a case that is kept and with a case that is made for it.
 *
 *     bench_case PACK FILE…    the pilot, and files that hold the packs it uses, among others */
#include "bench.h"

#include <string.h>

#include "bench_packs.h"

enum { AS_OF = 20361 /* 2025-09-30 */ };

static const char FACTS[] =
    "child: {birth_date: 2023-11-20, registered: true, resident_months: 12, class: junior_toddler_class,\n"
    "        care_mode: full_day, monthly_fee: 2100.00, birth_order: 1, employer_supported: false, "
    "health_check_passed: true,\n"
    "        vaccination_complete: true}\n"
    "institution: {inclusive: true, filed: true, open: true, vacant_places: 3}\n";

/* ---- An allocator that counts what is held ---- */

static void *counting_reallocate(void *context, void *pointer, size_t old_size, size_t new_size)
{
    size_t *held = context;
    void *result = NULL;
    if (new_size)
        result = realloc(pointer, new_size);
    else
        free(pointer);
    if (!new_size || result)
        *held += new_size - old_size;
    return result;
}

struct subject {
    size_t held;
    tuoyu_policy *policy;
    tuoyu_pricing *pricing;
    tuoyu_cost_sharing *cost_sharing;
    tuoyu_eligibility *eligibility;
    tuoyu_case *facts;
};

static void must(tuoyu_status status, const char *what)
{
    if (status == TUOYU_OK)
        return;
    fprintf(stderr, "bench_case: %s: %s\n", what, tuoyu_status_name(status));
    exit(EXIT_FAILURE);
}

/* ---- What is timed ---- */

static void read_facts(tuoyu_case *facts)
{
    must(tuoyu_case_read(facts, "facts", TUOYU_NUL_TERMINATED, FACTS, TUOYU_NUL_TERMINATED, NULL),
         "reading facts");
}

static void quote(void *data)
{
    struct subject *subject = data;
    tuoyu_quote *quote;
    must(tuoyu_pricing_quote(subject->pricing, subject->facts, AS_OF, &quote, NULL), "monthly_fee");
    tuoyu_quote_free(quote);
}

static void split(void *data)
{
    struct subject *subject = data;
    tuoyu_split *split;
    must(tuoyu_cost_sharing_split(subject->cost_sharing, subject->facts, AS_OF, &split, NULL),
         "monthly_care_cost");
    tuoyu_split_free(split);
}

static void verdict(void *data)
{
    struct subject *subject = data;
    tuoyu_verdict *verdict;
    must(tuoyu_eligibility_verdict(subject->eligibility, subject->facts, AS_OF, &verdict, NULL),
         "inclusive_place");
    tuoyu_verdict_free(verdict);
}

static void make_case(void *data)
{
    const struct subject *subject = data;
    tuoyu_case *facts;
    must(tuoyu_case_new(subject->policy, &facts), "a case");
    tuoyu_case_free(facts);
}

static void set(tuoyu_case *facts, const char *name, const char *text)
{
    must(tuoyu_case_set_text(facts, name, TUOYU_NUL_TERMINATED, text, TUOYU_NUL_TERMINATED, NULL), name);
}

static void set_and_quote(void *data)
{
    const struct subject *subject = data;
    tuoyu_case *facts;
    tuoyu_quote *quote;
    must(tuoyu_case_new(subject->policy, &facts), "a case");
    set(facts, "child.class", "infant_class");
    set(facts, "child.care_mode", "full_day");
    set(facts, "child.monthly_fee", "2100.00");
    must(tuoyu_pricing_quote(subject->pricing, facts, AS_OF, &quote, NULL), "monthly_fee");
    tuoyu_quote_free(quote);
    tuoyu_case_free(facts);
}

static void report_time(const char *name, void (*run)(void *), struct subject *subject)
{
    bench_report(name, bench_time(run, subject) / 1e3, -1, "us", -1);
}

/* ---- What is held ---- */

static void report_bytes(struct subject *subject)
{
    tuoyu_case *facts;
    tuoyu_quote *quote;
    size_t before = subject->held;
    must(tuoyu_case_new(subject->policy, &facts), "a case");
    bench_report("case: bytes of an empty one", (double)(subject->held - before), -1, "B", 1024);
    read_facts(facts);
    bench_report("case: bytes with 14 facts", (double)(subject->held - before), -1, "B", 2048);
    must(tuoyu_pricing_quote(subject->pricing, facts, AS_OF, &quote, NULL), "monthly_fee");
    before = subject->held;
    tuoyu_quote_free(quote);
    bench_report("case: bytes of a quote", (double)(before - subject->held), -1, "B", -1);
    tuoyu_case_free(facts);
}

static void open_rules(struct subject *subject)
{
    tuoyu_policy *policy = subject->policy;
    must(tuoyu_policy_pricing(policy, "monthly_fee", TUOYU_NUL_TERMINATED, &subject->pricing, NULL),
         "monthly_fee");
    must(tuoyu_policy_cost_sharing(policy, "monthly_care_cost", TUOYU_NUL_TERMINATED, &subject->cost_sharing,
                                   NULL),
         "monthly_care_cost");
    must(tuoyu_policy_eligibility(policy, "inclusive_place", TUOYU_NUL_TERMINATED, &subject->eligibility,
                                  NULL),
         "inclusive_place");
    must(tuoyu_case_new(subject->policy, &subject->facts), "a case");
    read_facts(subject->facts);
}

static void close_all(struct subject *subject)
{
    tuoyu_case_free(subject->facts);
    tuoyu_pricing_unref(subject->pricing);
    tuoyu_cost_sharing_unref(subject->cost_sharing);
    tuoyu_eligibility_unref(subject->eligibility);
    tuoyu_policy_unref(subject->policy);
}

int main(int argc, char **argv)
{
    static struct bench_packs packs;
    static struct subject subject;
    const tuoyu_allocator allocator = {.reallocate = counting_reallocate, .context = &subject.held};
    const tuoyu_load_options options = {.size = sizeof options, .allocator = &allocator};
    if (argc < 2 || !bench_packs_read(&packs, argv + 1, (size_t)argc - 1))
        return fprintf(stderr, "no pack can be read\n"), EXIT_FAILURE;
    must(tuoyu_policy_load(packs.used, packs.used_count, &options, &subject.policy, NULL), "loading");
    open_rules(&subject);
    report_bytes(&subject);
    report_time("case: monthly_fee of a kept one", quote, &subject);
    report_time("case: monthly_care_cost of a kept one", split, &subject);
    report_time("case: inclusive_place of a kept one", verdict, &subject);
    report_time("case: made and freed", make_case, &subject);
    report_time("case: made, three facts set, monthly_fee asked, freed", set_and_quote, &subject);
    close_all(&subject);
    if (subject.held)
        return fprintf(stderr, "bench_case: %zu bytes are left\n", subject.held), EXIT_FAILURE;
    bench_packs_free(&packs);
    return EXIT_SUCCESS;
}
