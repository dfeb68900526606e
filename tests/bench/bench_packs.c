/* SPDX-License-Identifier: Apache-2.0 */
#include "bench_packs.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct pack_file {
    tuoyu_pack_text text;
    tuoyu_text *head; /* its id, then the ids that it uses, a line each */
    bool is_used;
};

static bool read_pack(const char *path, struct pack_file *pack)
{
    FILE *file = fopen(path, "rb");
    if (!file)
        return false;
    const size_t capacity = 1 << 20;
    char *bytes = malloc(capacity);
    const size_t length = bytes ? fread(bytes, 1, capacity, file) : 0;
    fclose(file);
    pack->text = (tuoyu_pack_text){path, TUOYU_NUL_TERMINATED, bytes, length};
    if (bytes && tuoyu_pack_head(&pack->text, &pack->head, NULL) == TUOYU_OK)
        return true;
    free(bytes);
    return false;
}

static bool has_id(const struct pack_file *pack, const char *id, size_t length)
{
    const char *own = tuoyu_text_bytes(pack->head);
    return strcspn(own, " \n") == length && strncmp(own, id, length) == 0;
}

/* Depth of the packs' uses is small, and each is taken once. */
static void use(struct bench_packs *packs, struct pack_file *pack)
{
    if (pack->is_used)
        return;
    pack->is_used = true;
    packs->used[packs->used_count++] = pack->text;
    packs->bytes += pack->text.text_length;
    const char *line = tuoyu_text_bytes(pack->head);
    for (line += strcspn(line, "\n"); *line; line += strcspn(line, "\n")) {
        line++;
        for (size_t i = 0; i < packs->count; i++)
            if (has_id(&packs->files[i], line, strcspn(line, "\n")))
                use(packs, &packs->files[i]);
    }
}

bool bench_packs_read(struct bench_packs *packs, char *const *paths, size_t count)
{
    *packs = (struct bench_packs){.files = calloc(MOST_PACK_FILES, sizeof *packs->files)};
    if (!packs->files || count == 0)
        return false;
    for (size_t i = 0; i < count && packs->count < MOST_PACK_FILES; i++) {
        if (read_pack(paths[i], &packs->files[packs->count]))
            packs->count++;
        else if (i == 0)
            return false;
    }
    use(packs, &packs->files[0]);
    return true;
}

void bench_packs_free(struct bench_packs *packs)
{
    for (size_t i = 0; i < packs->count; i++) {
        tuoyu_text_free(packs->files[i].head);
        free((char *)(uintptr_t)packs->files[i].text.text);
    }
    free(packs->files);
}
