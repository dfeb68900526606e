/* SPDX-License-Identifier: Apache-2.0 */
/* Loading and compiling a pack with all that it uses.
 *     bench_pack PACK FILE…    the pack, and files that hold the packs it uses, among others */
#include "bench.h"

#include "bench_packs.h"

struct subject {
    struct bench_packs packs;
    tuoyu_status status;
};

static void load(void *data)
{
    struct subject *subject = data;
    tuoyu_policy *policy = NULL;
    subject->status = tuoyu_policy_load(subject->packs.used, subject->packs.used_count, NULL, &policy, NULL);
    tuoyu_policy_unref(policy);
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
    bench_packs_free(&subject.packs);
    return EXIT_SUCCESS;
}
