/* SPDX-License-Identifier: Apache-2.0 */
/* Loading and compiling a pack with all that it uses.
 *     bench_pack PACK FILE…    the pack, and files that hold the packs it uses, among others */
#include "bench.h"

#include <string.h>

#include <tuoyu/tuoyu.h>

enum { MOST_FILES = 256 };

struct pack {
    tuoyu_pack_text text;
    tuoyu_text *head; /* its id, then the ids that it uses, a line each */
    bool is_used;
};

struct subject {
    struct pack packs[MOST_FILES];
    size_t count;
    tuoyu_pack_text used[MOST_FILES];
    size_t used_count;
    tuoyu_status status;
};

static bool read_pack(const char *path, struct pack *pack)
{
    FILE *file = fopen(path, "rb");
    if (!file) return false;
    size_t capacity = 1 << 20;
    char *bytes = malloc(capacity);
    size_t length = bytes ? fread(bytes, 1, capacity, file) : 0;
    fclose(file);
    pack->text = (tuoyu_pack_text){path, TUOYU_NUL_TERMINATED, bytes, length};
    return bytes && tuoyu_pack_head(&pack->text, &pack->head, NULL) == TUOYU_OK;
}

static bool has_id(const struct pack *pack, const char *id, size_t length)
{
    const char *own = tuoyu_text_bytes(pack->head);
    return strcspn(own, "\n") == length && strncmp(own, id, length) == 0;
}

/* Depth of the packs' uses is small, and each is taken once. */
static void use(struct subject *subject, struct pack *pack)
{
    if (pack->is_used) return;
    pack->is_used = true;
    subject->used[subject->used_count++] = pack->text;
    const char *line = tuoyu_text_bytes(pack->head);
    for (line += strcspn(line, "\n"); *line; line += strcspn(line, "\n")) {
        line++;
        for (size_t i = 0; i < subject->count; i++)
            if (has_id(&subject->packs[i], line, strcspn(line, "\n"))) use(subject, &subject->packs[i]);
    }
}

static void load(void *data)
{
    struct subject *subject = data;
    tuoyu_policy *policy = NULL;
    subject->status = tuoyu_policy_load(subject->used, subject->used_count, NULL, &policy, NULL);
    tuoyu_policy_unref(policy);
}

int main(int argc, char **argv)
{
    static struct subject subject;
    char name[80];
    for (int i = 1; i < argc && subject.count < MOST_FILES; i++)
        if (read_pack(argv[i], &subject.packs[subject.count])) subject.count++;
    if (subject.count == 0) return fprintf(stderr, "no pack can be read\n"), EXIT_FAILURE;
    use(&subject, &subject.packs[0]);
    load(&subject);
    if (subject.status != TUOYU_OK) return fprintf(stderr, "%s\n", tuoyu_status_name(subject.status)), EXIT_FAILURE;
    double nanoseconds = bench_time(load, &subject);
    size_t bytes = 0;
    for (size_t i = 0; i < subject.used_count; i++) bytes += subject.used[i].text_length;
    snprintf(name, sizeof name, "packs: load and compile %zu, %zu KiB", subject.used_count, bytes / 1024);
    bench_report(name, nanoseconds / 1e6, -1, "ms", 5);
    for (size_t i = 0; i < subject.count; i++) tuoyu_text_free(subject.packs[i].head);
    return EXIT_SUCCESS;
}
