/* SPDX-License-Identifier: Apache-2.0 */
/* Loading and compiling a pack with all that it uses.
 *     bench_pack PACK FILE…    the pack, and files that hold the packs it uses, among others */
#include "bench.h"

#include <string.h>

#include "bench_packs.h"

struct subject {
    struct bench_packs packs;
    tuoyu_status status;
    tuoyu_policy *policy;
    tuoyu_change changes[2];
};

static void load(void *data)
{
    struct subject *subject = data;
    tuoyu_policy *policy = NULL;
    subject->status = tuoyu_policy_load(subject->packs.used, subject->packs.used_count, NULL, &policy, NULL);
    tuoyu_policy_unref(policy);
}

/* A policy like the loaded one with two numbers changed. */
static void change(void *data)
{
    struct subject *subject = data;
    tuoyu_policy *changed = NULL;
    subject->status = tuoyu_policy_with(subject->policy, subject->changes, 2, &changed, NULL);
    tuoyu_policy_unref(changed);
}

/* Times scenarios of the packs: the first parameter of the listing is set, then added to. Returns false where
 * there is none. */
static bool time_changes(struct subject *subject)
{
    static const char NAME[] = "\"parameters\":[{\"name\":\"";
    tuoyu_text *listing = NULL;
    if (tuoyu_policy_load(subject->packs.used, subject->packs.used_count, NULL, &subject->policy, NULL) !=
            TUOYU_OK ||
        tuoyu_policy_to_json(subject->policy, &listing) != TUOYU_OK)
        return false;
    const char *first = strstr(tuoyu_text_bytes(listing), NAME);
    for (int i = 0; first && i < 2; i++)
        subject->changes[i] = (tuoyu_change){.parameter = first + sizeof NAME - 1,
                                             .parameter_length = strcspn(first + sizeof NAME - 1, "\""),
                                             .value = "1",
                                             .value_length = 1,
                                             .operation = i ? TUOYU_CHANGE_ADD : TUOYU_CHANGE_SET,
                                             .first_day = TUOYU_CHANGE_ALL_DAYS};
    change(subject);
    bool is_changed = subject->status == TUOYU_OK;
    if (is_changed)
        bench_report("packs: a scenario of two changes", bench_time(change, subject) / 1e3, -1, "us", 100);
    tuoyu_text_free(listing);
    tuoyu_policy_unref(subject->policy);
    return is_changed;
}

int main(int argc, char **argv)
{
    static struct subject subject;
    char name[80];
    if (argc < 2 || !bench_packs_read(&subject.packs, argv + 1, (size_t)argc - 1))
        return fprintf(stderr, "no pack can be read\n"), EXIT_FAILURE;
    load(&subject);
    if (subject.status != TUOYU_OK)
        return fprintf(stderr, "%s\n", tuoyu_status_name(subject.status)), EXIT_FAILURE;
    const double nanoseconds = bench_time(load, &subject);
    snprintf(name, sizeof name, "packs: load and compile %zu, %zu KiB", subject.packs.used_count,
             subject.packs.bytes / 1024);
    bench_report(name, nanoseconds / 1e6, -1, "ms", 5);
    if (!time_changes(&subject))
        return fprintf(stderr, "no number of the packs can be changed\n"), EXIT_FAILURE;
    bench_packs_free(&subject.packs);
    return EXIT_SUCCESS;
}
